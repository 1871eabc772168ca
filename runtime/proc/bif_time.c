/* bif_time.c: the time of day and the clocks. Native unit: nanoseconds. Erlang's system time is
 * the monotonic one plus an offset that is taken once (no time warp); os:system_time asks the
 * system each time. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "proc/clock.h"
#include "proc/zone.h"
#include "term/int.h"
#include <stdatomic.h>
#include <time.h>

#define NS INT64_C(1000000000)

uint64_t brc_proc_time_unit(Term u) {
    if (u == AM(native) || u == AM(perf_counter)) return (uint64_t)NS;
    if (u == AM(nanosecond) || u == AM(nano_seconds)) return (uint64_t)NS;
    if (u == AM(microsecond) || u == AM(micro_seconds)) return 1000000;
    if (u == AM(millisecond) || u == AM(milli_seconds)) return 1000;
    if (u == AM(second) || u == AM(seconds)) return 1;
    uint64_t n;
    return term_is_integer(u) && brc_term_int_to_u64(u, &n) ? n : 0;
}

Term brc_proc_time_in(Proc *p, int64_t ns, uint64_t parts) {
    __int128 product = (__int128)ns * (__int128)parts, whole = product / NS;
    if (product % NS < 0) whole--;
    if (whole >= INT64_MIN && whole <= INT64_MAX) return brc_term_int_from_i64(p, (int64_t)whole);
    unsigned __int128 size = (unsigned __int128)(whole < 0 ? -whole : whole);
    uint64_t limbs[2] = {(uint64_t)size, (uint64_t)(size >> 64)};
    return brc_term_int_from_limbs(p, limbs, 2, whole < 0);
}

static int64_t real_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * NS + t.tv_nsec;
}

int64_t brc_proc_time_offset_ns(void) {
    static _Atomic(int64_t) offset;
    int64_t known = atomic_load(&offset);
    if (known) return known;
    int64_t now = real_ns() - (int64_t)brc_proc_clock_ns();
    atomic_compare_exchange_strong(&offset, &known, now); /* the first one counts */
    return atomic_load(&offset);
}

static int64_t monotonic(void) {
    return (int64_t)brc_proc_clock_ns();
}
static int64_t system_ns(void) {
    return monotonic() + brc_proc_time_offset_ns();
}

static Term in_unit(Proc *p, int64_t ns, Term unit) {
    uint64_t parts = brc_proc_time_unit(unit);
    return parts ? brc_proc_time_in(p, ns, parts) : brc_ctx_badarg(p);
}

Term brc_bif_erlang_monotonic_time_0(Proc *p) {
    return brc_term_int_from_i64(p, monotonic());
}
Term brc_bif_erlang_monotonic_time_1(Proc *p, Term u) {
    return in_unit(p, monotonic(), u);
}
Term brc_bif_erlang_system_time_0(Proc *p) {
    return brc_term_int_from_i64(p, system_ns());
}
Term brc_bif_erlang_system_time_1(Proc *p, Term u) {
    return in_unit(p, system_ns(), u);
}
Term brc_bif_erlang_time_offset_0(Proc *p) {
    return brc_term_int_from_i64(p, brc_proc_time_offset_ns());
}
Term brc_bif_erlang_time_offset_1(Proc *p, Term u) {
    return in_unit(p, brc_proc_time_offset_ns(), u);
}
Term brc_bif_os_system_time_0(Proc *p) {
    return brc_term_int_from_i64(p, real_ns());
}
Term brc_bif_os_system_time_1(Proc *p, Term u) {
    return in_unit(p, real_ns(), u);
}
Term brc_bif_os_perf_counter_0(Proc *p) {
    return brc_term_int_from_i64(p, monotonic());
}
Term brc_bif_erts_internal_time_unit_0(Proc *p) {
    (void)p;
    return BRC_SMALL(NS);
}
Term brc_bif_erts_internal_perf_counter_unit_0(Proc *p) {
    (void)p;
    return BRC_SMALL(NS);
}

static Term mega_seconds(Proc *p, int64_t us) {
    return term_tuple3(brc_ctx_alloc(p, 4), BRC_SMALL(us / 1000000000000),
                       BRC_SMALL(us / 1000000 % 1000000), BRC_SMALL(us % 1000000));
}
Term brc_bif_erlang_timestamp_0(Proc *p) {
    return mega_seconds(p, system_ns() / 1000);
}
Term brc_bif_os_timestamp_0(Proc *p) {
    return mega_seconds(p, real_ns() / 1000);
}

/* Never the same, always later. */
int64_t brc_proc_now_us(void) {
    static _Atomic(int64_t) latest;
    int64_t us = system_ns() / 1000, was = atomic_load(&latest), next;
    do
        next = us > was ? us : was + 1;
    while (!atomic_compare_exchange_weak(&latest, &was, next));
    return next;
}

Term brc_bif_erlang_now_0(Proc *p) {
    return mega_seconds(p, brc_proc_now_us());
}

/* ---- unique integers ---- */
Term brc_bif_erlang_unique_integer_0(Proc *p) {
    return brc_bif_erlang_unique_integer_1(p, BRC_NIL);
}

static _Atomic(int64_t) ordered;

static int64_t below_zero(int64_t n) {
    return n - (INT64_C(1) << 59) - 1;
}

int64_t brc_proc_ordered_integer(void) {
    return below_zero(atomic_fetch_add(&ordered, 1) + 1);
}

Term brc_bif_erlang_unique_integer_1(Proc *p, Term modifiers) {
    static _Atomic(int64_t) plain;
    bool positive = false, in_order = false;
    for (; term_is_cons(modifiers); modifiers = term_tail(modifiers)) {
        if (term_head(modifiers) == AM(positive))
            positive = true;
        else if (term_head(modifiers) == AM(monotonic))
            in_order = true;
        else
            return brc_ctx_badarg(p);
    }
    if (modifiers != BRC_NIL) return brc_ctx_badarg(p);
    int64_t n = atomic_fetch_add(in_order ? &ordered : &plain, 1) + 1;
    return brc_term_int_from_i64(p, positive ? n : below_zero(n));
}

/* ---- calendar ---- */
static Term date_tuple(Proc *p, Civil t) {
    return term_tuple3(brc_ctx_alloc(p, 4), BRC_SMALL(t.year), BRC_SMALL(t.month),
                       BRC_SMALL(t.day));
}
static Term time_tuple(Proc *p, Civil t) {
    return term_tuple3(brc_ctx_alloc(p, 4), BRC_SMALL(t.hour), BRC_SMALL(t.minute),
                       BRC_SMALL(t.second));
}
static Term date_time(Proc *p, Civil t) {
    Term date = date_tuple(p, t), time = time_tuple(p, t);
    return term_tuple2(brc_ctx_alloc(p, 3), date, time);
}
static int64_t now(void) {
    return real_ns() / NS;
}

Term brc_bif_erlang_localtime_0(Proc *p) {
    return date_time(p, brc_proc_local(now()));
}
Term brc_bif_erlang_date_0(Proc *p) {
    return date_tuple(p, brc_proc_local(now()));
}
Term brc_bif_erlang_time_0(Proc *p) {
    return time_tuple(p, brc_proc_local(now()));
}
Term brc_bif_erlang_universaltime_0(Proc *p) {
    return date_time(p, brc_proc_civil(now()));
}

static bool three(Term t, int64_t *to) {
    if (!term_is_tuple_of(t, 3)) return false;
    for (int i = 0; i < 3; i++) {
        if (!term_is_small(term_tuple_elements(t)[i])) return false;
        to[i] = term_small(term_tuple_elements(t)[i]);
    }
    return true;
}

static bool valid_date(const int64_t *d) {
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (d[0] < -2147481748 || d[0] > 2147483647 || d[1] < 1 || d[1] > 12 || d[2] < 1) return false;
    bool leap = d[0] % 4 == 0 && (d[0] % 100 != 0 || d[0] % 400 == 0);
    return d[2] <= days[d[1] - 1] + (leap && d[1] == 2);
}

static bool parse_date_time(Term t, Civil *out) {
    int64_t d[3], h[3];
    if (!term_is_tuple_of(t, 2) || !three(term_tuple_elements(t)[0], d) ||
        !three(term_tuple_elements(t)[1], h) || !valid_date(d))
        return false;
    if (h[0] < 0 || h[0] > 23 || h[1] < 0 || h[1] > 59 || h[2] < 0 || h[2] > 59) return false;
    *out = (Civil){d[0], (int)d[1], (int)d[2], (int)h[0], (int)h[1], (int)h[2]};
    return true;
}

/* Zones are known from then on, as stock sees it. */
#define FIRST_ZONED_YEAR 1902

static bool parse_zoned(Term t, Civil *out) {
    return parse_date_time(t, out) && out->year >= FIRST_ZONED_YEAR;
}

Term brc_bif_erlang_localtime_to_universaltime_2(Proc *p, Term local, Term dst) {
    static _Atomic(int64_t) guess;
    Civil t;
    int64_t s;
    if (!parse_zoned(local, &t)) return brc_ctx_badarg(p);
    if (dst != AM(true) && dst != AM(false) && dst != AM(undefined)) return brc_ctx_badarg(p);
    int wanted = dst == AM(true) ? 1 : dst == AM(false) ? 0 : -1;
    if (!brc_proc_zone_seconds(brc_proc_zone(true), &t, wanted, &guess, &s))
        return brc_ctx_badarg(p);
    return date_time(p, brc_proc_civil(s));
}

Term brc_bif_erlang_universaltime_to_localtime_1(Proc *p, Term utc) {
    Civil t;
    if (!parse_zoned(utc, &t)) return brc_ctx_badarg(p);
    return date_time(p, brc_proc_local(brc_proc_civil_seconds(&t)));
}

Term brc_bif_erlang_universaltime_to_posixtime_1(Proc *p, Term utc) {
    Civil t;
    if (!parse_date_time(utc, &t)) return brc_ctx_badarg(p);
    return brc_term_int_from_i64(p, brc_proc_civil_seconds(&t));
}

/* Of the years that an int holds when counted from 1900. */
#define LEAST_SECONDS INT64_C(-67768040609740800)
#define MOST_SECONDS  INT64_C(67768036191676799)

Term brc_bif_erlang_posixtime_to_universaltime_1(Proc *p, Term seconds) {
    int64_t s;
    if (!term_is_integer(seconds) || !brc_term_int_to_i64(seconds, &s)) return brc_ctx_badarg(p);
    if (s < LEAST_SECONDS || s > MOST_SECONDS) return brc_ctx_badarg(p);
    return date_time(p, brc_proc_civil(s));
}
