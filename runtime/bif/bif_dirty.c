/* bif_dirty.c: erts_debug:dirty_cpu/2 and dirty_io/2: what tests let a thread of a pool do. */
#include "ctx/fail.h"
#include "sched/dirty.h"
#include "sig/signal.h"
#include <time.h>

#define COPIES 1000

static void sleep_ms(int64_t ms) {
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

static Term copies(Proc *p, Term t) {
    Term list = BRC_NIL;
    for (int i = 0; i < COPIES; i++) {
        Term copy = term_is_pointer(t) ? brc_heap_copy_to_proc(p, t) : t;
        list = term_cons(brc_ctx_alloc(p, 2), copy, list);
    }
    return list;
}

/* {What, Self} */
static void tell(Proc *p, Term to, Term what) {
    Term message[3] __attribute__((aligned(16)));
    brc_sig_send_message(to, term_tuple2(message, what, proc_pid(p)));
}

static Term await_end(Proc *p, Term to) {
    tell(p, to, AM(alive));
    while (brc_proc_is_alive(proc_pid(p)))
        sleep_ms(10);
    return AM(ok);
}

static Term wait_between(Proc *p, Term to) {
    tell(p, to, AM(ready));
    sleep_ms(6000);
    tell(p, to, AM(done));
    return AM(ok);
}

static Term do_it(Proc *p, Term what, Term arg) {
    if (what == AM(scheduler) && arg == AM(type))
        return brc_sched_pool == BRC_DIRTY_CPU ? AM(dirty_cpu) : AM(dirty_io);
    if (what == AM(error)) return brc_ctx_error(p, term_is_atom(arg) ? arg : AM(badarg));
    if (what == AM(copy)) return copies(p, arg);
    if (what == AM(wait) && term_is_small(arg) && term_small(arg) >= 0) {
        sleep_ms(term_small(arg));
        return AM(ok);
    }
    if (what == AM(reschedule) && term_is_small(arg) && term_small(arg) >= 0)
        return term_small(arg) % 2 == 0 ? AM(ok) : brc_ctx_badarg(p); /* as stock counts down */
    if (what == AM(alive_waitexiting) && term_is_local_pid(arg)) return await_end(p, arg);
    if (what == AM(ready_wait6_done) && term_is_local_pid(arg)) return wait_between(p, arg);
    return brc_ctx_badarg(p);
}

Term brc_dirty_erts_debug_dirty_cpu_2(Proc *p, Term what, Term arg) {
    return do_it(p, what, arg);
}
/* On this pool, whatever the kind that is asked for. */
Term brc_dirty_erts_debug_dirty_3(Proc *p, Term kind, Term what, Term arg) {
    if (kind != AM(normal) && kind != AM(dirty_cpu) && kind != AM(dirty_io))
        return brc_ctx_badarg(p);
    return what == AM(scheduler) && arg == AM(type) ? kind : do_it(p, what, arg);
}
Term brc_dirty_erts_debug_dirty_io_2(Proc *p, Term what, Term arg) {
    return do_it(p, what, arg);
}
