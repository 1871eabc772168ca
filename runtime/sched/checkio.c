/* checkio.c: erlang:system_info(check_io), of programs that have ports: one list of what stock
 * tells of a poll set. */
#include "sched/sched.h"
#include "base/hooks.h"
#include "ctx/alloc.h"
#include "term/atom.h"
#include <string.h>
#include <sys/resource.h>

static Term atom(const char *name) {
    return brc_term_atom_intern(name, strlen(name));
}

static Term check_io(Proc *p) {
    struct rlimit files = {0};
    uint32_t watched = 0;
    Sched *s;
    for (uint32_t i = 0; (s = brc_sched_at(i)) != NULL; i++)
        watched += atomic_load(&s->watched) - (s->ring != NULL); /* that counts wake_fd */
    getrlimit(RLIMIT_NOFILE, &files);
    Term how = atom(brc_sched_poller ? "io_uring" : "epoll");
    const struct {
        const char *name;
        Term value;
    } items[] = {
        {"name", atom("erts_poll")},
        {"primary", how},
        {"kernel_poll", how},
        {"total_poll_set_size", BRC_SMALL(watched)},
        {"lazy_updates", term_bool(brc_sched_poller)},
        {"pending_updates", BRC_SMALL(0)},
        {"batch_updates", term_bool(brc_sched_poller)},
        {"concurrent_updates", term_bool(!brc_sched_poller)},
        {"fallback", AM(false)},
        {"max_fds", BRC_SMALL(files.rlim_cur)},
        {"active_fds", BRC_SMALL(watched)},
        {"poll_threads", BRC_SMALL(0)},
    };
    Term list = BRC_NIL;
    for (size_t i = sizeof items / sizeof *items; i > 0; i--) {
        Term name = atom(items[i - 1].name);
        Term item = term_tuple2(brc_ctx_alloc(p, 3), name, items[i - 1].value);
        list = term_cons(brc_ctx_alloc(p, 2), item, list);
    }
    return term_cons(brc_ctx_alloc(p, 2), list, BRC_NIL);
}

void brc_sched_offer_check_io(void) {
    BRC_STARTS(brc_sched_offer_check_io);
    brc_sched_check_io = check_io;
}
