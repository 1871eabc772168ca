/* bif_atomics.c: arrays of 64-bit atomics (module atomics) and of counters written by many threads
 * (counters with write_concurrency). Both are magic references.
 *
 * A counter has one cell per lane, each lane in cache lines of its own; a thread adds in its lane
 * and reading sums all lanes, so that writers do not share lines. Atomics are sequentially
 * consistent, as documented; counters are not ordered at all. */
#include "abi/bif.h"
#include "base/panic.h"
#include "ctx/fail.h"
#include "ctx/magic.h"
#include "term/cmp.h"
#include "term/int.h"
#include "term/map.h"
#include <unistd.h>

#define BINARY_OVERHEAD 24 /* OTP's header in front of such an array; part of `memory` */
#define LINE_CELLS      8  /* of 8 bytes: one cache line */

typedef struct Atomics {
    Magic magic;
    uint64_t is_signed, size;
    _Atomic(uint64_t) cell[];
} Atomics;

typedef struct Counters {
    Magic magic;
    uint64_t size;
    uint64_t lanes;
    _Atomic(uint64_t) cell[]; /* [line][lane][LINE_CELLS] after alignment to 64 */
} Counters;

static void atomics_destroy(Magic *m) {
    brc_ctx_magic_free(m);
}
static void counters_destroy(Magic *m) {
    brc_ctx_magic_free(m);
}

/* Increments may be given signed or unsigned; they wrap. */
static bool increment_of(Term t, uint64_t *n) {
    int64_t s;
    if (!brc_term_int_to_i64(t, &s)) return brc_term_int_to_u64(t, n);
    *n = (uint64_t)s;
    return true;
}

/* A number of cells; BRC_NONE (the error is set) where it is none or too large. */
static Term cells_of(Proc *p, Term size, uint64_t *n, uint64_t most) {
    if (!term_is_integer(size) || brc_term_compare(size, BRC_SMALL(1)) < 0)
        return brc_ctx_badarg(p);
    if (!brc_term_int_to_u64(size, n) || *n > most) return brc_ctx_system_limit(p);
    return AM(ok);
}

/* ---- atomics ---- */
Term brc_bif_erts_internal_atomics_new_2(Proc *p, Term size, Term options) {
    uint64_t n, flags;
    if (cells_of(p, size, &n, SIZE_MAX / 64) == BRC_NONE) return BRC_NONE;
    if (!brc_term_int_to_u64(options, &flags)) return brc_ctx_badarg(p);
    Atomics *a = brc_ctx_magic_new(sizeof *a + n * sizeof a->cell[0], atomics_destroy);
    a->is_signed = flags & 1;
    a->size = n;
    return brc_ctx_magic_term(p, &a->magic);
}

static _Atomic(uint64_t) *cell_of(Term ref, Term index, Atomics **a) {
    uint64_t i;
    *a = brc_ctx_magic_kind(ref, atomics_destroy);
    if (*a == NULL || !brc_term_int_to_u64(index, &i) || i - 1 >= (*a)->size) return NULL;
    return &(*a)->cell[i - 1];
}

static bool value_of(const Atomics *a, Term t, uint64_t *n) {
    int64_t s;
    if (!a->is_signed) return brc_term_int_to_u64(t, n);
    if (!brc_term_int_to_i64(t, &s)) return false;
    *n = (uint64_t)s;
    return true;
}

static Term value_term(Proc *p, const Atomics *a, uint64_t n) {
    return a->is_signed ? brc_term_int_from_i64(p, (int64_t)n) : brc_term_int_from_u64(p, n);
}

Term brc_bif_atomics_put_3(Proc *p, Term ref, Term index, Term value) {
    Atomics *a;
    uint64_t n;
    _Atomic(uint64_t) *cell = cell_of(ref, index, &a);
    if (cell == NULL || !value_of(a, value, &n)) return brc_ctx_badarg(p);
    atomic_store(cell, n);
    return AM(ok);
}

Term brc_bif_atomics_get_2(Proc *p, Term ref, Term index) {
    Atomics *a;
    _Atomic(uint64_t) *cell = cell_of(ref, index, &a);
    return cell ? value_term(p, a, atomic_load(cell)) : brc_ctx_badarg(p);
}

Term brc_bif_atomics_add_3(Proc *p, Term ref, Term index, Term value) {
    Atomics *a;
    uint64_t n;
    _Atomic(uint64_t) *cell = cell_of(ref, index, &a);
    if (cell == NULL || !increment_of(value, &n)) return brc_ctx_badarg(p);
    atomic_fetch_add(cell, n);
    return AM(ok);
}

Term brc_bif_atomics_add_get_3(Proc *p, Term ref, Term index, Term value) {
    Atomics *a;
    uint64_t n;
    _Atomic(uint64_t) *cell = cell_of(ref, index, &a);
    if (cell == NULL || !increment_of(value, &n)) return brc_ctx_badarg(p);
    return value_term(p, a, atomic_fetch_add(cell, n) + n);
}

Term brc_bif_atomics_exchange_3(Proc *p, Term ref, Term index, Term value) {
    Atomics *a;
    uint64_t n;
    _Atomic(uint64_t) *cell = cell_of(ref, index, &a);
    if (cell == NULL || !value_of(a, value, &n)) return brc_ctx_badarg(p);
    return value_term(p, a, atomic_exchange(cell, n));
}

Term brc_bif_atomics_compare_exchange_4(Proc *p, Term ref, Term index, Term expected, Term value) {
    Atomics *a;
    uint64_t was, n;
    _Atomic(uint64_t) *cell = cell_of(ref, index, &a);
    if (cell == NULL || !value_of(a, expected, &was) || !value_of(a, value, &n))
        return brc_ctx_badarg(p);
    return atomic_compare_exchange_strong(cell, &was, n) ? AM(ok) : value_term(p, a, was);
}

Term brc_bif_atomics_info_1(Proc *p, Term ref) {
    const Atomics *a = brc_ctx_magic_kind(ref, atomics_destroy);
    if (a == NULL) return brc_ctx_badarg(p);
    uint64_t memory = BINARY_OVERHEAD + 16 + a->size * sizeof a->cell[0];
    Term pairs[] = {
        AM(max),
        a->is_signed ? brc_term_int_from_i64(p, INT64_MAX) : brc_term_int_from_u64(p, UINT64_MAX),
        AM(memory),
        brc_term_int_from_u64(p, memory),
        AM(min),
        a->is_signed ? brc_term_int_from_i64(p, INT64_MIN) : BRC_SMALL(0),
        AM(size),
        brc_term_int_from_u64(p, a->size),
    };
    return brc_term_map_from_pairs(p, pairs, 4);
}

/* ---- counters ---- */
static uint64_t lane_count(void) {
    static _Atomic(uint64_t) known;
    uint64_t n = atomic_load_explicit(&known, memory_order_relaxed);
    if (n == 0) {
        long cpus = sysconf(_SC_NPROCESSORS_ONLN);
        n = cpus < 1 ? 2 : cpus > 255 ? 256 : (uint64_t)cpus + 1;
        atomic_store_explicit(&known, n, memory_order_relaxed);
    }
    return n;
}

/* A number for this thread: threads are spread over the lanes in the order they come. */
static uint64_t lane_of_thread(void) {
    static _Atomic(uint64_t) threads;
    static _Thread_local uint64_t mine;
    if (mine == 0) mine = atomic_fetch_add_explicit(&threads, 1, memory_order_relaxed) + 1;
    return mine;
}

static uint64_t lines_of(uint64_t size) {
    return (size + LINE_CELLS - 1) / LINE_CELLS;
}

Term brc_bif_erts_internal_counters_new_1(Proc *p, Term size) {
    uint64_t n, lanes = lane_count();
    if (cells_of(p, size, &n, SIZE_MAX / (64 * lanes)) == BRC_NONE) return BRC_NONE;
    size_t bytes = sizeof(Counters) + 64 + lines_of(n) * lanes * LINE_CELLS * sizeof(uint64_t);
    Counters *c = brc_ctx_magic_new(bytes, counters_destroy);
    c->size = n;
    c->lanes = lanes;
    return brc_ctx_magic_term(p, &c->magic);
}

/* The counter's cell in lane 0; the one in the next lane is LINE_CELLS further. */
static _Atomic(uint64_t) *counter_of(Term ref, Term index, Counters **c) {
    uint64_t i;
    *c = brc_ctx_magic_kind(ref, counters_destroy);
    if (*c == NULL || !brc_term_int_to_u64(index, &i) || i - 1 >= (*c)->size) return NULL;
    uintptr_t cells = ((uintptr_t)(*c)->cell + 63) & ~(uintptr_t)63;
    i--;
    return (_Atomic(uint64_t) *)cells + i / LINE_CELLS * (*c)->lanes * LINE_CELLS + i % LINE_CELLS;
}

static uint64_t sum_of_lanes(const Counters *c, _Atomic(uint64_t) *cell, uint64_t from_lane) {
    uint64_t sum = 0;
    for (uint64_t lane = from_lane; lane < c->lanes; lane++)
        sum += atomic_load_explicit(cell + lane * LINE_CELLS, memory_order_relaxed);
    return sum;
}

Term brc_bif_erts_internal_counters_get_2(Proc *p, Term ref, Term index) {
    Counters *c;
    _Atomic(uint64_t) *cell = counter_of(ref, index, &c);
    if (cell == NULL) return brc_ctx_badarg(p);
    return brc_term_int_from_i64(p, (int64_t)sum_of_lanes(c, cell, 0));
}

Term brc_bif_erts_internal_counters_add_3(Proc *p, Term ref, Term index, Term value) {
    Counters *c;
    uint64_t n;
    _Atomic(uint64_t) *cell = counter_of(ref, index, &c);
    if (cell == NULL || !increment_of(value, &n)) return brc_ctx_badarg(p);
    uint64_t lane = lane_of_thread() % c->lanes;
    atomic_fetch_add_explicit(cell + lane * LINE_CELLS, n, memory_order_relaxed);
    return AM(ok);
}

Term brc_bif_erts_internal_counters_put_3(Proc *p, Term ref, Term index, Term value) {
    Counters *c;
    int64_t n;
    _Atomic(uint64_t) *cell = counter_of(ref, index, &c);
    if (cell == NULL || !brc_term_int_to_i64(value, &n)) return brc_ctx_badarg(p);
    uint64_t rest = sum_of_lanes(c, cell, 1);
    atomic_store_explicit(cell, (uint64_t)n - rest, memory_order_relaxed);
    return AM(ok);
}

Term brc_bif_erts_internal_counters_info_1(Proc *p, Term ref) {
    const Counters *c = brc_ctx_magic_kind(ref, counters_destroy);
    if (c == NULL) return brc_ctx_badarg(p);
    uint64_t memory = BINARY_OVERHEAD + 8 + 64 * lines_of(c->size) * c->lanes;
    Term pairs[] = {AM(memory), brc_term_int_from_u64(p, memory), AM(size),
                    brc_term_int_from_u64(p, c->size)};
    return brc_term_map_from_pairs(p, pairs, 2);
}
