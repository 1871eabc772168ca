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
 * READY covers "in a run queue" and "running". Whoever moves a process out of WAITING or PARKED
 * does it by compare-and-swap, and the one that wins puts it in a run queue: so it is queued once.
 * A slot is never freed, so that a sender may push on its inbox without holding the process. */
#pragma once
#include "term/term.h"
#include "heap/heap.h"
#include "base/hooks.h"
#include "proc/idmap.h"
#include "proc/timer.h"

enum ProcState {
    BRC_PROC_FREE = 0,
    BRC_PROC_READY,
    BRC_PROC_WAITING,
    BRC_PROC_PARKED,
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
};
/* How the turn ended; set by the Code that gave the processor back. */
enum ProcTurn { BRC_TURN_YIELD = 0, BRC_TURN_RECEIVE, BRC_TURN_HIBERNATE, BRC_TURN_EXIT };

/* The public half of a process. Lives for ever. */
typedef struct ProcSlot {
    _Atomic(Frag *) inbox;       /* newest first; any thread pushes, the owner swaps it for NULL:
                                    push in sig/signal.c pairs with the swap in sig/inbox.c */
    _Atomic(uint32_t) state;     /* enum ProcState */
    _Atomic(uint32_t) serial;    /* of the process in it, or the next one; 30 bits */
    _Atomic(bool) is_port;       /* its identifier is a port's; set before it is READY */
    Proc *p;                     /* NULL where FREE */
    struct ProcSlot *ready_next; /* in Sched.remote */
    uint32_t index;
    uint32_t next_free;
} ProcSlot;

typedef struct Dict { /* the process dictionary: pairs of words, BRC_NONE as key where free */
    Term *cells;
    uint32_t capacity, count; /* pairs */
} Dict;

/* A monitor that this process set, when it is more than "that process, plain". */
typedef struct MonitorOut {
    Term target; /* process identifier */
    Term name;   /* where set by name, else BRC_NONE */
    Frag *tag;   /* holds a copy of the {tag, T} option's T, or NULL */
} MonitorOut;
enum AliasMode { BRC_ALIAS_NO = 0, BRC_ALIAS_EXPLICIT, BRC_ALIAS_DEMONITOR, BRC_ALIAS_REPLY };

struct Sched;

/* All fields belong to the owner: whoever runs the process, or has it claimed while it does not
 * run. Invariants: 1. *messages_end == NULL and lies in the list that begins at `messages`;
 * 2. `position` points to a link of that list; 3. heap_messages counts the messages with
 * BRC_SIG_ON_HEAP; 4. a link is in `links` of both ends once all signals have arrived. */
typedef struct ProcRest {
    HeapOpts heap; /* first: heap/ finds it here */
    Term pid;
    ProcSlot *slot;
    struct Sched *sched;
    Proc *queue_next;
    size_t block_room; /* bytes of the allocation that holds Proc, this and the first heap */
    /* -- scheduling -- */
    uint8_t priority, low_skips;
    uint8_t wait; /* enum ProcWait */
    _Atomic(uint8_t) woken;
    uint8_t trap_exit, queue_off_heap, sensitive, is_system, exiting;
    uint16_t save_calls;
    uint8_t timer_state; /* enum TimerState */
    uint8_t peeked; /* the message at `position` was looked at: generated code may hold parts */
    uint8_t max_heap_kill, max_heap_log;
    uint32_t suspended; /* how many suspend_process are in effect */
    uint32_t saved_live;
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
    /* -- relations -- */
    IdMap links;        /* pid -> 1 */
    IdMap monitors;     /* reference key -> pid, or MonitorOut * (aligned) */
    IdMap monitored_by; /* reference key -> pid of the one that watches */
    IdMap suspending;   /* pid -> times */
    IdMap aliases;      /* keys of active aliases that are no monitors */
    /* -- identity -- */
    Term group_leader, name, parent; /* name: an atom or BRC_NONE */
    Term initial_module, initial_function;
    uint32_t initial_arity;
    uint32_t gc_minor, gc_major;
    Dict dict;
    Term error_handler;
    struct Port *port; /* of a port (io/port.h), else NULL */
} ProcRest;
enum TimerState { BRC_TIMER_IDLE = 0, BRC_TIMER_ARMED, BRC_TIMER_FIRED };

/* -- the scheduler's data; its loop is in sched/ -- */
typedef struct RunQueue {
    Proc *first, *last;
    uint32_t count;
} RunQueue;

typedef struct Sched {  /* one per thread; the owner's where not atomic */
    RunQueue queues[3]; /* max, high, normal with low */
    _Atomic(ProcSlot *)
        remote; /* made ready by other threads: pushed in runq.c, swapped out there */
    _Atomic(uint32_t) sleeping; /* 1: whoever pushes on remote writes to wake_fd */
    int wake_fd;                /* an eventfd, or -1: there are no other threads */
    TimerHeap timers;
    Proc *current;
    uint32_t turn; /* enum ProcTurn of the turn that ends */
    uint32_t id;
    uint64_t turns, reductions;
    uint32_t since_check; /* work done since timers and descriptors were looked at */
    uint32_t watched;     /* descriptors that parked processes wait for */
    int poll_fd;          /* epoll, or -1 */
    bool stop;
    Term x[1024];
} Sched;

extern _Thread_local Sched *brc_proc_sched; /* of this thread, or NULL */

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
#define BRC_PROC_LIMIT 1048576u /* as stock's default; see brc_proc_set_limit */
void brc_proc_set_limit(uint32_t limit);
uint32_t brc_proc_limit(void);
/* The slot of a process that is there (alive or on its way out), or NULL. Any thread. */
ProcSlot *brc_proc_slot_of(Term pid);
/* The process, where it is alive; only for the thread that runs it or where it does not run. */
Proc *brc_proc_find(Term pid);
ProcSlot *brc_proc_slot_take(void); /* NULL: too many processes */
void brc_proc_slot_give(ProcSlot *s);
/* A port is a process whose code is C (io/port.c) and whose identifier has the tag of ports: it
 * has links, monitors and signals as any other. Gives p that identifier. */
void brc_proc_make_port(Proc *p);
uint32_t brc_proc_port_count(void);
uint32_t brc_proc_count(void); /* without ports */
/* The next live process or port at or after slot *at, or NULL. Start with 0. */
Proc *brc_proc_next(uint32_t *at);

/* -- create.c -- */
typedef struct SpawnOptions {
    bool link, monitor;
    uint8_t priority;
    bool message_queue_off_heap;
    int64_t min_heap_words, fullsweep_after, max_heap_words; /* -1: default */
    int64_t min_bin_vheap;
    int8_t max_heap_kill, max_heap_log;
    uint8_t monitor_alias; /* enum AliasMode */
    Term tag;              /* of the monitor, or BRC_NONE */
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
/* Gives all its memory back; its slot becomes FREE. Its mailbox and relations are empty by now. */
void brc_proc_destroy(Proc *p);

/* -- runq.c -- */
void brc_proc_enqueue(Proc *p); /* at the end of its scheduler's queue; it is READY */
Proc *brc_proc_dequeue(Sched *s);
uint32_t brc_proc_queued(const Sched *s);
/* Queues what other threads made ready. */
void brc_proc_take_remote(Sched *s);
/* Out of WAITING (or PARKED too, where parked) into a run queue. Any thread. */
bool brc_proc_make_ready_mt(ProcSlot *slot, bool parked);
/* The parked process goes on. */
void brc_proc_wake_mt(ProcSlot *slot);

/* -- registry.c -- */
enum RegisterResult { BRC_REGISTER_OK, BRC_REGISTER_NAME_TAKEN, BRC_REGISTER_HAS_NAME };
Term brc_proc_whereis(Term name);            /* a pid or port, or BRC_NONE */
bool brc_proc_register(Term name, Term pid); /* false: taken */
bool brc_proc_unregister(Term name);
size_t brc_proc_registered_count(void);
/* Up to n names; how many there are in all. */
size_t brc_proc_registered_names(Term *names, size_t n);

/* -- dict.c -- */
Term brc_proc_dict_get(const Dict *d, Term key);       /* BRC_NONE: not there */
Term brc_proc_dict_put(Dict *d, Term key, Term value); /* the old value or BRC_NONE */
Term brc_proc_dict_erase(Dict *d, Term key);
void brc_proc_dict_free(Dict *d);
Term brc_proc_dict_list(Proc *p, const Dict *d); /* [{Key, Value}] on p */

/* -- ref.c -- */
#define BRC_REF_WORDS 4
Term brc_proc_ref_new(Term *at, uint64_t *key); /* fills BRC_REF_WORDS words; key may be NULL */
Term brc_proc_ref_from_key(Term *at, uint64_t key);
uint64_t brc_proc_ref_key(Term ref); /* of a local reference; 0 where it is none */
