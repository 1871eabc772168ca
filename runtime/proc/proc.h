/* proc.h: a process beside what generated code touches: identity, mailbox, relations, options;
 * the table that finds it from its identifier; the scheduler it belongs to.
 *
 * Life of a process, by ProcSlot.state:
 *
 *              spawn           picked, turn over
 *     FREE ----------> READY <------------------.
 *      ^                 | \___________________/
 *      |                 | receive finds nothing          built-in gives up the processor
 *      | freed           |-----------> WAITING            |-----------> PARKED
 *      |                 |   any signal, timer |          | a signal that is no message, a wake-up
 * | |                 | <-------------------'          | <-------------------------------------'
 *      '---- EXITING <---'
 *
 * DIRTY is as PARKED, for a process whose built-in is with a dirty pool (sched/dirty.c).
 * READY covers "in a run queue" and "running". Whoever moves a process out of WAITING or PARKED
 * does it by compare-and-swap, and the one that wins puts it in a run queue: so it is queued once.
 * A slot is never freed, so that a sender may push on its inbox without holding the process. */
#pragma once
#include "term/term.h"
#include "code/step.h"
#include "heap/heap.h"
#include "base/hooks.h"
#include "base/lock.h"
#include "proc/idmap.h"
#include "proc/timer.h"

enum ProcState {
    BRC_PROC_FREE = 0,
    BRC_PROC_READY,
    BRC_PROC_WAITING,
    BRC_PROC_PARKED,
    BRC_PROC_SUSPENDED, /* by erlang:suspend_process; as parked, but being woken does not help */
    BRC_PROC_DIRTY,     /* a pool's thread has its heap and registers; only signals are taken in */
    BRC_PROC_EXITING
};
enum ProcPriority {
    BRC_PRIORITY_LOW = 0,
    BRC_PRIORITY_NORMAL,
    BRC_PRIORITY_HIGH,
    BRC_PRIORITY_MAX
};
enum ProcWait { /* why it does not run */
                BRC_WAIT_NO = 0,
                BRC_WAIT_RECEIVE, /* goes on at p->resume with a message, at `timeout` without */
                BRC_WAIT_PARK,    /* goes on at p->resume, only when `woken` */
                BRC_WAIT_DIRTY,   /* goes on at p->resume after the call in `dirty` */
};
/* How the turn ended; set by the Code that gave the processor back. */
enum ProcTurn { BRC_TURN_YIELD = 0, BRC_TURN_RECEIVE, BRC_TURN_HIBERNATE, BRC_TURN_EXIT };

/* The public half of a process. Lives for ever. */
typedef struct ProcSlot {
    _Atomic(Frag *) inbox;    /* newest first; any thread pushes, the owner swaps it for NULL:
                                 push in sig/signal.c pairs with the swap in sig/inbox.c;
                                 CLOSED once the process has ended, until the next takes over */
    _Atomic(uint32_t) state;  /* enum ProcState */
    _Atomic(uint32_t) serial; /* of the process in it, or the last one; 30 bits */
    _Atomic(bool) is_port;    /* its identifier is a port's; set before it is READY */
    _Atomic(uint32_t) woken; /* a parked process may go on, or the timer of a waiting one has fired;
                                set before it is made ready */
    _Atomic(uint32_t) urgent; /* a priority above its own, until its next turn: somebody of that
                                 priority waits for an answer; see brc_proc_hoist_mt */
    _Atomic(uint32_t) is_system;
    _Atomic(Term) name; /* an atom or BRC_NONE; written under registry.c's lock of the name */
    Proc *_Atomic p;    /* for whoever owns the process; others only compare it */
    uint32_t index;
    _Atomic(uint32_t) life; /* counts the processes that it has been */
    void *_Atomic timers;   /* that send to it by its identifier: the list of sched/bif_timer.c */
    _Atomic(uint32_t) has_tables;    /* 1: ets/ has something to do at its end; see ets/owner.c */
    _Atomic(uint32_t) ready, wanted; /* of a port's followed descriptor (sched/poll.c): what it may
                                        be ready for, and what the port waits for */
    _Atomic(Term) peer;              /* of a port: the process that waits for what its descriptor
                                        brings, or 0; of a process that is queued: the port that is
                                        to act before its turn, or 0. See sched/poll.c */
    _Atomic(Term) data;              /* of a port: see io/port_keep.c */
    _Atomic(uint32_t) is_noted; /* as one that waits; relaxed, for who misses it notes it twice */
} ProcSlot;

typedef struct Dict { /* the process dictionary: pairs of words, BRC_NONE as key where erased */
    Term *cells;
    uint32_t *index;
    uint32_t capacity, used, count; /* pairs: room, with erased ones, without */
} Dict;

/* A monitor that this process set, when it is more than "that process, plain". */
typedef struct MonitorOut {
    Term target; /* process identifier of the other side */
    Term name;   /* where set by name, else BRC_NONE */
    Frag *tag;   /* holds a copy of the {tag, T} option's T, or NULL */
} MonitorOut;
enum AliasMode { BRC_ALIAS_NO = 0, BRC_ALIAS_EXPLICIT, BRC_ALIAS_DEMONITOR, BRC_ALIAS_REPLY };

typedef struct ProcSteps { /* malloc'd; the owner's */
    int64_t reds;          /* left of the turn */
    struct CallLog *calls; /* its last calls (trace/log.h); NULL: they are not kept */
    int64_t time_function; /* that its time goes to (trace/time.c) */
    uint64_t time_since;   /* 0: to none */
} ProcSteps;

struct Sched;

/* All fields but timer_state belong to the owner: the thread that moved the process out of WAITING
 * or PARKED, or took it from a run queue, until it rests again. Invariants: 1. *messages_end ==
 * NULL and lies in the list that begins at `messages`;
 * 2. `position` points to a link of that list; 3. heap_messages counts the messages with
 * BRC_SIG_ON_HEAP; 4. a link is in `links` of both ends once all signals have arrived. */
typedef struct ProcRest {
    HeapOpts heap; /* first: heap/ finds it here */
    Term pid;
    ProcSlot *slot;
    struct Sched *sched; /* that runs it, or ran it last */
    Proc *queue_next;
    size_t block_room; /* bytes of the allocation that holds Proc, this and the first heap */
    /* -- scheduling -- */
    uint8_t priority, low_skips;
    uint8_t queued_as; /* enum ProcPriority: counted in the queue's thread's `waiting` */
    uint8_t wait;      /* enum ProcWait */
    uint8_t trap_exit, queue_off_heap, sensitive, exiting;
    uint16_t save_calls;
    uint8_t gc_waits;             /* collections that others ask for are put off */
    _Atomic(uint8_t) timer_state; /* enum TimerState; the timer's thread makes it FIRED */
    uint8_t peeked; /* the message at `position` was looked at: generated code may hold parts */
    uint8_t max_heap_kill, max_heap_log;
    uint8_t orphan;     /* counted in brc_proc_orphans */
    uint32_t suspended; /* how many suspend_process are in effect */
    uint32_t bound;     /* the id of the only thread that may run it, or 0 */
    uint32_t saved_live;
    uint32_t initial_arity;
    Term saved_x[BRC_REG_ARGS];
    Term *saved_more; /* X registers from 6 on, while it does not run */
    uint64_t reductions;
    int64_t turn_reds; /* what the turn began with */
    /* -- mailbox -- */
    Frag *messages;
    Frag **messages_end, **position;
    uint32_t message_count, heap_messages;
    struct MarkerSet *markers;
    Timer timer; /* of receive...after */
    Code *timeout;
    Frag *exit_reason; /* of an exit signal that killed it */
    Frag *unhandled;   /* signals that came behind that one */
    /* -- questions (sig/ask.c) -- */
    Frag *asked, **asked_end; /* to be answered when it rests */
    Frag *answer;             /* to its own question */
    uint64_t question;        /* number of its last question; 0: none is open */
    Term (*answered)(Proc *p, Term answer);
    /* -- relations -- */
    IdMap links;        /* pid -> BRC_LINKED, or the number of an unlink (sig/link.c) */
    IdMap monitors;     /* reference key -> pid, or MonitorOut * (aligned) */
    IdMap monitored_by; /* the same: of the one that watches, with the name it has used */
    IdMap suspending;   /* pid -> times */
    IdMap aliases;      /* keys of active aliases -> enum AliasMode */
    /* -- identity -- */
    Term group_leader, parent;
    Term initial_module, initial_function;
    uint32_t gc_minor, gc_major;
    Dict *dict; /* NULL: nothing was put */
    Term error_handler;
    struct Port *port;       /* of a port (io/port.h), else NULL */
    struct DirtyCall *dirty; /* its built-in for a dirty pool (sched/dirty.h), else NULL */
    struct ProcTrace *trace; /* sig/tracing.h; NULL: it is not traced */
    struct ProcSteps *steps; /* once it stopped at each function entry (code/step.h), else NULL */
} ProcRest;
enum TimerState { BRC_TIMER_IDLE = 0, BRC_TIMER_ARMED, BRC_TIMER_FIRED };

/* -- the scheduler's data; its loop is in sched/ -- */
typedef struct RunQueue {
    Proc *first, *last;
    uint32_t count, bound; /* in all, and those that are bound to this thread */
} RunQueue;
enum SchedSleep {
    BRC_SCHED_AWAKE = 0,
    BRC_SCHED_IN_FUTEX, /* on `sleeping` itself */
    BRC_SCHED_IN_POLL   /* ended by a write to wake_fd */
};

typedef struct Sched {        /* one per thread; the owner's where not atomic */
    BrcLock lock;             /* guards queues */
    RunQueue queues[3];       /* max, high, normal with low */
    _Atomic(uint32_t) queued; /* in all three */
    _Atomic(uint32_t) loose;  /* of those, what another thread may take */
    /* by priority; for balance.c, whoever looks from another thread may see them a little late: */
    _Atomic(uint32_t) waiting[4]; /* loose ones; changed under the lock */
    _Atomic(uint32_t) served[4];  /* how many were taken from the queues; the owner's */
    _Atomic(uint32_t) stuck;      /* a bit for each priority that is never served; the owner's */
    uint32_t served_before[4];
    uint64_t balanced_ns;
    _Atomic(uint32_t) running;  /* a process runs: others may take even the only one queued */
    _Atomic(uint32_t) sleeping; /* enum SchedSleep; whoever makes it AWAKE ends the sleep */
    Proc *next;                 /* woken by the one that runs: goes before the queues */
    uint32_t next_streak;       /* how often in a row that happened */
    int wake_fd;                /* an eventfd, or -1 */
    TimerHeap timers;
    Proc *current;
    uint32_t turn; /* enum ProcTurn of the turn that ends */
    uint32_t id;   /* from 1 */
    _Atomic(uint64_t) turns, reductions;
    uint64_t started_ns;
    _Atomic(uint64_t) slept_ns, asleep_ns; /* in all, up to the last; since when now, or 0 */
    uint32_t since_check;          /* work done since timers and descriptors were looked at */
    _Atomic(uint32_t) watched;     /* descriptors that parked processes wait for */
    int poll_fd;                   /* epoll, or -1 */
    struct RingPoll *_Atomic ring; /* sched/ringpoll.c; NULL where it has none (yet) */
    bool stop;
    Term x[1024];
} Sched;

extern _Thread_local Sched *brc_proc_sched; /* of this thread, or NULL */

/* Reductions left of the turn. */
static inline int64_t proc_reds(const Proc *p) {
    return p->flags & BRC_PROC_STEPPED ? p->rest->steps->reds : p->reds;
}
static inline ProcRest *proc_rest(const Proc *p) {
    return p->rest;
}
static inline Term proc_pid(const Proc *p) {
    return p->rest->pid;
}
static inline uint32_t pid_slot(Term pid) {
    return (uint32_t)(pid >> 6) & 0x0FFFFFFFu;
}
static inline uint32_t pid_serial(Term pid) {
    return (uint32_t)(pid >> 34);
}
static inline Term pid_make(uint32_t slot, uint32_t serial) {
    return ((Term)slot | (Term)serial << 28) << 6 | BRC_TAG_PID;
}

/* -- table.c -- */
/* Nothing may be pushed there: whoever finds it acts as if there were no such process. */
#define BRC_PROC_INBOX_CLOSED ((Frag *)1)
#define BRC_PROC_LIMIT        1048576u /* as stock's default; see brc_proc_set_limit */
void brc_proc_set_limit(uint32_t limit);
uint32_t brc_proc_limit(void);
/* The slot of a process that is there (alive or on its way out), or NULL. Any thread. */
ProcSlot *brc_proc_slot_of(Term pid);
/* Hints for the cache, where many are looked at next: first the slot, then what it stands for. */
void brc_proc_fetch_slot(Term pid);
void brc_proc_fetch(Term pid);
/* Alive, as far as can be said while it runs elsewhere. Any thread. */
bool brc_proc_is_alive(Term pid);
ProcSlot *brc_proc_slot_take(void); /* NULL: too many processes */
void brc_proc_slot_give(ProcSlot *s);
/* A port is a process whose code is C (io/port.c) and whose identifier has the tag of ports: it
 * has links, monitors and signals as any other. Gives p that identifier. */
void brc_proc_make_port(Proc *p);
uint32_t brc_proc_port_count(void);
uint32_t brc_proc_count(void); /* without ports */
/* For tests: what the next identifier is made from, as stock counts: 28 bits. */
uint32_t brc_proc_next_number(void);
void brc_proc_set_next_number(uint32_t n);
/* The next live process or port at or after slot *at, or BRC_NONE. Start with 0. Any thread. */
Term brc_proc_next(uint32_t *at);

/* -- create.c -- */
typedef struct SpawnOptions {
    bool link, monitor;
    uint8_t priority;
    bool message_queue_off_heap;
    int64_t min_heap_words, fullsweep_after, max_heap_words; /* -1: default */
    int64_t min_bin_vheap;
    int8_t max_heap_kill, max_heap_log;
    uint8_t monitor_alias; /* enum AliasMode */
    uint32_t scheduler;    /* the process is bound to, or 0 */
    Term tag;              /* of the monitor, or BRC_NONE */
    Term group_leader;     /* BRC_NONE: the parent's, or itself where there is none */
} SpawnOptions;
extern const SpawnOptions brc_proc_default_options;
typedef struct ProcDefaults { /* erlang:system_flag/2 changes them */
    uint32_t min_heap_words, fullsweep_after;
    uint64_t max_heap_words, min_vheap_bytes;
    uint8_t max_heap_kill, max_heap_log;
} ProcDefaults;
extern ProcDefaults brc_proc_defaults;
/* A process in state READY, queued nowhere, with an empty stack but for its bottom. NULL: too many.
 * words: room for its first terms beyond the least heap. */
Proc *brc_proc_create(Sched *s, const SpawnOptions *o, size_t words);
/* Processes that have ended while a dirty pool worked for them, and have their memory still. */
extern _Atomic(uint32_t) brc_proc_orphans;
/* Gives all its memory back; its slot becomes FREE. Its mailbox and relations are empty by now. */
void brc_proc_destroy(Proc *p);

/* -- runq.c -- */
/* The thread of that id, started if need be; NULL: it may not run now. Filled by sched/. */
extern Sched *(*brc_proc_online_sched)(uint32_t id);
/* The READY process p, queued nowhere, becomes s's, or the thread's that it is bound to: at the end
 * of its queue. Any thread. */
void brc_proc_enqueue(Sched *s, Proc *p);
/* The same, before all others of its priority. */
void brc_proc_enqueue_first(Sched *s, Proc *p);
/* The same, of a process that the running one has woken: it goes next where nobody does. */
void brc_proc_enqueue_next(Sched *s, Proc *p);
/* The process of the slot, which has a signal of that priority, is not to stay behind those of
 * less where it is queued or will be. Any thread, after the push. */
void brc_proc_hoist_mt(ProcSlot *slot, uint8_t priority);
/* -- balance.c -- */
/* Between turns, now and then: takes its share of what waits at other threads. */
void brc_proc_balance(Sched *s, uint64_t now_ns);
/* Where s has no process of high priority, one that waits elsewhere comes to s. */
void brc_proc_fetch_urgent(Sched *s);

/* -- runq.c, for balance.c -- */
extern _Atomic(uint32_t) brc_proc_urgent; /* loose ones of high or max that wait anywhere */
/* Up to n loose processes that wait at `from` with that priority come to s. */
void brc_proc_move(Sched *s, Sched *from, uint8_t priority, uint32_t n);

/* Where all threads are to be found; filled by sched/. */
extern Sched *(*brc_proc_sched_at)(uint32_t i);
Proc *brc_proc_dequeue(Sched *s); /* for s's own thread */
/* Half of what is queued at `from` comes to s, the first of it is returned; NULL: nothing to take.
 * The only one is left to a thread that will take it itself. */
Proc *brc_proc_steal(Sched *s, Sched *from);
static inline uint32_t brc_proc_queued(Sched *s) {
    return atomic_load_explicit(&s->queued, memory_order_relaxed) + (s->next != NULL);
}
/* Ends the sleep of s, if it sleeps. Any thread, signal handlers too. */
bool brc_proc_rouse(Sched *s);
/* Out of WAITING (or PARKED too, where parked) into the caller's hands, NULL where another was
 * faster or it does not rest. Any thread. */
Proc *brc_proc_take(ProcSlot *slot, bool parked);
/* The same, into a run queue; parked: out of DIRTY, too. */
bool brc_proc_make_ready_mt(ProcSlot *slot, bool parked);
/* The process `pid`, if it is parked, goes on. */
void brc_proc_wake_mt(Term pid);
/* The owner gives p up, in a state of rest: public from here. What came in between is not lost. */
void brc_proc_rest_as(ProcSlot *slot, enum ProcState state);

/* -- registry.c -- */
enum RegisterResult {
    BRC_REGISTER_OK,
    BRC_REGISTER_TAKEN,    /* the name */
    BRC_REGISTER_HAS_NAME, /* the process */
    BRC_REGISTER_DEAD
};
Term brc_proc_whereis(Term name); /* a pid or port, or BRC_NONE */
/* Told by p's register/2 and unregister/1 (`what`), where somebody is traced; else NULL. */
extern void (*_Atomic brc_proc_on_name)(Proc *p, Term what, Term name, Term pid);
enum RegisterResult brc_proc_register(Term name, Term pid);
bool brc_proc_unregister(Term name);
/* Of a process whose state is EXITING. */
void brc_proc_unregister_dead(ProcSlot *slot, Term pid);
size_t brc_proc_registered_count(void);
/* Up to n names; how many there are in all. */
size_t brc_proc_registered_names(Term *names, size_t n);

/* The process that reports of the runtime itself go to: a pid, `logger` or `undefined`. */
Term brc_proc_system_logger(void);
Term brc_proc_set_system_logger(Term to); /* what it was, or BRC_NONE: not valid */

/* -- dict.c -- */
/* NULL stands for an empty one. */
Term brc_proc_dict_get(const Dict *d, Term key);        /* BRC_NONE: not there */
Term brc_proc_dict_put(Dict **d, Term key, Term value); /* the old value or BRC_NONE */
Term brc_proc_dict_erase(Dict *d, Term key);
void brc_proc_dict_free(Dict **d);
Term brc_proc_dict_list(Proc *p, const Dict *d); /* [{Key, Value}] on p */

/* -- ref.c -- */
#define BRC_REF_WORDS 4
Term brc_proc_ref_new(Term *at, uint64_t *key); /* fills BRC_REF_WORDS words; key may be NULL */
Term brc_proc_ref_from_key(Term *at, uint64_t key);
uint64_t brc_proc_ref_key(Term ref); /* of a local reference; 0 where it is none */
