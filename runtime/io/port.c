/* port.c: the life of a port. What is asked of it, as BRC_SIG_PORT's {What, Term}:
 *
 *   send     a message that was sent to it, whatever it is
 *   command  iodata to write            connect  its new owner
 *   close    the end                    info     port_info's item, or [] for all
 *   child    exit status of its child
 */
#include "io/port.h"
#include "base/hooks.h"
#include "bif/iowalk.h"
#include "code/enter.h"
#include "ctx/fail.h"
#include "io/file.h"
#include "sched/sched.h"
#include "sched/stats.h"
#include "sig/signal.h"
#include "term/int.h"
#include "proc/text.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#define READ_BYTES (64u << 10)
#define READS      8    /* of that size in one turn */
#define PIECE      4096 /* a given descriptor is written to in pieces that its pipe takes at once */

void brc_io_port_over(PortTurn *t, Term reason) {
    if (t->over) return;
    t->over = true;
    t->reason = reason;
}

/* ---- drivers ---- */

#define MOST_KINDS 8
static const PortKind *kinds[MOST_KINDS] = {&brc_io_ram_kind};

void brc_io_port_add_kind(const PortKind *kind) {
    for (size_t i = 0; i < MOST_KINDS; i++)
        if (!kinds[i]) {
            kinds[i] = kind;
            return;
        }
}

const PortKind *brc_io_port_kind(const char *name) {
    for (size_t i = 0; i < MOST_KINDS && kinds[i]; i++)
        if (strcmp(kinds[i]->name, name) == 0) return kinds[i];
    return NULL;
}

Port *brc_io_port_new(const PortKind *kind) {
    BRC_KEEPS(watch_ends);
    BRC_KEEPS(brc_sched_offer_ring);
    BRC_KEEPS(brc_sched_offer_check_io);
    Port *q = calloc(1, sizeof *q);
    if (!q) abort();
    q->in_fd = q->out_fd = -1;
    q->kept_end = &q->kept;
    q->kind = kind;
    if (kind && !(q->name = strdup(kind->name))) abort();
    if (kind && kind->open) kind->open(q);
    return q;
}

/* ---- descriptors ---- */

static void close_fd(const Port *q, int *fd, Sched **armed) {
    if (*fd < 0) return;
    if (*armed) brc_sched_unwatch_fd(*armed, *fd);
    *armed = NULL;
    if (!q->given) close(*fd);
    *fd = -1;
}

void brc_io_port_free(Port *q) {
    if (!q->given && q->in_fd >= 0) close(q->in_fd);
    if (!q->given && q->out_fd >= 0) close(q->out_fd);
    free(q->in.at);
    free(q->out.at);
    free(q->name);
    if (q->kind) q->kind->free(q);
    free(q);
}

/* A descriptor of others must not be made non-blocking: is it ready? */
static bool ready(const Port *q, int fd, short events) {
    struct pollfd f = {.fd = fd, .events = events};
    return !q->given || poll(&f, 1, 0) > 0;
}

/* ---- writing ---- */

static void flush(Proc *p, Port *q, PortTurn *t) {
    PortBytes *b = &q->out;
    while (b->first < b->end && q->out_fd >= 0 && ready(q, q->out_fd, POLLOUT)) {
        size_t n = b->end - b->first;
        if (q->given && n > PIECE) n = PIECE;
        ssize_t done = write(q->out_fd, b->at + b->first, n);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0 && errno == EAGAIN) return;
        if (done < 0) {
            int error = errno;
            b->first = b->end;
            close_fd(q, &q->out_fd, &q->out_armed);
            brc_io_port_over(t, brc_io_posix_name(error));
            return;
        }
        b->first += (size_t)done;
        brc_sched_bytes_out += (uint64_t)done;
    }
}

static void put_run(void *state, const uint8_t *bytes, size_t n) {
    brc_io_port_put(state, bytes, n);
}

/* What is asked of a driver: its answer, or BRC_NONE: kept. */
static Term kind_command(Proc *p, Port *q, Term from, Term data, Term how, PortTurn *t) {
    Term answer = q->kept ? BRC_NONE : q->kind->command(p, q, from, data, how, t);
    t->keep = answer == BRC_NONE;
    return answer;
}

/* Commands that had to wait go on. */
static void retry(Proc *p, Port *q, PortTurn *t) {
    for (Frag *f; (f = q->kept) != NULL && !t->over;) {
        const SigMeta *meta = sig_meta(f);
        Term data = term_tuple_elements(f->term)[1];
        Term answer = q->kind->command(p, q, meta->from, data, AM(command), t);
        if (answer == BRC_NONE) return;
        q->kept = f->next;
        if (!q->kept) q->kept_end = &q->kept;
        if (meta->key) brc_sig_answer(meta->from, meta->key, answer);
        brc_ctx_frag_free(f);
    }
}

/* False: no iodata. What is too long for a packet ends the port, as stock has it. */
static bool command(Proc *p, Port *q, Term data, PortTurn *t) {
    (void)p;
    size_t total, head = q->framing == BRC_PORT_PACKET ? q->unit : 0;
    static const uint8_t zeros[4];
    PortBytes *b = &q->out;
    size_t length = b->end - b->first;
    brc_io_port_put(b, zeros, head);
    bool ok = brc_bif_io_walk(data, put_run, b, &total);
    bool long_ = ok && head && total >> (8 * head);
    if (long_) brc_io_port_over(t, brc_io_posix_name(EINVAL));
    if (!ok || long_) {
        b->end = b->first + length;
        return ok;
    }
    uint8_t *at = b->at ? b->at + b->first + length : NULL;
    for (size_t i = 0; i < head; i++)
        at[i] = (uint8_t)(total >> (8 * (head - 1 - i)));
    q->out_total += total;
    return true;
}

/* ---- reading ---- */

/* Neither bytes nor the child are to be waited for any more. */
static void input_over(Proc *p, Port *q, PortTurn *t) {
    if (q->wants_status)
        brc_io_port_tell(p, q,
                         term_tuple2(brc_ctx_alloc(p, 3), AM(exit_status), BRC_SMALL(q->status)));
    q->wants_status = false;
    brc_io_port_deliver(p, q);
    if (q->wants_eof)
        brc_io_port_tell(p, q, AM(eof));
    else
        brc_io_port_over(t, AM(normal));
    q->wants_eof = false;
}

/* Ports that only write do not hear of their child's end, as stock has it. */
static void check_over(Proc *p, Port *q, PortTurn *t) {
    if (!t->news || t->over || !q->in_ended) return;
    if (q->wants_status && q->child && !q->child_ended) return;
    t->news = false;
    input_over(p, q, t);
}

static void receive(Proc *p, Port *q, PortTurn *t) {
    static _Thread_local uint8_t bytes[READ_BYTES];
    for (int i = 0; q->in_fd >= 0 && ready(q, q->in_fd, POLLIN); i++) {
        if (i == READS) {
            t->again = true;
            return;
        }
        ssize_t n = read(q->in_fd, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) return;
        if (n > 0) {
            q->in_total += (uint64_t)n;
            brc_sched_bytes_in += (uint64_t)n;
            brc_io_port_put(&q->in, bytes, (size_t)n);
            brc_io_port_deliver(p, q);
            brc_ctx_charge(p, (size_t)n / 64);
            continue;
        }
        int error = n < 0 ? errno : 0;
        close_fd(q, &q->in_fd, &q->in_armed);
        q->in_ended = true;
        brc_io_port_deliver(p, q);
        if (error && error != EIO) /* EIO: the terminal is gone */
            brc_io_port_over(t, brc_io_posix_name(error));
        else
            t->news = true;
        return;
    }
}

/* ---- port_info: of p, built on `to` ---- */

static Term links_of(Proc *to, Proc *p) {
    Term list = BRC_NIL;
    uint32_t at = 0;
    for (const IdCell *c; (c = brc_proc_idmap_next(&p->rest->links, &at)) != NULL;)
        list = term_cons(brc_ctx_alloc(to, 2), c->key, list);
    return list;
}

static Term watchers_of(Proc *to, Proc *p) {
    Term list = BRC_NIL;
    uint32_t at = 0;
    for (const IdCell *c; (c = brc_proc_idmap_next(&p->rest->monitored_by, &at)) != NULL;)
        list = term_cons(brc_ctx_alloc(to, 2), monitor_target(c->value), list);
    return list;
}

static Term value_of(Proc *to, Proc *p, const Port *q, Term item) {
    if (item == AM(name)) return brc_proc_string(to, q->name, strlen(q->name));
    if (item == AM(links)) return links_of(to, p);
    if (item == AM(id)) return BRC_SMALL(q->id >> 6 << 3);
    if (item == AM(connected)) return q->owner;
    if (item == AM(input)) return brc_term_int_from_u64(to, q->in_total);
    if (item == AM(output)) return brc_term_int_from_u64(to, q->out_total);
    if (item == AM(os_pid)) return q->child ? BRC_SMALL(q->child) : AM(undefined);
    if (item == AM(monitors)) return BRC_NIL;
    if (item == AM(monitored_by)) return watchers_of(to, p);
    if (item == AM(memory)) return BRC_SMALL(sizeof *q + q->in.room + q->out.room);
    if (item == AM(queue_size)) return BRC_SMALL(q->out.end - q->out.first);
    if (item == AM(locking)) return AM(port_level);
    if (item == AM(parallelism)) return AM(false);
    return BRC_NONE;
}

static Term pair_of(Proc *to, Proc *p, const Port *q, Term item) {
    Term name = atomic_load(&p->rest->slot->name);
    if (item == AM(registered_name) && name == BRC_NONE) return BRC_NIL;
    Term value = item == AM(registered_name) ? name : value_of(to, p, q, item);
    if (value == BRC_NONE) return AM(badtype);
    return term_tuple2(brc_ctx_alloc(to, 3), item, value);
}

static Term info(Proc *to, Proc *p, const Port *q, Term item) {
    static const Term all[] = {AM(os_pid), AM(output), AM(input), AM(connected),
                               AM(id),     AM(links),  AM(name),  AM(registered_name)};
    if (item != BRC_NIL) return pair_of(to, p, q, item);
    Term list = BRC_NIL;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        Term pair = pair_of(to, p, q, all[i]);
        if (pair != BRC_NIL) list = term_cons(brc_ctx_alloc(to, 2), pair, list);
    }
    return list;
}

/* ---- requests ---- */

/* The new owner gets the port's messages; the old one stays linked. */
static void connect(Proc *p, Port *q, Term owner) {
    q->owner = owner;
    if (!brc_proc_idmap_put(&p->rest->links, owner, 1)) return;
    brc_sig_send_plain(BRC_SIG_LINK, q->id, owner, 0);
}

/* {Owner, {command, Data}}, {Owner, {connect, Pid}}, {Owner, close}; else the sender is told. */
static void sent(Proc *p, Port *q, Term from, Term message, PortTurn *t) {
    const Term *e = term_is_tuple_of(message, 2) ? term_tuple_elements(message) : NULL;
    bool owned = e && e[0] == q->owner;
    const Term *what = owned && term_is_tuple_of(e[1], 2) ? term_tuple_elements(e[1]) : NULL;
    if (owned && e[1] == AM(close)) {
        brc_sig_send_exit(BRC_SIG_EXIT_LINK, q->id, q->owner, AM(normal));
        brc_proc_idmap_remove(&p->rest->links, q->owner, NULL);
        brc_io_port_tell(p, q, AM(closed));
        brc_io_port_over(t, AM(normal));
    } else if (what && what[0] == AM(command) && q->kind) {
        if (q->kind->command(p, q, from, what[1], AM(force), t) == AM(badarg))
            brc_sig_send_exit(BRC_SIG_EXIT, q->id, from, AM(badsig));
    } else if (what && what[0] == AM(command) && command(p, q, what[1], t)) {
        return;
    } else if (what && what[0] == AM(connect) && term_is_local_pid(what[1])) {
        Term old = q->owner;
        connect(p, q, what[1]);
        brc_sig_send_from_runtime(old, term_tuple2(brc_ctx_alloc(p, 3), q->id, AM(connected)));
    } else {
        brc_sig_send_exit(BRC_SIG_EXIT, q->id, from, AM(badsig));
    }
}

Term brc_io_port_asked(Proc *to, Proc *p, Port *q, Term from, Term what, Term arg, PortTurn *t) {
    switch (what) {
    case AM(send): sent(p, q, from, arg, t); return BRC_NONE;
    case AM(nosuspend):
    case AM(force):
    case AM(command):
        if (q->kind) return kind_command(p, q, from, arg, what, t);
        return command(p, q, arg, t) ? AM(true) : AM(badarg);
    case AM(control):
        return q->kind && q->kind->control ? q->kind->control(to, p, q, from, arg, t) : AM(badarg);
    case AM(connect): connect(p, q, arg); return AM(true);
    case AM(info): return info(to, p, q, arg);
    case AM(close): brc_io_port_over(t, AM(normal)); return AM(true);
    case AM(child):
        q->child_ended = true;
        q->status = (int)term_small(arg);
        t->news |= q->wants_status;
        return BRC_NONE;
    default: return AM(badarg);
    }
}

/* {'EXIT', From, Reason}: only the owner's end is heard where it is a normal one. */
static bool deadly(const Port *q, const Term *e) {
    return e[0] == AM(EXIT) && (e[2] != AM(normal) || e[1] == q->owner);
}

/* Takes one signal. An answer of the end goes out after it: then the port is gone. */
static void take(Proc *p, Port *q, Frag *f, PortTurn *t) {
    const SigMeta *meta = sig_meta(f);
    if (meta->kind == BRC_SIG_PORT) {
        const Term *e = term_tuple_elements(f->term);
        Term answer = brc_io_port_asked(p, p, q, meta->from, e[0], e[1], t);
        if (meta->key && answer != BRC_NONE && !t->over)
            brc_sig_answer(meta->from, meta->key, answer);
        if (t->keep) {
            t->keep = false;
            f->next = NULL;
            *q->kept_end = f;
            q->kept_end = &f->next;
            return;
        }
        if (!t->over || !meta->key) {
            brc_ctx_frag_free(f);
            return;
        }
        t->frag = f;
        t->answer = answer;
    } else if (term_is_tuple_of(f->term, 3) && deadly(q, term_tuple_elements(f->term))) {
        brc_io_port_over(t, term_tuple_elements(f->term)[2]);
        t->frag = f;
    } else {
        brc_ctx_frag_free(f);
    }
}

/* ---- turns ---- */

static void arm(Proc *p, int fd, Sched **armed, unsigned event) {
    if (*armed && *armed != p->rest->sched) brc_sched_leave_fd(*armed, fd);
    *armed = p->rest->sched;
    brc_sched_watch_fd(*armed, fd, event, proc_pid(p));
}

/* An event that has come is not to come any more; one that has not is asked for again, perhaps of
 * another thread: then it comes twice at worst. */
static void rest(Proc *p, Port *q) {
    if (q->in_fd >= 0) arm(p, q->in_fd, &q->in_armed, BRC_SCHED_READ);
    if (q->out_fd >= 0 && q->out.first < q->out.end)
        arm(p, q->out_fd, &q->out_armed, BRC_SCHED_WRITE);
}

/* Links end before the port does, so that nobody hears of it by them. */
static void drop_links(ProcRest *r) {
    uint32_t at = 0;
    for (const IdCell *c; (c = brc_proc_idmap_next(&r->links, &at)) != NULL;) {
        if (c->value != BRC_LINKED) continue;
        brc_sig_link_end(r, c->key);
        at = 0; /* the map may have changed */
    }
}

void brc_io_port_end(Proc *p, const PortTurn *t) {
    if (t->quiet) drop_links(p->rest);
    brc_sig_end(p, t->reason);
}

static void finish(Proc *p, const PortTurn *t) {
    uint64_t key = t->frag && sig_meta(t->frag)->kind == BRC_SIG_PORT ? sig_meta(t->frag)->key : 0;
    brc_io_port_end(p, t);
    if (key) brc_sig_answer(sig_meta(t->frag)->from, key, t->answer);
    if (t->frag) brc_ctx_frag_free(t->frag);
    p->rest->sched->turn = BRC_TURN_EXIT;
}

static CODE_FN(port_turn) {
    CODE_OUT();
    (void)x0, (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    ProcRest *r = p->rest;
    Port *q = r->port;
    PortTurn t = {.reason = AM(normal)};
    while (r->messages && !t.over)
        take(p, q, brc_sig_unlink(r, &r->messages), &t);
    if (q->kind) {
        if (!t.over && q->kind->turn) q->kind->turn(p, q, &t);
        if (!t.over && q->kept) retry(p, q, &t);
    } else {
        if (!t.over) receive(p, q, &t);
        if (!q->wants_status) check_over(p, q, &t);
        if (!t.over)
            flush(p, q, &t); /* a child that has left what it was sent: epipe, not its status */
        check_over(p, q, &t);
    }
    if (t.over) {
        finish(p, &t);
        return;
    }
    if (t.again || (q->kind && q->kind->rest && q->kind->rest(p, q)))
        atomic_store(&r->slot->woken, 1);
    else if (!q->kind)
        rest(p, q);
    brc_io_port_clean(p);
    p->resume = port_turn;
    p->live = 0;
    p->fail = BRC_FAIL_WAIT;
}

void brc_io_port_clean(Proc *p) {
    for (Term *o = p->offheap, *next; o; o = next) {
        next = (Term *)*brc_ctx_offheap_link(o);
        brc_ctx_offheap_release(o);
    }
    for (Frag *f = p->frags, *next; f; f = next) {
        next = f->next;
        brc_ctx_frag_free(f);
    }
    p->offheap = NULL;
    p->frags = NULL;
    p->frag_words = p->offheap_bytes = 0;
    p->hp = p->high_water = p->heap;
    p->flags &= ~(uint32_t)BRC_PROC_GC_SOON;
}

/* Whatever ends a port, be it exit(Port, kill). */
static void ended(Proc *p, Term reason) {
    (void)reason;
    Port *q = p->rest->port;
    if (!q) return;
    for (Frag *f; (f = q->kept) != NULL;) {
        q->kept = f->next;
        if (sig_meta(f)->key) brc_sig_answer(sig_meta(f)->from, sig_meta(f)->key, AM(badarg));
        brc_ctx_frag_free(f);
    }
    if (q->kind && q->kind->close) q->kind->close(p, q);
    brc_io_port_keep_end(p->rest->slot, q->id);
    close_fd(q, &q->in_fd, &q->in_armed);
    close_fd(q, &q->out_fd, &q->out_armed);
    p->rest->port = NULL;
    brc_io_port_free(q);
}

/* Before main, in programs that have ports at all. */
__attribute__((used)) static void watch_ends(void) {
    BRC_STARTS(watch_ends);
    brc_sig_on_end(ended);
}

static Proc *start(Sched *s, Port *q, Term owner) {
    Proc *p = brc_proc_create(s, &brc_proc_default_options, 0);
    if (!p) return NULL;
    ProcRest *r = p->rest;
    brc_proc_make_port(p);
    r->port = q;
    r->trap_exit = 1;
    r->initial_module = AM(erlang);
    r->initial_function = AM(open_port);
    r->initial_arity = 2;
    q->id = r->pid;
    q->owner = owner;
    p->resume = port_turn;
    atomic_store(&r->slot->ready, BRC_SCHED_READ | BRC_SCHED_WRITE); /* until it is tried */
    atomic_store(&r->slot->wanted, 0);
    brc_io_port_keep_begin(r->slot);
    return p;
}

/* A driver's port rests until it is asked for something, or has something to do. */
static void begin(Sched *s, Proc *p, const Port *q) {
    if (!q->kind || q->out.first < q->out.end) {
        brc_proc_enqueue(s, p);
        return;
    }
    p->rest->wait = BRC_WAIT_PARK;
    brc_proc_rest_as(p->rest->slot, BRC_PROC_PARKED);
}

Term brc_io_port_start(Proc *opener, Port *q) {
    Proc *p = start(opener->rest->sched, q, proc_pid(opener));
    if (!p) return BRC_NONE;
    ProcRest *r = p->rest;
    r->group_leader = opener->rest->group_leader;
    brc_proc_idmap_put(&r->links, q->owner, 1);
    brc_proc_idmap_put(&opener->rest->links, q->id, 1);
    Term id = q->id;
    begin(r->sched, p, q);
    return id;
}

Term brc_io_port_start_for(Sched *s, Port *q, Term owner) {
    Proc *p = start(s, q, owner);
    if (!p) return BRC_NONE;
    Term id = q->id;
    if (owner != BRC_NONE) connect(p, q, owner);
    begin(s, p, q);
    return id;
}

/* Stock starts child processes by a port of that name. Here nothing is asked of it, but it is
 * there for those who look for a port that they did not open. */
void brc_io_port_start_forker(Proc *p) {
    static atomic_flag made;
    if (atomic_flag_test_and_set(&made)) return;
    Port *q = brc_io_port_new(NULL);
    if (!(q->name = strdup("forker"))) abort();
    Term owner = brc_proc_whereis(AM(init));
    Proc *port = start(p->rest->sched, q, owner == BRC_NONE ? proc_pid(p) : owner);
    if (port) brc_proc_enqueue(port->rest->sched, port);
}
