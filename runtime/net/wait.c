/* wait.c: operations that wait for the kernel, with or without a limit. */
#include "net/socket.h"
#include "base/panic.h"
#include "sig/signal.h"
#include <stdlib.h>

/* Under the timers' lock: only marks, and wakes. */
static void fire(Timer *t) {
    NetWait *w = (NetWait *)t;
    atomic_store(&w->late, true); /* pairs with brc_net_late, whose turn the wake-up brings */
    brc_proc_wake_mt(w->port);
}

NetWait *brc_net_wait(Proc *p, Socket *s, Term caller, NetWait **list) {
    NetWait *w = calloc(1, sizeof *w);
    BRC_CHECK(w != NULL);
    w->timer.fire = fire;
    w->port = proc_pid(p);
    w->caller = caller;
    w->id = ++s->last_id;
    while (*list)
        list = &(*list)->next;
    *list = w;
    return w;
}

void brc_net_wait_limit(NetWait *w, uint32_t ms) {
    if (ms == NET_FOREVER) return;
    w->timer.fire = fire;
    uint64_t at = brc_proc_clock_ns() + (uint64_t)ms * 1000000u;
    brc_proc_timer_arm(&brc_proc_sched->timers, &w->timer, at);
}

void brc_net_wait_monitor(Proc *p, NetWait *w) {
    Term at[BRC_REF_WORDS];
    brc_proc_ref_new(at, &w->monitor);
    brc_proc_idmap_put(&p->rest->monitors, w->monitor, w->caller);
    brc_sig_send_plain(BRC_SIG_MONITOR, proc_pid(p), w->caller, w->monitor);
}

static NetWait *take(NetWait **list) {
    NetWait *w = *list;
    *list = w->next;
    if (w->timer.heap) brc_proc_timer_disarm(&w->timer);
    return w;
}

void brc_net_wait_tell(const NetWait *w, Frag *message) {
    brc_sig_push_mt(w->caller, message);
    if (w->parked) brc_proc_wake_mt(w->caller); /* messages alone do not */
}

void brc_net_wait_free(NetWait *w) {
    if (!w->now) free(w); /* else the caller's */
}

static void answer(Socket *s, NetWait **list, Term result, bool error) {
    NetWait *w = take(list);
    if (w->now) {
        w->result = term_tuple2(brc_ctx_alloc(w->now, 3), error ? AM(error) : AM(ok), result);
        return;
    }
    Frag *f = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, 8);
    f->used = 8;
    Term *at = f->data;
    at[1] = AM(inet_async);
    at[2] = s->q->id;
    at[3] = BRC_SMALL(w->id);
    at[4] = error || result != AM(ok) ? term_tuple2(at + 5, error ? AM(error) : AM(ok), result)
                                      : result;
    if (!error && result == AM(ok)) f->used = 5;
    f->term = term_tuple_begin(at, 4);
    brc_net_wait_tell(w, f);
    free(w);
}

void brc_net_answer(Socket *s, NetWait **list, Term result) {
    answer(s, list, result, false);
}
void brc_net_answer_error(Socket *s, NetWait **list, Term reason) {
    answer(s, list, reason, true);
}

void brc_net_drop_all(Socket *s) {
    NetWait **lists[] = {&s->connecting, &s->accepting, &s->receiving};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        while (*lists[i])
            brc_net_wait_free(take(lists[i]));
}

NetWait **brc_net_late(NetWait **list) {
    while (*list && !atomic_load(&(*list)->late))
        list = &(*list)->next;
    return *list ? list : NULL;
}
