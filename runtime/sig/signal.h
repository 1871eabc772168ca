/* signal.h: everything that one process sends to another: messages, exits, links, monitors.
 *
 * A signal is one Frag: its terms in front, a SigMeta in its last words. A sender pushes it on the
 * receiver's inbox; the owner swaps the inbox out, puts it in the order of arrival and handles
 * signals one by one, messages among them: so all that one process sends another arrives in the
 * order sent, whatever its kind. Messages go to the message queue and keep their terms in their own
 * Frag, until the receive that takes one hands the Frag to the process.
 *
 *      sender --push--> ProcSlot.inbox --fetch--> message queue --remove--> Proc.frags
 *                                            \--> handled: links, monitors, exits
 */
#pragma once
#include "proc/proc.h"

enum SigKind {
    BRC_SIG_MESSAGE = 0,
    BRC_SIG_ON_HEAP,       /* a message whose term lies on the receiver's heap (roots.c) */
    BRC_SIG_ALIAS_MESSAGE, /* key: the alias */
    BRC_SIG_EXIT_LINK,     /* term: {'EXIT', From, Reason} */
    BRC_SIG_EXIT,          /* the same, of exit/2 */
    BRC_SIG_LINK,          /* from */
    BRC_SIG_UNLINK,        /* from, key: the number to confirm */
    BRC_SIG_UNLINKED,      /* from, key: that number */
    BRC_SIG_MONITOR,       /* from, key: of the reference */
    BRC_SIG_DEMONITOR,     /* key */
    BRC_SIG_DOWN,          /* term: {'DOWN', Ref, process, Pid, Reason}, key */
    BRC_SIG_PORT,          /* to a port: {What, Term}, from; key: of the reference to answer with */
    BRC_SIG_ASK,           /* from, term, key: of the question or 0; see ask.c */
    BRC_SIG_ANSWER,        /* term or BRC_NONE, key: of the question */
};

typedef struct SigMeta {
    uint32_t kind;
    uint32_t serial; /* of the receiver it is meant for */
    Term from;
    uint64_t key;
} SigMeta;
#define BRC_SIG_META_WORDS (sizeof(SigMeta) / sizeof(Term))

static inline SigMeta *sig_meta(Frag *f) {
    return (SigMeta *)(f->data + f->words) - 1;
}

/* -- signal.c: making and pushing -- */
/* A signal with room for `words` words of terms; the caller fills data, used and term. */
Frag *brc_sig_new(enum SigKind kind, Term from, size_t words);
/* A message that holds a copy of t. */
Frag *brc_sig_new_message(Term t);
/* Copies t to the end of what f holds; there must be room. */
Term brc_sig_copy_into(Frag *f, Term t);
/* Hands f over. False: nobody there any more, f is freed. Any thread. */
bool brc_sig_push_mt(Term pid, Frag *f);
/* The same of what does not go to a process yet: it refers to nothing that may be given back. */
Frag *brc_sig_new_kept(Term t);
void brc_sig_send_message(Term pid, Term message);
void brc_sig_send_exit(enum SigKind kind, Term from, Term to, Term reason);
void brc_sig_send_down(uint64_t key, Term from, Term to, Term reason);
/* Who watches, where that is no process; and what is told then (nif/): the monitor's key. */
#define BRC_SIG_WATCHER BRC_SMALL(1)
#define BRC_SIG_RUNTIME BRC_SMALL(2) /* sender of a message that changes no token */
extern void (*_Atomic brc_sig_watched_down)(uint64_t key, Term from);
extern Term (*_Atomic brc_sig_watcher)(Proc *p, uint64_t key); /* who it is, as a term */
void brc_sig_send_plain(enum SigKind kind, Term from, Term to, uint64_t key);

/* Asks a port for something; key 0: no answer wanted. False: it is gone. io/port.c has the list. */
bool brc_sig_send_port(Term port, Term from, uint64_t key, Term what, Term argument);
/* The same of what no process sends: tokens of sequential tracing stay as they are. */
void brc_sig_send_from_runtime(Term pid, Term message);
/* {Ref, Answer} to the one who asked. */
void brc_sig_answer(Term to, uint64_t key, Term answer);

/* -- inbox.c: taking in; for the owner -- */
/* Takes in all signals. False: one of them killed the process; the reason is in
 * rest->exit_reason->term, and nothing more is handled. */
bool brc_sig_fetch(Proc *p);
static inline bool sig_fetch(Proc *p) {
    const ProcRest *r = p->rest;
    if (!atomic_load_explicit(&r->slot->inbox, memory_order_relaxed)) return !r->exiting;
    return brc_sig_fetch(p);
}
/* What lies in the inbox of a dying process: links and monitors are told noproc. From then on none
 * can be pushed. */
void brc_sig_drain(Proc *p);

/* -- ask.c -- */
/* Done inside the process p while it rests: `what` came with the question, the result is built on
 * p's heap. p NULL: there is no such process (any more); the result is not looked at then. */
typedef Term SigAnswer(Proc *p, Term from, Term what);
/* Makes the built-in's result, or its failure, of the answer; BRC_NONE: no such process. */
typedef Term SigAnswered(Proc *p, Term answer);
/* For a built-in whose `arity` arguments are in p->x: its result, or BRC_NONE as built-ins have it
 * (it failed, or waits for the answer). pid is another process. */
Term brc_sig_ask(Proc *p, Term pid, SigAnswer *answer, Term what, SigAnswered *answered,
                 uint32_t arity);
/* The same without an answer. */
bool brc_sig_tell(Term from, Term pid, SigAnswer *answer, Term what);
void brc_sig_tell_urgently(Term from, Term pid, SigAnswer *answer, Term what, uint8_t priority);
void brc_sig_answer_all(Proc *p); /* p rests and is the caller's */
/* p is the caller's but for its heap: what can be answered without. */
void brc_sig_answer_aside(Proc *p);
void brc_sig_refuse_question(Frag *f);
void brc_sig_answer_arrived(ProcRest *r, Frag *f);
/* Whether p, that rested, has a reason to run; else *rest is the state to go back to. */
bool brc_sig_may_go_on_slow(const Proc *p, enum ProcState *rest);
static inline bool sig_may_go_on(const Proc *p, enum ProcState *rest) {
    const ProcRest *r = p->rest;
    if (r->wait != BRC_WAIT_RECEIVE || r->suspended) return brc_sig_may_go_on_slow(p, rest);
    *rest = BRC_PROC_WAITING;
    return *r->position || r->timer_state == BRC_TIMER_FIRED;
}

/* -- link.c: see there; _arrived: a signal of the other side -- */
#define BRC_LINKED 1u
bool brc_sig_link_begin(ProcRest *r, Term other); /* false: linked already; sends nothing yet */
void brc_sig_link_end(ProcRest *r, Term other);
void brc_sig_link_arrived(ProcRest *r, Term from);
void brc_sig_unlink_arrived(ProcRest *r, Term from, uint64_t number);
void brc_sig_unlinked_arrived(ProcRest *r, Term from, uint64_t number);
/* By the end of `from`; false: there was none. */
bool brc_sig_link_broken(ProcRest *r, Term from);

/* -- receive.c -- */
void brc_sig_append_message(ProcRest *r, Frag *m);
/* Takes the message at *link out of the queue; the caller frees or keeps it. */
Frag *brc_sig_unlink(ProcRest *r, Frag **link);
void brc_sig_free_messages(ProcRest *r);

/* -- markers.c -- */
void brc_sig_markers_moved(ProcRest *r, Frag **from, Frag **to);

/* -- roots.c -- */
void brc_sig_before_collection(Proc *p); /* brc_hook_gc_begin */
void brc_sig_visit_roots(Proc *p, BrcRootVisitor *visit, void *arg);

/* -- alias.c: references that messages may be sent to -- */
Term brc_sig_alias_owner(uint64_t key); /* BRC_NONE: no active alias */
/* The others are for the owner. */
void brc_sig_alias_add(ProcRest *r, uint64_t key, enum AliasMode mode);
enum AliasMode brc_sig_alias_mode(const ProcRest *r, uint64_t key);
bool brc_sig_alias_remove(ProcRest *r, uint64_t key); /* false: it is none, or no more */
void brc_sig_alias_remove_all(ProcRest *r);

/* -- bif_relations.c: of external processes and ports: noproc or noconnection -- */
Term brc_sig_no_way_to(Term external);
/* A process of this node under another creation: it has ended. */
static inline bool brc_sig_was_here(Term pid) {
    return term_is_external_of(pid, 0) && brc_sig_no_way_to(pid) == AM(noproc);
}

/* -- monitor.c -- */
static inline bool monitor_is_plain(uint64_t value) {
    return (value & BRC_TAG_MASK) != 0 || value == BRC_SIG_WATCHER;
}
static inline Term monitor_target(uint64_t value) {
    return monitor_is_plain(value) ? (Term)value : ((MonitorOut *)value)->target;
}
void brc_sig_monitor_free(uint64_t value);
/* The value of an entry in `monitors`; name or tag may be BRC_NONE. */
uint64_t brc_sig_monitor_new(Term target, Term name, Term tag);
/* In `monitored_by`: the term of f is the name by which it was set, or no atom. */
void brc_sig_monitor_arrived(ProcRest *r, const Frag *f);
void brc_sig_demonitor_arrived(ProcRest *r, uint64_t key);
/* p's own monitor is over, by its own will: the target is told. False: there is none. */
bool brc_sig_demonitor(Proc *p, uint64_t key);
/* A DOWN signal as the message its owner sees (with name and tag); NULL: no such monitor. Takes f.
 */
Frag *brc_sig_down_arrived(ProcRest *r, Frag *f);

/* -- exit.c -- */
/* Tells links and monitors, gives up name, timers, mailbox. The memory stays. False: it is in a
 * slice and goes on with its next turn. */
bool brc_sig_end(Proc *p, Term reason);
/* Called for each process that ends, before its relations are told. At most 8. */
void brc_sig_on_end(void (*fn)(Proc *p, Term reason));
/* Called for a process that ends by an error of its own. */
extern void (*brc_sig_crash_report)(Proc *p, Term reason);
/* Code for brc_hook_process_died. */
Code brc_sig_process_died;
/* Where a hibernating process goes on. */
Code brc_sig_hibernated;

/* -- double.c: a process with which to build where p's own heap is not to be touched -- */
void brc_sig_double_make(const Proc *p, Proc *q, ProcRest *rest);
void brc_sig_double_free(Proc *q);

/* -- backtrace.c: the stack of p as text, in a binary on p's heap -- */
Term brc_sig_backtrace(Proc *p, bool self);

/* -- relations.c: {link_list | monitor_list, Pid}; as a built-in whose argument is the request --
 */
Term brc_sig_relations(Proc *p, Term request);

/* -- bif_info.c: all that process_info/2 may be asked for -- */
Term brc_sig_info_items(Proc *p);
/* -- garbage_collection_info of p, built on q -- */
Term brc_sig_collection_info(Proc *q, const Proc *p, uint64_t mbuf_words);
/* whether the question has to do with nothing that a dirty call changes; looks: it
 * builds its answer on a heap -- */
bool brc_sig_is_aside(SigAnswer *answer, Term what, bool *looks);

/* -- bif_process.c -- */
/* A collection of a process that does not run; filled by sched/. */
extern void (*brc_sig_collect)(Proc *p, bool major);
extern uint32_t (*brc_sig_schedulers)(void); /* how many threads there may be; by sched/ */
SigAnswer brc_sig_resume;                    /* ends one suspension */
bool brc_sig_is_light(SigAnswer *answer);    /* touches no heap */

bool brc_sig_is_collection(SigAnswer *answer);

/* -- bif_task.c -- */
bool brc_sig_is_collecting_task(SigAnswer *answer, Term what);
/* Puts system tasks behind other questions, those of high priority first; one of low priority goes
 * after each eight of normal. */
void brc_sig_order_tasks(Frag **asked, Frag ***end);

/* -- bif_spawn.c: options that process_flag/2 has as well; false: not valid -- */
bool brc_sig_priority_of(Term t, uint8_t *priority);
bool brc_sig_max_heap_of(Term t, SpawnOptions *o);
bool brc_sig_scheduler_of(Term t, uint32_t *id);

/* -- bif_flag.c -- */
void brc_sig_max_heap(Proc *p, size_t heap_words);
/* Tells the logger of a process that has outgrown its max_heap_size. Filled by io/. */
extern void (*brc_sig_limit_report)(Proc *p, size_t total_words);
/* Words of messages not yet received that count as the process's heap. */
size_t brc_sig_queue_words(const ProcRest *r);
Term brc_sig_priority_atom(const ProcRest *r);
Term brc_sig_max_heap_map(Proc *p, const ProcRest *r);

/* -- spawn.c -- */
/* A new process of `parent` (NULL: none) that applies m:f(args), queued to run; BRC_NONE: too many
 * processes. With o->link or o->monitor the parent is related to it; the monitor's reference goes
 * to *ref. */
Term brc_sig_spawn(Sched *s, Proc *parent, const SpawnOptions *o, Term m, Term f, Term args,
                   Term *ref);
/* The same, not yet set going: brc_proc_enqueue does that. NULL: too many processes. */
Proc *brc_sig_spawn_made(Sched *s, Proc *parent, const SpawnOptions *o, Term m, Term f, Term args,
                         Term *ref);
