/* signals.c: signals of the operating system.
 *
 * The handler notes the signal and wakes the first scheduler, which acts between two turns: SIGTERM
 * stops the program in order, as init:stop() does; SIGINT and SIGHUP write out what is buffered and
 * then have their default effect; SIGUSR1 writes a crash dump (dump.c). Signals set to `handle` by
 * os:set_signal/2 go to the process named erl_signal_server, as in OTP. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "io/dump.h"
#include "io/main.h"
#include "io/out.h"
#include "sched/sched.h"
#include "sig/signal.h"
#include <errno.h>
#include <signal.h>
#include <unistd.h>

static const struct {
    int number;
    Term name;
} known[] = {
    {SIGTERM, AM(sigterm)}, {SIGINT, AM(sigint)},   {SIGHUP, AM(sighup)},
    {SIGQUIT, AM(sigquit)}, {SIGABRT, AM(sigabrt)}, {SIGALRM, AM(sigalrm)},
    {SIGUSR1, AM(sigusr1)}, {SIGUSR2, AM(sigusr2)}, {SIGCHLD, AM(sigchld)},
    {SIGTSTP, AM(sigtstp)}, {SIGCONT, AM(sigcont)}, {SIGWINCH, AM(sigwinch)},
};
#define KNOWN (sizeof known / sizeof *known)

static _Atomic(uint32_t) pending; /* bit i: known[i] arrived; set in the handler */

static void arrived(int number) {
    int saved = errno;
    for (size_t i = 0; i < KNOWN; i++)
        if (known[i].number == number) atomic_fetch_or(&pending, 1u << i);
    brc_proc_rouse(&brc_sched_first);
    errno = saved;
}

static void set_handler(int number, void (*handler)(int)) {
    struct sigaction a = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigaction(number, &a, NULL);
}

static void send_pair(Term to, Term a, Term b) {
    Frag *f = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, 3);
    f->term = term_tuple2(f->data, a, b);
    f->used = 3;
    brc_sig_push_mt(to, f);
}

static void stop_program(void) {
    Term init = brc_proc_whereis(AM(init));
    if (init == BRC_NONE) _exit(0);
    brc_io_print_info("SIGTERM received - shutting down\n");
    send_pair(init, AM(stop), BRC_SMALL(0));
}

void (*_Atomic brc_io_children_ended)(void);

static void act(size_t i) {
    int number = known[i].number;
    void (*reap)(void) = brc_io_children_ended;
    if (number == SIGCHLD && reap) reap();
    Term server = brc_proc_whereis(AM(erl_signal_server));
    if (number == SIGINT || (number == SIGHUP && server == BRC_NONE)) {
        brc_io_out_finish_blocking();
        set_handler(number, SIG_DFL);
        kill(getpid(), number); /* not raise: threads but the first have it blocked */
    } else if (server != BRC_NONE) {
        send_pair(server, AM(notify), known[i].name);
    } else if (number == SIGTERM) {
        stop_program();
    }
}

/* brc_sched_interrupt */
static void act_on_pending(void) {
    uint32_t now = atomic_load_explicit(&pending, memory_order_relaxed);
    if (!now) return;
    now = atomic_exchange(&pending, 0);
    for (size_t i = 0; i < KNOWN; i++)
        if (now & 1u << i) act(i);
}

void brc_io_notice_children(void) {
    set_handler(SIGCHLD, arrived);
}

void brc_io_signals_start(void) {
    brc_sched_interrupt = act_on_pending;
    set_handler(SIGPIPE, SIG_IGN);
    set_handler(SIGTERM, arrived);
    struct sigaction old; /* what a parent has told us to ignore stays ignored */
    static const int flushed[] = {SIGINT, SIGHUP};
    for (size_t i = 0; i < 2; i++)
        if (sigaction(flushed[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            set_handler(flushed[i], arrived);
}

Term brc_bif_os_set_signal_2(Proc *p, Term name, Term option) {
    if (name == AM(sigint)) return brc_ctx_badarg(p); /* not offered, as in OTP */
    for (size_t i = 0; i < KNOWN; i++) {
        if (known[i].name != name) continue;
        if (name == AM(sigchld) && option != AM(handle) && brc_io_children_ended)
            brc_io_notice_children(); /* ports need to know */
        else if (option == AM(ignore))
            set_handler(known[i].number, SIG_IGN);
        else if (option == AM(default) && name == AM(sigusr1))
            brc_io_dump_signal();
        else if (option == AM(default))
            set_handler(known[i].number, SIG_DFL);
        else if (option == AM(handle))
            set_handler(known[i].number, arrived);
        else
            return brc_ctx_badarg_cause(p, AM(badopt));
        return AM(ok);
    }
    return brc_ctx_badarg(p);
}
