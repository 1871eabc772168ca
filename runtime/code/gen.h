/* gen.h: the vocabulary of generated C: the one header that every compiled module includes.
 *
 * A compiled function is a handful of Code functions that tail-call one another with the process
 * state in machine registers. Between `hp`, `sp` and `reds` in registers and the same fields in the
 * process stands one rule: BRC_OUT stores them before a call of the runtime that may build terms,
 * BRC_IN loads hp and reds after it. sp never changes in the runtime but through the collector
 * (BRC_HEAP_TEST's cold path). Whatever is rare is in blocks that clang moves out of the way. */
#pragma once
#include "abi/layout.h"
#include "abi/atoms.h"
#include "abi/bif.h"
#include "ctx/fail.h"
#include "term/term.h"
#include "term/int.h"
#include "term/map.h"
#include "term/map_site.h"
#include "term/cmp.h"
#include "term/bits.h"
#include "term/bs_match.h"
#include "heap/heap.h"
#include "abi/packed.h"
#include "code/raise.h"
#include "sig/message.h"
#include "code/support.h"

#define BRC_LIKELY(c)   __builtin_expect(!!(c), 1)
#define BRC_UNLIKELY(c) __builtin_expect(!!(c), 0)
#define BRC_INLINE      static inline __attribute__((always_inline, nodebug))

#define BRC_DECLARE(name) Code name
#define BRC_FN(name)      __attribute__((preserve_none)) void name(BRC_CODE_ARGS)
#define BRC_CONT(name)    __attribute__((preserve_none, noinline)) void name(BRC_CODE_ARGS)

/* A register whose content does not matter: costs no instruction. */
BRC_INLINE Term brc_any(void) {
    Term t;
    __asm__ volatile("" : "=r"(t));
    return t;
}
#define U brc_any()
#define BRC_JUMP(f, a0, a1, a2, a3, a4, a5)                                                        \
    __attribute__((musttail)) return f(p, hp, sp, reds, a0, a1, a2, a3, a4, a5)
#define BRC_JUMP_SP(f, at, a0, a1, a2, a3, a4, a5)                                                 \
    __attribute__((musttail)) return f(p, hp, at, reds, a0, a1, a2, a3, a4, a5)
#define BRC_RETURN(value)                                                                          \
    do {                                                                                           \
        Term r_ = (value);                                                                         \
        BRC_JUMP(((Code *)(sp[0] - BRC_TAG_RETURN)), r_, U, U, U, U, U);                           \
    } while (0)
/* The same from within the continuation `cont`, which is likely to be what it returns to. */
#define BRC_RETURN_OWN(cont, value)                                                                \
    do {                                                                                           \
        Term o_ = (value);                                                                         \
        if (BRC_LIKELY(sp[0] == (Term)(cont) + BRC_TAG_RETURN)) BRC_JUMP(cont, o_, U, U, U, U, U); \
        BRC_RETURN(o_);                                                                            \
    } while (0)
/* First in the function `cont`: tells traces that it returns from the call at `place`. The entry
 * lies in a section that the linker keeps, and orders, with the function's own. */
#define BRC_PC(cont, place)                                                                        \
    __asm__ volatile(".pushsection brc_pcs,\"ao\",@progbits," #cont "\n.balign 4\n.long " #cont    \
                     ", " #place "\n.popsection")
#define BRC_SET_CONT(cont) sp[0] = (Term)(cont) + BRC_TAG_RETURN
#define Y(n)               sp[(n) + 1]

/* Counts a call; true: the turn is used up. In clang's own words this takes twice the instructions.
 */
#if defined(__x86_64__)
#define BRC_SPENT()                                                                                \
    BRC_UNLIKELY(__extension__({                                                                   \
        int spent_;                                                                                \
        __asm__("dec %0" : "+r"(reds), "=@ccs"(spent_));                                           \
        spent_;                                                                                    \
    }))
#elif defined(__aarch64__)
#define BRC_SPENT()                                                                                \
    BRC_UNLIKELY(__extension__({                                                                   \
        int spent_;                                                                                \
        __asm__("subs %0, %0, #1" : "+r"(reds), "=@ccmi"(spent_));                                 \
        spent_;                                                                                    \
    }))
#endif

#define BRC_OUT() (p->hp = hp, p->sp = sp, p->reds = reds)
#define BRC_IN()  (hp = p->hp, reds = p->reds)

/* Room for `words` between hp and sp? */
#define BRC_NO_ROOM(words) BRC_UNLIKELY((uintptr_t)hp + (words) * 8 > (uintptr_t)sp)
/* The cold side: the collector; live registers were put into p->x[0..live). */
#define BRC_COLLECT(words, live)                                                                   \
    do {                                                                                           \
        BRC_OUT();                                                                                 \
        p = brc_heap_collect_gc(p, (words), (live));                                               \
        hp = p->hp;                                                                                \
        sp = p->sp;                                                                                \
        reds = p->reds;                                                                            \
    } while (0)

/* ---- arithmetic: small fast paths, the rest in term/int.h ---- */
BRC_INLINE bool brc_both_small(Term a, Term b) {
    return ((a | b) & BRC_TAG_MASK) == 0;
}
/* Between the test of the tags and the operation: else clang does the operation first, keeps its
 * overflow in a register and tests that as well. */
#define BRC_THEN() __asm__ volatile("")
BRC_INLINE bool brc_add_small(Term a, Term b, Term *r) {
    if (BRC_UNLIKELY(!brc_both_small(a, b))) return false;
    BRC_THEN();
    return !__builtin_add_overflow((STerm)a, (STerm)b, (STerm *)r);
}
BRC_INLINE bool brc_sub_small(Term a, Term b, Term *r) {
    if (BRC_UNLIKELY(!brc_both_small(a, b))) return false;
    BRC_THEN();
    return !__builtin_sub_overflow((STerm)a, (STerm)b, (STerm *)r);
}
BRC_INLINE bool brc_mul_small(Term a, Term b, Term *r) {
    if (BRC_UNLIKELY(!brc_both_small(a, b))) return false;
    BRC_THEN();
    return !__builtin_mul_overflow((STerm)a >> 2, (STerm)b, (STerm *)r);
}
BRC_INLINE bool brc_div_small(Term a, Term b, Term *r) {
    if (!brc_both_small(a, b) || b == 0 || b == BRC_SMALL(-1)) return false;
    *r = BRC_SMALL((STerm)a / (STerm)b);
    return true;
}
BRC_INLINE bool brc_rem_small(Term a, Term b, Term *r) {
    if (!brc_both_small(a, b) || b == 0 || b == BRC_SMALL(-1)) return false;
    *r = (Term)((STerm)a % (STerm)b);
    return true;
}
BRC_INLINE bool brc_band_small(Term a, Term b, Term *r) {
    *r = a & b;
    return brc_both_small(a, b);
}
BRC_INLINE bool brc_bor_small(Term a, Term b, Term *r) {
    *r = a | b;
    return brc_both_small(a, b);
}
BRC_INLINE bool brc_bxor_small(Term a, Term b, Term *r) {
    *r = a ^ b;
    return brc_both_small(a, b);
}
BRC_INLINE bool brc_bsr_small(Term a, Term b, Term *r) {
    if (!brc_both_small(a, b) || (STerm)b < 0) return false;
    int64_t n = (STerm)b >> 2;
    *r = (Term)((STerm)a >> (n > 62 ? 62 : n)) & ~(Term)BRC_TAG_MASK;
    return true;
}
BRC_INLINE bool brc_bsl_small(Term a, Term b, Term *r) {
    if (!brc_both_small(a, b) || b > BRC_SMALL(61)) return false;
    int64_t n = (STerm)b >> 2;
    *r = a << n;
    return (STerm)*r >> n == (STerm)a;
}
BRC_INLINE bool brc_bnot_small(Term a, Term *r) {
    *r = ~a & ~(Term)BRC_TAG_MASK;
    return term_is_small(a);
}
BRC_INLINE bool brc_neg_small(Term a, Term *r) {
    return term_is_small(a) && !__builtin_sub_overflow((STerm)0, (STerm)a, (STerm *)r);
}

/* ---- comparison ---- */
BRC_INLINE bool brc_lt(Term a, Term b) {
    if (BRC_LIKELY(brc_both_small(a, b))) return (STerm)a < (STerm)b;
    return brc_code_compare(a, b) < 0;
}
BRC_INLINE bool brc_ge(Term a, Term b) {
    if (BRC_LIKELY(brc_both_small(a, b))) return (STerm)a >= (STerm)b;
    return brc_code_compare(a, b) >= 0;
}
BRC_INLINE bool brc_eq_exact(Term a, Term b) {
    if (a == b) return true;
    if (!term_is_pointer(a) || !term_is_pointer(b)) return false;
    return brc_code_eq(a, b);
}
BRC_INLINE bool brc_eq(Term a, Term b) {
    if (a == b) return true;
    if (brc_both_small(a, b) || (!term_is_pointer(a) && !term_is_pointer(b))) return false;
    return brc_code_equal(a, b);
}

/* ---- guard built-ins that are cheaper in place; BRC_NONE: take the slow call ---- */
BRC_INLINE Term brc_fast_element(Term n, Term t) {
    if (BRC_LIKELY(term_is_small(n) && term_is_boxed(t))) {
        Term h = term_header(t);
        if ((h & 0xFF) == BRC_TAG_HEADER && n - BRC_SMALL(1) < (h >> 8 << 2))
            return term_box(t)[n >> 2];
    }
    return BRC_NONE;
}
BRC_INLINE Term brc_fast_tuple_size(Term t) {
    if (BRC_LIKELY(term_is_boxed(t) && (term_header(t) & 0xFF) == BRC_TAG_HEADER))
        return BRC_SMALL(term_header(t) >> 8);
    return BRC_NONE;
}
BRC_INLINE Term brc_fast_hd(Term t) {
    return BRC_LIKELY(term_is_cons(t)) ? term_head(t) : BRC_NONE;
}
BRC_INLINE Term brc_fast_tl(Term t) {
    return BRC_LIKELY(term_is_cons(t)) ? term_tail(t) : BRC_NONE;
}

/* ---- maps ---- */
/* The value of an immediate key. Maps from one place in the source share their keys, which are
 * static data then: *site remembers the last such keys met here (above) and where the key stands
 * among them (the low half; 0: nowhere). */
BRC_INLINE Term brc_map_get_quick(Term map, Term key, uint64_t *site) {
    const Term *m = term_box(map);
    uint64_t known = __atomic_load_n(site, __ATOMIC_RELAXED);
    if (BRC_LIKELY(known >> 32 == m[1])) {
        uint32_t at = (uint32_t)known;
        return at ? m[at] : BRC_NONE;
    }
    return brc_code_map_get(map, key, site);
}

/* ---- match contexts ---- */
BRC_INLINE uint64_t brc_bs_pos(Term ctx) {
    return (uint64_t)term_small(term_box(ctx)[3]);
}
BRC_INLINE uint64_t brc_bs_left(Term ctx) {
    return (uint64_t)((STerm)(term_box(ctx)[4] - term_box(ctx)[3]) >> 2);
}
BRC_INLINE void brc_bs_advance(Term ctx, uint64_t bits) {
    term_box(ctx)[3] += bits << 2;
}

/* The next bits, a constant number of at most 64 (whole bytes), against `want`, their value;
 * `bytes` are the same. Moves on where they are equal. */
BRC_INLINE bool brc_bs_take_match(Term ctx, uint64_t want, const uint8_t *bytes, unsigned bits) {
    Term *c = term_box(ctx);
    if (c[4] - c[3] < (Term)bits << 2) return false;
    if (BRC_UNLIKELY((c[3] & 7 << 2) != 0)) return brc_code_bs_match_bits(ctx, bytes, bits);
    const uint8_t *at = (const uint8_t *)c[2] + (c[3] >> 5);
    if (brc_bits_load_top(at, bits / 8) >> (64 - bits) != want) return false;
    c[3] += (Term)bits << 2;
    return true;
}

/* ---- floats ---- */
BRC_INLINE bool brc_finite(double d) {
    uint64_t u;
    __builtin_memcpy(&u, &d, 8);
    return (u & UINT64_C(0x7ff0000000000000)) != UINT64_C(0x7ff0000000000000);
}
/* A float for which no room was made. */
#define BRC_BOX(t, d)                                                                              \
    do {                                                                                           \
        if (BRC_NO_ROOM(2)) {                                                                      \
            BRC_OUT();                                                                             \
            t = brc_code_float(p, d);                                                              \
            BRC_IN();                                                                              \
        } else {                                                                                   \
            t = term_make_float(hp, d);                                                            \
            hp += 2;                                                                               \
        }                                                                                          \
    } while (0)
/* fconv: a number as a double; false: no number, or an integer beyond the doubles. */
BRC_INLINE bool brc_to_double(Term t, double *d) {
    if (term_is_small(t)) {
        *d = (double)term_small(t);
        return true;
    }
    if (BRC_LIKELY(term_is_float(t))) {
        *d = term_float(t);
        return true;
    }
    return brc_code_big_to_double(t, d);
}

/* ---- lambdas ---- */
BRC_INLINE bool brc_is_fun_of(Term f, Term arity) { /* arity: a small */
    if (!term_is_boxed(f)) return false;
    const Term *at = term_box(f);
    if ((at[0] & 0xF0) != (BRC_FUN << 4)) return false;
    return ((const FunEntry *)at[1])->arity == arity >> 2;
}
BRC_INLINE const FunEntry *brc_fun_of(Term f, uint32_t arity) { /* NULL: slow path */
    if (BRC_UNLIKELY(!term_is_boxed(f))) return 0;
    const Term *at = term_box(f);
    if (BRC_UNLIKELY((at[0] & 0xF0) != (BRC_FUN << 4))) return 0;
    const FunEntry *e = (const FunEntry *)at[1];
    return BRC_LIKELY(e->arity == arity) ? e : 0;
}
