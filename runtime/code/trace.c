/* trace.c: taking traces from the stack, and showing them.
 *
 * A frame is known by the return word on the stack: the continuation's address. Addresses are
 * looked up among those of the program (abi/program.h), which the linker laid out in order; those
 * of the runtime's own code are not there and are passed by. Of equal return words in a row, as a
 * recursion leaves them, one is kept. What is taken are addresses only; places, names and lists
 * are made when the program looks at the trace, for most never do. */
#include "code/trace.h"
#include "code/raise.h"
#include "abi/program.h"
#include "ctx/alloc.h"

_Atomic(uint32_t) brc_code_backtrace_depth = 8;
const Loc brc_code_via_code = {0, 0, 0};

static const PcLoc *find(Term word) {
    uint64_t address = word - BRC_TAG_RETURN;
    const PcLoc *lo = __start_brc_pcs, *hi = __stop_brc_pcs;
    while (lo < hi) {
        const PcLoc *mid = lo + (hi - lo) / 2;
        if (mid->code < address)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < __stop_brc_pcs && lo->code == address ? lo : NULL;
}

static const Loc *place_of(const PcLoc *at) {
    return (const Loc *)(uintptr_t)at->loc;
}

const Loc *brc_code_return_place(Term word) {
    const PcLoc *at = find(word);
    return at ? place_of(at) : NULL;
}

uint64_t brc_code_return_offset(Term word) {
    const PcLoc *at = find(word), *first = at;
    while (at && first > __start_brc_pcs &&
           BRC_LOC_FN(place_of(first - 1)) == BRC_LOC_FN(place_of(at)))
        first--;
    return at ? at->code - first->code : 0;
}

const Loc *(*brc_code_own_place)(const Proc *p);

__attribute__((weak)) const Loc *brc_code_frame_place(const Term *at) {
    return (*at & BRC_NIBBLE_MASK) == BRC_TAG_RETURN ? brc_code_return_place(*at) : NULL;
}
__attribute__((weak)) const Loc *brc_code_resume_place(const Proc *p) {
    return brc_code_return_place((Term)p->resume + BRC_TAG_RETURN);
}

/* Return words of the runtime's own code, which show as nothing, are taken in addition. */
#define RUNTIME_SPARE 4u

__attribute__((weak)) size_t brc_code_trace_gather(const Proc *p, bool shown, Term *places,
                                                   size_t n, size_t most) {
    Term before = shown ? p->sp[0] : 0;
    for (const Term *s = p->sp; s < p->stack_end && n < most; s++) {
        if ((*s & BRC_NIBBLE_MASK) != BRC_TAG_RETURN || *s == before) continue;
        before = *s;
        places[n++] = *s - BRC_TAG_RETURN + BRC_RETURN_MARK;
    }
    return n;
}

/* The places of a raw trace, as Locs; at most what backtrace_depth leaves beside the first. */
static size_t resolve(Term trace, const Loc **places) {
    const Term *e = term_tuple_elements(trace);
    size_t n = 0, most = atomic_load_explicit(&brc_code_backtrace_depth, memory_order_relaxed);
    if (most > BRC_TRACE_DEPTH_MAX) most = BRC_TRACE_DEPTH_MAX;
    for (size_t i = BRC_TRACE_PLACES; i < term_tuple_arity(trace) && n + 1 < most; i++) {
        const Loc *place = e[i] & BRC_RETURN_MARK
                               ? brc_code_return_place(e[i] - BRC_RETURN_MARK + BRC_TAG_RETURN)
                               : (const Loc *)e[i];
        if (place) places[n++] = place;
    }
    return n;
}

/* [{error_info, Map}] */
static Term info_list(Proc *p, Term info) {
    if (info == BRC_NONE) return BRC_NIL;
    Term *at = brc_ctx_alloc(p, 5);
    return term_cons(at + 3, term_tuple2(at, AM(error_info), info), BRC_NIL);
}

Term brc_code_trace_take(Proc *p, Term class_, const TraceFirst *f) {
    Term places[BRC_TRACE_DEPTH_MAX + RUNTIME_SPARE];
    size_t n = 0, most = atomic_load_explicit(&brc_code_backtrace_depth, memory_order_relaxed);
    if (most > BRC_TRACE_DEPTH_MAX) most = BRC_TRACE_DEPTH_MAX;
    if (most > 0) most += RUNTIME_SPARE - 1; /* the first frame is always there */
    if (f->kind == BRC_TRACE_NAMED && f->place && n < most) places[n++] = (Term)f->place;
    /* Arguments belong to the frame of error/2's caller, which only the stack tells after apply. */
    const Loc *place = f->place;
    bool by_stack = f->kind == BRC_TRACE_PLACE && !place && term_is_cons(f->args);
    if (by_stack) place = brc_code_frame_place(p->sp);
    n = brc_code_trace_gather(p, by_stack && place, places, n, most);

    Term info = info_list(p, f->info);
    Term *at = brc_ctx_alloc(p, 1 + BRC_TRACE_PLACES + n), *e = at + 1;
    e[BRC_TRACE_CLASS] = class_;
    e[BRC_TRACE_KIND] = BRC_SMALL(f->kind);
    e[BRC_TRACE_ARGS] = f->args;
    e[BRC_TRACE_INFO] = info;
    e[BRC_TRACE_A] = f->kind == BRC_TRACE_NAMED ? f->module : (Term)place;
    e[BRC_TRACE_B] = f->kind == BRC_TRACE_NAMED ? f->name : 0;
    memcpy(e + BRC_TRACE_PLACES, places, n * sizeof *places);
    return term_tuple_begin(at, BRC_TRACE_PLACES + n);
}

Term brc_code_trace_raised(Proc *p, Term class_, Term list) {
    Term *at = brc_ctx_alloc(p, 1 + BRC_TRACE_PLACES), *e = at + 1;
    e[BRC_TRACE_CLASS] = class_;
    e[BRC_TRACE_KIND] = BRC_SMALL(BRC_TRACE_RAISED);
    e[BRC_TRACE_ARGS] = list;
    e[BRC_TRACE_INFO] = BRC_NIL;
    e[BRC_TRACE_A] = e[BRC_TRACE_B] = 0;
    return term_tuple_begin(at, BRC_TRACE_PLACES);
}

bool brc_code_trace_is_raw(Term t) {
    if (!term_is_tuple(t) || term_tuple_arity(t) < BRC_TRACE_PLACES) return false;
    Term class_ = term_tuple_elements(t)[BRC_TRACE_CLASS];
    return class_ == AM(error) || class_ == AM(exit) || class_ == AM(throw);
}

/* ---- showing ---- */

/* One code point of UTF-8; bytes that are none stand for themselves (Latin-1). */
static uint32_t next_char(const char **text) {
    const unsigned char *s = (const unsigned char *)*text;
    unsigned more = s[0] >= 0xF0 ? 3 : s[0] >= 0xE0 ? 2 : s[0] >= 0xC2 ? 1 : 0;
    uint32_t c = more ? s[0] & (0x3Fu >> more) : s[0];
    for (unsigned i = 1; i <= more; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            more = 0, c = s[0];
            break;
        }
        c = c << 6 | (s[i] & 0x3Fu);
    }
    *text += more + 1;
    return c;
}

static Term char_list(Proc *p, const char *text) {
    size_t n = 0;
    for (const char *s = text; *s; n++)
        next_char(&s);
    if (n == 0) return BRC_NIL;
    Term *at = brc_ctx_alloc(p, 2 * n), first = term_make_list(at);
    for (const char *s = text; *s; at += 2) {
        at[0] = BRC_SMALL(next_char(&s));
        at[1] = *s ? term_make_list(at + 2) : BRC_NIL;
    }
    return first;
}

/* [{file, File}, {line, Line} | Rest], or Rest where the place is not known. */
static Term location(Proc *p, const Loc *place, Term rest) {
    if (!place || place->line == 0 || !BRC_LOC_FN(place)->files) return rest;
    Term file = char_list(p, BRC_LOC_FN(place)->files[place->file]);
    Term *at = brc_ctx_alloc(p, 10);
    rest = term_cons(at + 3, term_tuple2(at, AM(line), BRC_SMALL(place->line)), rest);
    return term_cons(at + 8, term_tuple2(at + 5, AM(file), file), rest);
}

Term brc_code_location(Proc *p, const Loc *place) {
    return location(p, place, BRC_NIL);
}

static Term add_frame(Proc *p, Term module, Term name, Term args, Term where, Term list) {
    Term *at = brc_ctx_alloc(p, 7);
    at[0] = BRC_HEADER(BRC_TUPLE, 4);
    at[1] = module, at[2] = name, at[3] = args, at[4] = where;
    return term_cons(at + 5, term_make_boxed(at), list);
}

static Term add_first(Proc *p, const Term *e, Term list) {
    Term args = e[BRC_TRACE_ARGS], info = e[BRC_TRACE_INFO];
    if (term_is_fun(e[BRC_TRACE_A])) { /* one of no module: {Fun, Args, Where} */
        Term *at = brc_ctx_alloc(p, 6);
        return term_cons(at + 4, term_tuple3(at, e[BRC_TRACE_A], args, info), list);
    }
    if (e[BRC_TRACE_KIND] == BRC_SMALL(BRC_TRACE_NAMED))
        return add_frame(p, e[BRC_TRACE_A], e[BRC_TRACE_B], args, info, list);
    const Loc *place = (const Loc *)e[BRC_TRACE_A];
    if (!place) return list;
    if (!term_is_list(args)) args = BRC_SMALL(BRC_LOC_FN(place)->arity);
    return add_frame(p, BRC_LOC_FN(place)->module, BRC_LOC_FN(place)->name, args,
                     location(p, place, info), list);
}

Term brc_code_build_stacktrace(Proc *p, Term trace) {
    if (!brc_code_trace_is_raw(trace)) return trace;
    const Term *e = term_tuple_elements(trace);
    if (e[BRC_TRACE_KIND] == BRC_SMALL(BRC_TRACE_RAISED)) return e[BRC_TRACE_ARGS];
    Term list = BRC_NIL;
    const Loc *places[BRC_TRACE_DEPTH_MAX];
    for (size_t i = resolve(trace, places); i-- > 0;) {
        const Loc *place = places[i];
        list = add_frame(p, BRC_LOC_FN(place)->module, BRC_LOC_FN(place)->name,
                         BRC_SMALL(BRC_LOC_FN(place)->arity), location(p, place, BRC_NIL), list);
    }
    return add_first(p, e, list);
}

Term brc_code_catch_value(Proc *p, Term class_, Term reason, Term trace) {
    if (class_ == AM(throw)) return reason;
    if (class_ == AM(error)) {
        Term list = brc_code_build_stacktrace(p, trace);
        reason = term_tuple2(brc_ctx_alloc(p, 3), reason, list);
    }
    return term_tuple2(brc_ctx_alloc(p, 3), AM(EXIT), reason);
}
