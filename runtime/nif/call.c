/* call.c: from a function that a NIF has replaced into the NIF and back; NIFs that name another one
 * to go on with; those for the dirty pools. */
#include "nif/nif.h"
#include "base/panic.h"
#include "code/enter.h"
#include "code/fail.h"
#include "code/raise.h"
#include "ctx/fail.h"
#include "sched/dirty.h"
#include "term/atom.h"
#include <stdlib.h>

enum {
    ASIDE = 512,       /* p->x from here on: arguments of the NIF to go on with */
    SLICE_REDS = 4000, /* what enif_consume_timeslice takes a percentage of */
};

/* What enif_schedule_nif gives, for the NIF to return. */
#define SCHEDULED AM(brc_nif)

/* ---- one call ----
 *
 * X registers: the arguments; where another NIF went before, behind them the row of the one that
 * was called first, and the arguments of that: failures are told of it. */

static Code go_on, failed;

typedef struct First {
    NativeRow *row;
    const Term *args;
} First;

/* The row and the arguments of the NIF to go on with become the X registers, then the first. */
static Term trap_to(Proc *p, NativeRow *next, First first) {
    uint32_t n = next->bif.arity, m = first.row->bif.arity;
    Term *aside = p->x + ASIDE;
    memmove(aside + n + 1, first.args, m * sizeof(Term));
    aside[n] = (Term)first.row;
    p->x[0] = (Term)next;
    memmove(p->x + 1, aside, (n + 1 + m) * sizeof(Term));
    return brc_ctx_trap(p, go_on, n + m + 2);
}

/* The failure behind which the first one's arguments are. */
static Term fail(Proc *p, Term reason, First first) {
    memmove(p->x + 2, first.args, first.row->bif.arity * sizeof(Term));
    p->x[0] = reason;
    p->x[1] = (Term)first.row;
    return brc_ctx_trap(p, failed, first.row->bif.arity + 2);
}

static Term call(Proc *p, NativeRow *row, First first) {
    ErlNifEnv env = {.p = p, .kind = NIF_ENV_CALL, .library = row->from, .raised = BRC_NONE};
    Term result = ((NifFunction *)row->function)(&env, (int)row->bif.arity, p->x);
    if (env.temps) brc_nif_free_temps(&env);
    if (env.raised != BRC_NONE) return fail(p, env.raised, first);
    if (env.next && result == SCHEDULED) return trap_to(p, env.next, first);
    return result != BRC_NONE ? result : fail(p, AM(badarg), first);
}

static First itself(const Proc *p, NativeRow *row) {
    return (First){row, p->x};
}
static First behind(const Proc *p, const NativeRow *row) {
    uint32_t n = row->bif.arity;
    return (First){(NativeRow *)p->x[n], p->x + n + 1};
}

static Term call_dirty(Proc *p) {
    NativeRow *row = (NativeRow *)p->fbif;
    return call(p, row, itself(p, row));
}
static Term call_dirty_again(Proc *p) {
    NativeRow *row = (NativeRow *)p->fbif;
    return call(p, row, behind(p, row));
}

static enum DirtyPool pool_of(const NativeRow *row) {
    return row->flags == ERL_NIF_DIRTY_JOB_IO_BOUND ? BRC_DIRTY_IO : BRC_DIRTY_CPU;
}

CODE_FN(brc_nif_enter) {
    CODE_OUT();
    CODE_SAVE_X();
    NativeRow *row = (NativeRow *)p->fbif;
    Term result = row->flags == 0
                      ? call(p, row, itself(p, row))
                      : brc_sched_dirty_call_plain(p, pool_of(row), call_dirty, row->bif.arity);
    hp = p->hp, reds = p->reds;
    if (__builtin_expect(result != BRC_NONE, 1)) {
        Code *back = (Code *)(sp[0] - BRC_TAG_RETURN);
        CODE_JUMP(back, result, x1, x2, x3, x4, x5);
    }
    CODE_JUMP(brc_code_bif_fail_via, x0, x1, x2, x3, x4, x5);
}

/* x0: the row; then its arguments, the first row and its arguments. */
static CODE_FN(go_on) {
    CODE_OUT();
    CODE_SAVE_X();
    NativeRow *row = (NativeRow *)x0, *first = (NativeRow *)p->x[row->bif.arity + 1];
    uint32_t live = row->bif.arity + 1 + first->bif.arity;
    if (--p->reds < 0 || (p->flags & BRC_PROC_GC_SOON)) {
        p->live = live + 1;
        p->resume = go_on;
        CODE_GO(brc_code_yield);
    }
    memmove(p->x, p->x + 1, live * sizeof(Term));
    p->fbif = &row->bif;
    Term result = row->flags == 0
                      ? call(p, row, behind(p, row))
                      : brc_sched_dirty_call_plain(p, pool_of(row), call_dirty_again, live);
    if (result != BRC_NONE) {
        p->x[0] = result;
        CODE_GO((Code *)(p->sp[0] - BRC_TAG_RETURN));
    }
    CODE_GO(brc_code_bif_fail_via);
}

/* x0: the reason, x1: the row; then its arguments. */
static CODE_FN(failed) {
    CODE_OUT();
    CODE_SAVE_X();
    const NativeRow *row = (const NativeRow *)x1;
    brc_ctx_error(p, x0);
    memmove(p->x, p->x + 2, row->bif.arity * sizeof(Term));
    p->fbif = &row->bif;
    CODE_GO(brc_code_bif_fail_via);
}

/* ---- going on with another one ---- */

/* A row for each function that was ever named so; never freed, as processes may hold them. */
static struct {
    BrcLock lock; /* guards all */
    NativeRow **at;
    size_t count, room;
} rows;

static NativeRow *row_locked(const NativeRow *like) {
    for (size_t i = 0; i < rows.count; i++) {
        NativeRow *r = rows.at[i];
        if (r->function == like->function && r->from == like->from && r->flags == like->flags &&
            r->bif.name == like->bif.name && r->bif.arity == like->bif.arity)
            return r;
    }
    if (rows.count == rows.room) {
        rows.room = rows.room ? rows.room * 2 : 16;
        rows.at = realloc(rows.at, rows.room * sizeof *rows.at);
        BRC_CHECK(rows.at != NULL);
    }
    NativeRow *r = aligned_alloc(16, (sizeof *r + 15) & ~(size_t)15);
    BRC_CHECK(r != NULL);
    memcpy(r, like, sizeof *r);
    return rows.at[rows.count++] = r;
}

ERL_NIF_TERM enif_schedule_nif(ErlNifEnv *env, const char *name, int flags, NifFunction *function,
                               int argc, const ERL_NIF_TERM argv[]) {
    Proc *p = env->p;
    if (env->kind != NIF_ENV_CALL || argc < 0 || argc > BRC_MAX_ARITY) return enif_make_badarg(env);
    Term atom = enif_make_atom(env, name);
    if (atom == BRC_NONE) return atom;
    NativeRow like = {.bif = {.module = ((const NativeRow *)p->fbif)->bif.module,
                              .name = atom,
                              .arity = (uint32_t)argc},
                      .function = (void *)function,
                      .from = env->library,
                      .flags = (uint32_t)flags & 3};
    brc_base_lock(&rows.lock);
    env->next = row_locked(&like);
    brc_base_unlock(&rows.lock);
    memmove(p->x + ASIDE, argv, (size_t)argc * sizeof *argv);
    return SCHEDULED;
}

int enif_consume_timeslice(ErlNifEnv *env, int percent) {
    if (percent < 1) percent = 1;
    if (percent > 100) percent = 100;
    int64_t used = SLICE_REDS / 100 * percent;
    if (env->p->flags & BRC_PROC_STEPPED)
        env->p->rest->steps->reds -= used;
    else
        env->p->reds -= used;
    return proc_reds(env->p) <= 0;
}

/* ---- exceptions ---- */

ERL_NIF_TERM enif_raise_exception(ErlNifEnv *env, ERL_NIF_TERM reason) {
    env->raised = reason;
    return BRC_NONE;
}
ERL_NIF_TERM enif_make_badarg(ErlNifEnv *env) {
    return enif_raise_exception(env, AM(badarg));
}
int enif_has_pending_exception(ErlNifEnv *env, ERL_NIF_TERM *reason) {
    if (env->raised == BRC_NONE) return 0;
    if (reason) *reason = env->raised;
    return 1;
}
int enif_is_exception(ErlNifEnv *env, ERL_NIF_TERM t) {
    (void)env;
    return t == BRC_NONE;
}
