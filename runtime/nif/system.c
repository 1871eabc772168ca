/* system.c: time, the environment's variables, what the system is. */
#include "nif/nif.h"
#include "abi/bif.h"
#include "proc/clock.h"
#include "sched/dirty.h"
#include <limits.h>
#include <stdlib.h>
#include <time.h>

static int64_t parts(ErlNifTimeUnit unit) {
    switch (unit) {
    case ERL_NIF_SEC: return 1;
    case ERL_NIF_MSEC: return 1000;
    case ERL_NIF_USEC: return 1000000;
    case ERL_NIF_NSEC: return 1000000000;
    default: return 0;
    }
}

/* Rounded down. */
ErlNifTime enif_convert_time_unit(ErlNifTime value, ErlNifTimeUnit from, ErlNifTimeUnit to) {
    if (!parts(from) || !parts(to)) return ERL_NIF_TIME_ERROR;
    __int128 n = (__int128)value * parts(to), d = parts(from), q = n / d;
    return (ErlNifTime)(q - (n % d < 0));
}

ErlNifTime enif_monotonic_time(ErlNifTimeUnit unit) {
    if (!brc_proc_sched && brc_sched_pool == BRC_DIRTY_NONE) return ERL_NIF_TIME_ERROR;
    return enif_convert_time_unit((ErlNifTime)brc_proc_clock_ns(), ERL_NIF_NSEC, unit);
}
ErlNifTime enif_time_offset(ErlNifTimeUnit unit) {
    if (!brc_proc_sched && brc_sched_pool == BRC_DIRTY_NONE) return ERL_NIF_TIME_ERROR;
    return enif_convert_time_unit(brc_proc_time_offset_ns(), ERL_NIF_NSEC, unit);
}

ERL_NIF_TERM enif_now_time(ErlNifEnv *env) {
    return brc_bif_erlang_now_0(env->p);
}

ERL_NIF_TERM enif_cpu_time(ErlNifEnv *env) {
    struct timespec t;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) != 0) return enif_make_badarg(env);
    int64_t us = t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
    return term_tuple3(brc_ctx_alloc(env->p, 4), BRC_SMALL(us / 1000000000000),
                       BRC_SMALL(us / 1000000 % 1000000), BRC_SMALL(us % 1000000));
}

int enif_getenv(const char *key, char *value, size_t *size) {
    const char *text = getenv(key);
    if (!text) return -1;
    size_t need = strlen(text);
    if (need >= *size) {
        *size = need + 1;
        return 1;
    }
    memcpy(value, text, need + 1);
    *size = need;
    return 0;
}

/* Callers of older headers know less of it. */
void enif_system_info(ErlNifSysInfo *to, size_t size) {
    ErlNifSysInfo all = {
        .driver_major_version = 3,
        .driver_minor_version = 3,
        .erts_version = "13.1.5",
        .otp_release = "25",
        .thread_support = 1,
        .smp_support = 1,
        .async_threads = 1,
        .scheduler_threads = (int)brc_sched_threads(),
        .nif_major_version = ERL_NIF_MAJOR_VERSION,
        .nif_minor_version = ERL_NIF_MINOR_VERSION,
        .dirty_scheduler_support = 1,
    };
    memcpy(to, &all, size < sizeof all ? size : sizeof all);
}
