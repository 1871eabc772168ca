/* run.c: the interpreter's loop. Each instruction is a label; its address is the first word of the
 * instruction, so that the way on is one jump. X registers stay in p->x all the time; hp, sp and
 * the reductions are in machine registers, as in compiled code, and the rules of code/gen.h hold.
 */
#include "interp/loop.h"
#include "base/lock.h"
#include "interp/data.h"
#include "interp/words.h"
#include "sched/sched.h"

extern const Bif brc_bifdesc_erlang_send_2;

static Word places[I_COUNT];
static _Atomic(bool) places_known;

/* Where a frame's call is not under way, sp[0] is 0, so that a trace begins with the caller. */
CODE_FN(brc_interp_run) {
    static const void *const labels[] = {
#define I(name) &&L_##name,
#include "interp/iop.def"
#undef I
    };
    if (p == NULL) {
        for (int i = 0; i < I_COUNT; i++)
            places[i] = (Word)(uintptr_t)labels[i];
        return;
    }
    const Word *pc = (const Word *)x0;
    Term *x = p->x;
    uintptr_t bases[3] = {(uintptr_t)x, (uintptr_t)sp - BASE_Y, (uintptr_t)0 - BASE_CONST};
    (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    NEXT(0);

    /* ---- calls ---- */
L_function_clause:
    RAISE(1, brc_code_function_clause);
L_native: { /* row: where a function begins that a NIF may replace */
    Code *gate = brc_native_gate(p, (NativeRow *)(uintptr_t)pc[1]);
    if (gate) LEAVE(gate);
    NEXT(2);
}
L_call: /* arity, label, loc */
    COMES_BACK(CALL_WORDS);
    p->live = pc[1];
    GO_TO(pc[2]);
L_call_last: /* arity, label, frame, loc */
    p->live = pc[1];
    POP(pc[3]);
    GO_TO(pc[2]);
L_call_only:
    p->live = pc[1];
    GO_TO(pc[2]);
L_call_far: /* arity, entry, loc */
    COMES_BACK(CALL_WORDS);
    goto far;
L_call_far_last: /* arity, entry, frame, loc */
    POP(pc[3]);
L_call_far_only:
far: {
    const Entry *e = (const Entry *)(uintptr_t)pc[2];
    Word code = atomic_load_explicit(&e->code, memory_order_acquire);
    if (BRC_UNLIKELY(!code)) {
        p->loc = &e->own.at;
        LEAVE(brc_code_undef);
    }
    p->live = pc[1];
    GO_TO(code);
}
L_call_native: /* arity, code, loc */
    COMES_BACK(CALL_WORDS);
    LEAVE((Code *)(uintptr_t)pc[2]);
L_call_native_last: /* arity, code, frame, loc */
    POP(pc[3]);
L_call_native_only:
    LEAVE((Code *)(uintptr_t)pc[2]);

#define BIF_DESC ((const Bif *)(uintptr_t)pc[1])
#define CALL_BIF(place)                                                                            \
    BRC_OUT();                                                                                     \
    p->loc = (place);                                                                              \
    Term t = brc_interp_bif(p, BIF_DESC, x);                                                       \
    BRC_IN();                                                                                      \
    if (BRC_UNLIKELY(t == BRC_NONE)) {                                                             \
        p->fbif = BIF_DESC;                                                                        \
        LEAVE(brc_code_bif_fail);                                                                  \
    }                                                                                              \
    x[0] = t
#define LOC(n) ((const Loc *)(uintptr_t)pc[n])
L_call_bif: { /* descriptor, loc */
    CALL_BIF(LOC(2));
    NEXT(3);
}
L_call_bif_last: { /* descriptor, frame, loc */
    CALL_BIF(LOC(3));
    POP(pc[2]);
    goto L_return;
}
L_call_bif_only: {
    CALL_BIF(LOC(2));
    goto L_return;
}
L_call_trap: { /* descriptor, loc */
    COMES_BACK(3);
    CALL_BIF(NULL);
    sp[0] = 0;
    NEXT(3);
}
L_call_trap_last: { /* descriptor, frame, loc */
    POP(pc[2]);
    CALL_BIF(LOC(3));
    goto L_return;
}
L_call_trap_only: {
    CALL_BIF(LOC(2));
    goto L_return;
}
L_call_fun: /* arity, loc */
    COMES_BACK(3);
    p->loc = NULL;
    goto fun;
L_call_fun_last: /* arity, frame, loc */
    POP(pc[2]);
    p->loc = LOC(3);
fun: {
    const FunEntry *e = brc_fun_of(x[pc[1]], pc[1]);
    if (BRC_LIKELY(e != NULL)) LEAVE(e->code);
    p->live = pc[1];
    LEAVE(brc_code_call_fun);
}
L_apply: /* arity, loc */
    COMES_BACK(3);
    p->live = pc[1];
    p->loc = NULL;
    LEAVE(brc_code_apply_n);
L_apply_last: /* arity, frame, loc */
    POP(pc[2]);
    p->live = pc[1];
    p->loc = LOC(3);
    LEAVE(brc_code_apply_n);
L_deallocate_return:
    POP(pc[1]);
L_return:
    if (BRC_UNLIKELY(sp[0] != INTERP_RETURN)) {
        Code *back = (Code *)(sp[0] - BRC_TAG_RETURN);
        CODE_JUMP(back, x[0], x1, x2, x3, x4, x5);
    }
    pc = (const Word *)sp[1];
    sp[0] = 0;
    NEXT(0);
L_send: {
    BRC_OUT();
    Term t = brc_sig_send(p, x[0], x[1]);
    BRC_IN();
    if (BRC_UNLIKELY(t == BRC_NONE)) {
        p->loc = LOC(1);
        p->fbif = &brc_bifdesc_erlang_send_2;
        LEAVE(brc_code_bif_fail);
    }
    x[0] = t;
    NEXT(2);
}
spent: /* pc: where the call was to go; p->live: its arguments */
    x[p->live++] = (Term)(uintptr_t)pc;
    p->resume = brc_interp_resume;
    LEAVE(brc_code_yield);

    /* ---- room ---- */
L_allocate: /* frame, words, live */
    ENSURE(pc[1] + FRAME_EXTRA + pc[2], pc[3]);
    SET_SP(sp - pc[1] - FRAME_EXTRA);
    sp[0] = sp[1] = 0;
    NEXT(4);
L_test_heap:
    ENSURE(pc[1], pc[2]);
    NEXT(3);
L_deallocate:
    POP(pc[1]);
    NEXT(2);
L_trim:
    SET_SP(sp + pc[1]);
    sp[0] = sp[1] = 0;
    NEXT(2);
L_init_yregs: {
    unsigned n = pc[1];
    for (unsigned i = 0; i < n; i++)
        RY(i + 2) = BRC_NIL;
    NEXT(n + 2);
}

    /* ---- data ---- */
L_move:
    R(2) = R(1);
    NEXT(3);
L_move_xx:
    RX(2) = RX(1);
    NEXT(3);
L_move_xy:
    RY(2) = RX(1);
    NEXT(3);
L_move_yx:
    RX(2) = RY(1);
    NEXT(3);
L_move_cx:
    RX(2) = RC(1);
    NEXT(3);
L_swap: {
    Term *a = &R(1), *b = &R(2), t = *a;
    *a = *b;
    *b = t;
    NEXT(3);
}
L_get_list: {
    const Term *c = term_cell(R(1));
    Term head = c[0], tail = c[1];
    R(2) = head;
    R(3) = tail;
    NEXT(4);
}
L_get_hd:
    R(2) = term_head(R(1));
    NEXT(3);
L_get_tl:
    R(2) = term_tail(R(1));
    NEXT(3);
L_get_tuple_element:
    R(3) = term_box(R(1))[pc[2] + 1];
    NEXT(4);
L_set_tuple_element:
    term_box(R(2))[pc[3] + 1] = R(1);
    NEXT(4);
L_put_list:
    hp[0] = R(1);
    hp[1] = R(2);
    R(3) = term_make_list(hp);
    hp += 2;
    NEXT(4);
L_put_tuple: { /* to, n, elements */
    unsigned n = pc[2];
    hp[0] = BRC_HEADER(BRC_TUPLE, n);
    for (unsigned i = 1; i <= n; i++)
        hp[i] = R(i + 2);
    R(1) = term_make_boxed(hp);
    hp += n + 1;
    NEXT(n + 3);
}
L_update_record: { /* size, from, to, n, (position, value) */
    unsigned size = pc[1], n = pc[4];
    const Term *from = term_box(R(2));
    memcpy(hp, from, (size + 1) * sizeof(Term));
    for (unsigned i = 0; i < n; i += 2)
        hp[pc[i + 5]] = R(i + 6);
    R(3) = term_make_boxed(hp);
    hp += size + 1;
    NEXT(n + 5);
}
L_make_fun: { /* entry, to, n, values */
    unsigned n = pc[3];
    hp[0] = BRC_HEADER(BRC_FUN, n + 1);
    hp[1] = pc[1];
    for (unsigned i = 0; i < n; i++)
        hp[i + 2] = R(i + 4);
    R(2) = term_make_boxed(hp);
    hp += n + 2;
    NEXT(n + 4);
}
L_put_map: { /* fail, from, to, exact, n, pairs, loc */
    unsigned n = pc[5];
    BRC_OUT();
    Term t = brc_interp_put_map(p, R(2), pc + 6, n, pc[4], bases);
    BRC_IN();
    if (BRC_UNLIKELY(t == BRC_NONE)) {
        if (pc[1]) JUMP(pc[1]);
        p->fbif = NULL;
        RAISE(n + 6, brc_code_raise);
    }
    R(3) = t;
    NEXT(n + 7);
}
L_get_map_elements: { /* fail, from, n, (key, to) */
    unsigned n = pc[3];
    Term map = R(2);
    for (unsigned i = 0; i < n; i += 2) {
        Term t = brc_term_map_get(map, R(i + 4));
        if (t == BRC_NONE) JUMP(pc[1]);
        R(i + 5) = t;
    }
    NEXT(n + 4);
}
L_has_map_fields: {
    unsigned n = pc[3];
    for (unsigned i = 0; i < n; i++)
        if (brc_term_map_get(R(2), R(i + 4)) == BRC_NONE) JUMP(pc[1]);
    NEXT(n + 4);
}

    /* ---- tests ---- */
L_jump:
    JUMP(pc[1]);
L_is_lt:
    TEST(brc_lt(R(2), R(3)), 4);
L_is_ge:
    TEST(brc_ge(R(2), R(3)), 4);
L_is_eq:
    TEST(brc_eq(R(2), R(3)), 4);
L_is_ne:
    TEST(!brc_eq(R(2), R(3)), 4);
L_is_eq_exact:
    TEST(brc_eq_exact(R(2), R(3)), 4);
L_is_ne_exact:
    TEST(!brc_eq_exact(R(2), R(3)), 4);
L_is_integer:
    TEST(term_is_integer(R(2)), 3);
L_is_float:
    TEST(term_is_float(R(2)), 3);
L_is_number:
    TEST(term_is_number(R(2)), 3);
L_is_atom:
    TEST(term_is_atom(R(2)), 3);
L_is_pid:
    TEST(term_is_pid(R(2)), 3);
L_is_reference:
    TEST(term_is_ref(R(2)), 3);
L_is_port:
    TEST(term_is_port(R(2)), 3);
L_is_nil:
    TEST(term_is_nil(R(2)), 3);
L_is_binary:
    TEST(brc_code_is_binary(R(2)), 3);
L_is_bitstr:
    TEST(term_is_bitstring(R(2)), 3);
L_is_list:
    TEST(term_is_list(R(2)), 3);
L_is_nonempty_list:
    TEST(term_is_cons(R(2)), 3);
L_is_tuple:
    TEST(term_is_tuple(R(2)), 3);
L_is_function:
    TEST(term_is_fun(R(2)), 3);
L_is_map:
    TEST(term_is_map(R(2)), 3);
L_is_boolean:
    TEST(R(2) == AM(true) || R(2) == AM(false), 3);
L_is_function2:
    TEST(brc_code_is_function_arity(R(2), R(3)), 4);
L_test_arity:
    TEST(term_header(R(2)) == BRC_HEADER(BRC_TUPLE, pc[3]), 4);
L_is_tagged_tuple:
    TEST(term_is_tuple_of(R(2), pc[3]) && term_box(R(2))[1] == R(4), 5);
L_select_terms: { /* value, fail, n, (value, label) */
    Term t = R(1);
    for (unsigned i = 0; i < pc[3]; i += 2)
        if (brc_eq_exact(t, R(i + 4))) JUMP(pc[i + 5]);
    JUMP(pc[2]);
}
L_select_words: {
    Term t = R(1);
    const Word *rows = pc + 4;
    unsigned lo = 0, hi = pc[3] / 2;
    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        Term here = AT(rows[2 * mid]);
        if (here == t) JUMP(rows[2 * mid + 1]);
        if (here < t)
            lo = mid + 1;
        else
            hi = mid;
    }
    JUMP(pc[2]);
}
L_select_tuple_arity: { /* value, fail, n, (arity, label) */
    Term t = R(1);
    if (term_is_tuple(t))
        for (unsigned i = 0; i < pc[3]; i += 2)
            if (term_tuple_arity(t) == pc[i + 4]) JUMP(pc[i + 5]);
    JUMP(pc[2]);
}

    /* ---- errors ---- */
L_badmatch:
    RAISE_WITH(2, brc_code_error2, AM(badmatch), R(1));
L_case_end:
    RAISE_WITH(2, brc_code_error2, AM(case_clause), R(1));
L_try_case_end:
    RAISE_WITH(2, brc_code_error2, AM(try_clause), R(1));
L_badrecord:
    RAISE_WITH(2, brc_code_error2, AM(badrecord), R(1));
L_if_end:
    RAISE_WITH(1, brc_code_error, AM(if_clause), x[1]);
L_catch:
    R(1) = (Term)pc[2] + BRC_TAG_CATCH;
    NEXT(3);
L_try_end:
    R(1) = BRC_NIL;
    NEXT(2);
L_handler: /* slot, is it a catch's */
    R(1) = BRC_NIL;
    NEXT(3);
L_raise: /* trace, reason, loc */
    BRC_OUT();
    brc_code_reraise(p, R(1), R(2));
    BRC_IN();
    RAISE(3, brc_code_raise);
L_raw_raise: {
    BRC_OUT();
    Term t = brc_code_raw_raise(p, x[0], x[1], x[2]);
    BRC_IN();
    if (t == BRC_NONE) RAISE(1, brc_code_raise);
    x[0] = t;
    NEXT(2);
}
L_build_stacktrace:
    BRC_OUT();
    x[0] = brc_code_build_stacktrace(p, x[0]);
    BRC_IN();
    NEXT(1);

    /* ---- messages ---- */
L_loop_rec: { /* fail, to, loc */
    BRC_OUT();
    Term t = brc_sig_peek(p);
    BRC_IN();
    if (t == BRC_NONE) JUMP(pc[1]);
    R(2) = t;
    NEXT(LOOP_REC_WORDS);
}
L_loop_rec_end:
    BRC_OUT();
    brc_sig_skip(p);
    BRC_IN();
    JUMP(pc[1]);
L_remove_message:
    BRC_OUT();
    brc_sig_remove(p);
    BRC_IN();
    NEXT(1);
L_timeout:
    brc_sig_timeout_done(p);
    NEXT(1);
L_wait_timeout: { /* label, time, loc */
    BRC_OUT();
    int armed = brc_sig_timeout_arm(p, R(2));
    BRC_IN();
    if (armed == 0) NEXT(WAIT_TIMEOUT_WORDS);
    p->trap = brc_interp_timeout;
    if (armed > 0) goto wait;
    p->fbif = NULL;
    RAISE(3, brc_code_raise);
}
L_wait: /* label, loc */
    p->trap = NULL;
wait:
    ENSURE(2, 0);
    sp -= 2;
    sp[0] = 0;
    sp[1] = (Term)(uintptr_t)pc;
    p->resume = brc_interp_receive;
    LEAVE(brc_sig_wait);
L_marker_reserve:
    BRC_OUT();
    R(1) = brc_sig_marker_reserve(p);
    BRC_IN();
    NEXT(2);
L_marker_bind:
    brc_sig_marker_bind(p, R(1), R(2));
    NEXT(3);
L_marker_clear:
    brc_sig_marker_clear(p, R(1));
    NEXT(2);
L_marker_use:
    brc_sig_marker_use(p, R(1));
    NEXT(2);

    /* ---- built-ins in guards and bodies: fail, descriptor, arguments, to, (frameless,) loc ----
     */
#define ARITHMETIC(op)                                                                             \
    {                                                                                              \
        Term t;                                                                                    \
        if (BRC_UNLIKELY(!brc_##op##_small(R(3), R(4), &t))) goto slow_arithmetic;                 \
        R(5) = t;                                                                                  \
        NEXT(8);                                                                                   \
    }
L_add:
    ARITHMETIC(add)
L_sub:
    ARITHMETIC(sub)
L_mul:
    ARITHMETIC(mul)
L_div:
    ARITHMETIC(div)
L_rem:
    ARITHMETIC(rem)
L_band:
    ARITHMETIC(band)
L_bor:
    ARITHMETIC(bor)
L_bxor:
    ARITHMETIC(bxor)
L_bsl:
    ARITHMETIC(bsl)
L_bsr:
    ARITHMETIC(bsr)
slow_arithmetic: {
    Term args[2] = {R(3), R(4)};
    const Bif *b = (const Bif *)(uintptr_t)pc[2];
    BRC_OUT();
    Term t = brc_interp_bif(p, b, args);
    BRC_IN();
    if (BRC_UNLIKELY(t == BRC_NONE)) {
        if (pc[1]) JUMP(pc[1]);
        p->fbif = b;
        if (pc[6]) RAISE(7, brc_code_raise);
        RAISE_WITH(7, brc_code_bif_fail, args[0], args[1]);
    }
    R(5) = t;
    NEXT(8);
}
L_self:
    R(1) = p->pid;
    NEXT(2);
#define GUARD(n)                                                                                   \
    const Bif *b = (const Bif *)(uintptr_t)pc[2];                                                  \
    BRC_OUT();                                                                                     \
    Term t = brc_interp_bif(p, b, args);                                                           \
    BRC_IN();                                                                                      \
    if (BRC_UNLIKELY(t == BRC_NONE)) {                                                             \
        if (pc[1]) JUMP(pc[1]);                                                                    \
        p->fbif = b;                                                                               \
        p->loc = LOC((n) + 4);                                                                     \
        CODE_JUMP(brc_code_bif_fail, args[0], args[1], args[2], x[3], x[4], x[5]);                 \
    }                                                                                              \
    R((n) + 3) = t;                                                                                \
    NEXT((n) + 5)
L_bif0: {
    Term args[3] = {0};
    GUARD(0);
}
L_bif1: {
    Term args[3] = {R(3)};
    GUARD(1);
}
L_bif2: {
    Term args[3] = {R(3), R(4)};
    GUARD(2);
}
L_bif3: {
    Term args[3] = {R(3), R(4), R(5)};
    GUARD(3);
}
L_bif_missing: { /* entry, arity, arguments */
    Term args[3] = {0};
    for (unsigned i = 0; i < pc[2] && i < 3; i++)
        args[i] = R(i + 3);
    p->loc = &((const Entry *)(uintptr_t)pc[1])->own.at;
    CODE_JUMP(brc_code_undef, args[0], args[1], args[2], x[3], x[4], x[5]);
}

    /* ---- floats ---- */
L_fload:
    F(2) = term_float(R(1));
    NEXT(3);
L_fstore:
    R(2) = term_make_float(hp, F(1));
    hp += 2;
    NEXT(3);
L_fconv:
    if (BRC_UNLIKELY(!brc_to_double(R(1), &F(2))))
        RAISE_WITH(3, brc_code_error, AM(badarith), x[1]);
    NEXT(4);
#define FLOAT_OP(sign)                                                                             \
    {                                                                                              \
        double d = F(2) sign F(3);                                                                 \
        F(4) = d;                                                                                  \
        if (BRC_LIKELY(brc_finite(d))) NEXT(6);                                                    \
        if (pc[1]) JUMP(pc[1]);                                                                    \
        RAISE_WITH(5, brc_code_error, AM(badarith), x[1]);                                         \
    }
L_fadd:
    FLOAT_OP(+)
L_fsub:
    FLOAT_OP(-)
L_fmul:
    FLOAT_OP(*)
L_fdiv:
    FLOAT_OP(/)
L_fnegate:
    F(2) = 0.0 - F(1);
    NEXT(3);

    /* ---- binaries ---- */
L_bs_start_match: { /* fail, from, to */
    Term t = R(2);
    if (BRC_UNLIKELY(!term_is_kind(t, BRC_MATCHCTX))) {
        BRC_OUT();
        t = brc_bs_start_match(p, t);
        BRC_IN();
        if (t == BRC_NONE && pc[1]) JUMP(pc[1]);
    }
    R(3) = t;
    NEXT(4);
}
L_bs_get_small: { /* fail, context, bits, flags, to */
    Term t = brc_bs_take_small(R(2), pc[3], pc[4] & BRC_BS_LITTLE, pc[4] & BRC_BS_SIGNED);
    if (t == BRC_NONE) JUMP(pc[1]);
    R(5) = t;
    NEXT(6);
}
L_bs_get: { /* fail, context, kind, flags, size, bits or unit, to */
    Term ctx = R(2);
    uint64_t bits = AT(pc[6]);
    if (pc[3] == GET_ALL) {
        uint64_t left = brc_bs_left(ctx);
        if (bits > 1 && left % bits != 0) JUMP(pc[1]);
        bits = left;
    } else if (pc[5] != UINT32_MAX && !brc_bs_size(R(5), bits, &bits)) {
        JUMP(pc[1]);
    }
    BRC_OUT();
    Term t = brc_interp_bs_get(p, ctx, pc[3], pc[4], bits);
    BRC_IN();
    if (t == BRC_NONE) JUMP(pc[1]);
    R(7) = t;
    NEXT(8);
}
L_bs_skip: { /* fail, context, size, bits or unit */
    uint64_t bits = AT(pc[4]);
    if (pc[3] != UINT32_MAX && !brc_bs_size(R(3), bits, &bits)) JUMP(pc[1]);
    if (brc_bs_left(R(2)) < bits) JUMP(pc[1]);
    brc_bs_advance(R(2), bits);
    NEXT(5);
}
L_bs_skip_all: { /* fail, context, unit */
    uint64_t unit = AT(pc[3]), left = brc_bs_left(R(2));
    if (unit > 1 && left % unit != 0) JUMP(pc[1]);
    brc_bs_advance(R(2), left);
    NEXT(4);
}
L_bs_test_tail:
    TEST(brc_bs_left(R(2)) == AT(pc[3]), 4);
L_bs_test_unit:
    TEST(AT(pc[3]) == 0 || brc_bs_left(R(2)) % AT(pc[3]) == 0, 4);
L_bs_match_string: /* fail, context, bits, bytes */
    TEST(brc_code_bs_match_bits(R(2), (const uint8_t *)(uintptr_t)pc[4], AT(pc[3])), 5);
L_bs_get_tail: {
    BRC_OUT();
    Term t = brc_bs_get_tail(p, R(1));
    BRC_IN();
    R(2) = t;
    NEXT(3);
}
L_bs_get_position:
    R(2) = term_box(R(1))[3];
    NEXT(3);
L_bs_set_position:
    term_box(R(1))[3] = R(2);
    NEXT(3);
L_bs_utf: { /* fail, context, width, flags, to */
    BRC_OUT();
    Term t = pc[3] == 8    ? brc_bs_get_utf8(p, R(2))
             : pc[3] == 16 ? brc_bs_get_utf16(p, R(2), pc[4])
                           : brc_bs_get_utf32(p, R(2), pc[4]);
    BRC_IN();
    if (t == BRC_NONE) JUMP(pc[1]);
    if (pc[5] != UINT32_MAX) R(5) = t;
    NEXT(6);
}
L_bs_match: { /* fail, context, n, commands */
    BRC_OUT();
    bool matches = brc_interp_bs_match(p, R(2), pc + 4, pc[3], bases);
    BRC_IN();
    if (!matches) JUMP(pc[1]);
    NEXT(pc[3] + 4);
}
L_bs_create: { /* fail, words, live, to, n, segments, loc */
    unsigned n = pc[5];
    BRC_OUT();
    Term t = brc_interp_bs_create(p, pc + 6, n, bases, pc[1] == 0);
    BRC_IN();
    if (BRC_UNLIKELY(t == BRC_NONE)) {
        if (pc[1]) JUMP(pc[1]);
        p->fbif = NULL;
        RAISE(n * SEGMENT_WORDS + 6, brc_code_raise);
    }
    if (BRC_NO_ROOM(pc[2])) { /* for what is built after it */
        x[pc[3]] = t;
        ENSURE(pc[2], pc[3] + 1);
        t = x[pc[3]];
    }
    R(4) = t;
    NEXT(n * SEGMENT_WORDS + 7);
}
L_bs_add: { /* fail, size, count, unit, to, loc; too large: what is no small integer on erl */
    uint64_t a, b;
    bool sizes = brc_bs_size(R(2), 1, &a) && brc_bs_size(R(3), pc[4], &b);
    if (sizes && a + b < UINT64_C(1) << 59) {
        R(5) = BRC_SMALL(a + b);
        NEXT(7);
    }
    if (pc[1]) JUMP(pc[1]);
    bool large = sizes || term_is_big(R(2)) || term_is_big(R(3));
    RAISE_WITH(6, brc_code_error, large ? AM(system_limit) : AM(badarg), x[1]);
}
L_bs_init_writable:
    BRC_OUT();
    x[0] = brc_bs_init_writable(p, x[0]);
    BRC_IN();
    NEXT(1);
}

const Word *brc_interp_places(void) {
    static BrcLock lock;
    /* pairs with the release below */
    if (atomic_load_explicit(&places_known, memory_order_acquire)) return places;
    brc_base_lock(&lock);
    Term none = 0;
    if (!atomic_load_explicit(&places_known, memory_order_relaxed))
        brc_interp_run(NULL, &none, &none, 0, 0, 0, 0, 0, 0, 0);
    atomic_store_explicit(&places_known, true, memory_order_release);
    brc_base_unlock(&lock);
    return places;
}
