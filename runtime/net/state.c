/* state.c: a socket's descriptor: what it may be ready for, and its end. */
#include "net/socket.h"
#include <unistd.h>

#define STRAYS 3 /* turns in a row on a thread that does not follow it */

/* The bit is taken back before the kernel is asked, so that a change after the answer sets it
 * again; it stays where the kernel may have more. */
bool brc_net_may(Proc *p, unsigned event) {
    _Atomic(uint32_t) *ready = &net_slot(p)->ready;
    if (!(atomic_load(ready) & event)) return false;
    atomic_fetch_and(ready, ~event);
    return true;
}

void brc_net_still(Proc *p, unsigned event) {
    atomic_fetch_or(&net_slot(p)->ready, event);
}

/* A socket whose work another thread has taken over again and again is followed there: what comes
 * next is in that processor's cache. Not in rings, where leaving waits for the other thread. */
static bool has_strayed(Socket *s) {
    if (s->follower == brc_proc_sched || brc_sched_poller) {
        s->strayed = 0;
        return false;
    }
    return ++s->strayed >= STRAYS;
}

void brc_net_cannot(Proc *p, Socket *s) {
    if (!s->follower) {
        brc_net_follow(p, s);
    } else if (has_strayed(s)) {
        brc_sched_unfollow_fd(s->follower, s->q->in_fd);
        s->follower = NULL;
        s->strayed = 0;
        brc_net_follow(p, s);
    }
}

void brc_net_follow(Proc *p, Socket *s) {
    if (s->follower && s->follower != brc_proc_sched) brc_sched_leave_fd(s->follower, s->q->in_fd);
    s->follower = brc_proc_sched;
    brc_sched_follow_fd(s->follower, s->q->in_fd, proc_pid(p));
}

void brc_net_close(Proc *p, Socket *s) {
    Port *q = s->q;
    if (s->follower && q->given) brc_sched_unfollow_fd(s->follower, q->in_fd);
    if (s->follower && !q->given) brc_sched_forget_fd(s->follower, q->in_fd);
    s->follower = NULL;
    /* Where others hold the file for a moment yet (a request in a ring, a child before it runs its
     * program) nobody is to connect any more. */
    if (q->in_fd >= 0 && !q->given && s->state & NET_LISTENS) shutdown(q->in_fd, SHUT_RDWR);
    if (q->in_fd >= 0 && !q->given) close(q->in_fd);
    q->in_fd = -1;
    s->state = 0;
    atomic_store(&net_slot(p)->ready, 0);
}

void brc_net_over(PortTurn *t, Term reason) {
    brc_io_port_over(t, reason);
    t->quiet = true;
}
