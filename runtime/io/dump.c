/* dump.c: see dump.h.
 *
 * Other threads run on, and the one that failed may have left anything behind. So all that belongs
 * to a process is read by way of /proc/self/mem, where an address that is not there is an error
 * and no fault, and is believed only as far as it fits. Atoms and places in the code are found in
 * tables that do not change. */
#include "io/dump.h"
#include "abi/program.h"
#include "base/pages.h"
#include "base/panic.h"
#include "code/trace.h"
#include "io/port.h"
#include "sched/dirty.h"
#include "sched/stats.h"
#include "term/atom.h"
#include <errno.h>
#include <pthread.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define FRAMES       64
#define STACK_WORDS  (1u << 20)        /* looked at for them */
#define CELLS        256               /* of a table of links */
#define LINKS        (1u << 16)        /* looked at */
#define STACK_BYTES  ((size_t)1 << 16) /* of signal handlers */
#define MOST_SECONDS 120               /* a dump that hangs ends the program then */

void (*brc_io_dump_tables)(void);

/* ---- writing ---- */

static int out = -1, memory = -1;
static char buffer[8192];
static size_t used;

static void write_all(int fd, const char *bytes, size_t n) {
    while (n > 0) {
        ssize_t done = write(fd, bytes, n);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return;
        bytes += done;
        n -= (size_t)done;
    }
}

static void flush(void) {
    write_all(out, buffer, used);
    used = 0;
}

static void put(const char *bytes, size_t n) {
    for (; n > 0; n--) {
        if (used == sizeof buffer) flush();
        buffer[used++] = *bytes++;
    }
}

void brc_io_dump_text(const char *text) {
    put(text, strlen(text));
}
#define TEXT brc_io_dump_text

static void number_of(uint64_t n, unsigned digits) {
    char text[24];
    size_t at = sizeof text;
    do {
        text[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0 || sizeof text - at < digits);
    put(text + at, sizeof text - at);
}

void brc_io_dump_number(uint64_t n) {
    number_of(n, 1);
}
#define NUMBER brc_io_dump_number

static void line(const char *name, uint64_t n) {
    TEXT(name);
    TEXT(": ");
    NUMBER(n);
    TEXT("\n");
}

void brc_io_dump_atom(Term atom) {
    size_t n;
    const char *text = term_is_atom(atom) ? brc_term_atom_text_if_any(atom, &n) : NULL;
    if (text)
        put(text, n);
    else
        TEXT("?");
}
#define ATOM_ brc_io_dump_atom

void brc_io_dump_pid(Term pid) {
    if (term_is_local_port(pid)) {
        TEXT("#Port<0.");
        NUMBER(pid_slot(pid));
    } else {
        TEXT("<0.");
        NUMBER(pid_slot(pid));
        TEXT(".");
        NUMBER(pid_serial(pid));
    }
    TEXT(">");
}
#define PID brc_io_dump_pid

bool brc_io_dump_read(const void *from, void *to, size_t n) {
    return pread(memory, to, n, (off_t)(intptr_t)from) == (ssize_t)n;
}

/* ---- places ---- */

static void put_function(Term m, Term f, uint64_t arity) {
    ATOM_(m);
    TEXT(":");
    ATOM_(f);
    TEXT("/");
    NUMBER(arity);
}

static void put_place(const Loc *at) {
    put_function(BRC_LOC_FN(at)->module, BRC_LOC_FN(at)->name, BRC_LOC_FN(at)->arity);
    if (at->line == 0) return;
    TEXT(" (");
    TEXT(BRC_LOC_FN(at)->files[at->file]);
    TEXT(":");
    NUMBER(at->line);
    TEXT(")");
}

/* Its continuations, innermost first. */
static void put_stack(const Proc *p) {
    Term words[512];
    unsigned frames = 0;
    const Term *s = p->sp, *end = p->stack_end;
    if (end - s > STACK_WORDS) end = s + STACK_WORDS;
    while (s < end && frames < FRAMES) {
        size_t n = (size_t)(end - s) < 512 ? (size_t)(end - s) : 512;
        if (!brc_io_dump_read(s, words, n * sizeof(Term))) return;
        for (size_t i = 0; i < n && frames < FRAMES; i++) {
            bool back = (words[i] & BRC_NIBBLE_MASK) == BRC_TAG_RETURN;
            const Loc *at = back ? brc_code_return_place(words[i]) : NULL;
            if (!at) continue;
            TEXT("  ");
            put_place(at);
            TEXT("\n");
            frames++;
        }
        s += n;
    }
    if (frames == FRAMES) TEXT("  ...\n");
}

/* ---- processes ---- */

/* All cells of a map, as `put_cell` shows them, from "[" to "]". */
static void put_map(const IdMap *m, void (*put_cell)(const IdCell *c), bool *first) {
    IdCell cells[CELLS];
    uint32_t n = m->capacity < LINKS ? m->capacity : LINKS;
    for (uint32_t at = 0; at < n; at += CELLS) {
        uint32_t some = n - at < CELLS ? n - at : CELLS;
        if (!brc_io_dump_read(m->cells + at, cells, some * sizeof(IdCell))) return;
        for (uint32_t i = 0; i < some; i++) {
            if (cells[i].key == 0) continue;
            if (!*first) TEXT(", ");
            *first = false;
            put_cell(&cells[i]);
        }
    }
}

static void put_link(const IdCell *c) {
    PID(c->key);
}
static void put_watcher(const IdCell *c) {
    MonitorOut m = {.target = c->value};
    bool plain = (c->value & BRC_TAG_MASK) != 0;
    if (!plain && !brc_io_dump_read((const void *)c->value, &m, sizeof m)) return;
    TEXT("{from,");
    PID(m.target);
    TEXT("}");
}
static void put_watched(const IdCell *c) {
    MonitorOut m = {.target = c->value};
    bool plain = (c->value & BRC_TAG_MASK) != 0;
    if (!plain && !brc_io_dump_read((const void *)c->value, &m, sizeof m)) return;
    TEXT("{to,");
    PID(m.target);
    TEXT("}");
}

static void put_relations(const ProcRest *r) {
    bool first = true;
    TEXT("Link list: [");
    put_map(&r->links, put_link, &first);
    put_map(&r->monitors, put_watched, &first);
    put_map(&r->monitored_by, put_watcher, &first);
    TEXT("]\n");
}

static bool runs(const Proc *at) {
    Sched *s;
    for (uint32_t i = 0; (s = brc_sched_at(i)) != NULL; i++)
        if (s->current == at) return true;
    return false;
}

static const char *state_name(uint32_t state, bool running, bool suspended) {
    if (running) return "Running";
    if (suspended) return "Suspended";
    switch (state) {
    case BRC_PROC_READY: return "Scheduled";
    case BRC_PROC_WAITING:
    case BRC_PROC_PARKED: return "Waiting";
    case BRC_PROC_SUSPENDED: return "Suspended";
    case BRC_PROC_DIRTY: return "Running (dirty)";
    default: return "Exiting";
    }
}

static uint64_t bytes_of(const ProcRest *r) {
    uint64_t n = r->block_room + r->heap.old_block_bytes;
    return r->heap.block_borrowed ? n : n + r->heap.block_bytes;
}

/* Where it goes on, or the built-in that it waits in. */
static void put_current(const Proc *p, const ProcRest *r) {
    Bif bif;
    const Loc *at = brc_code_return_place((Term)p->resume + BRC_TAG_RETURN);
    bool dirty = r->dirty && brc_io_dump_read(p->fbif, &bif, sizeof bif);
    if (!dirty && !at) return; /* a receive: the stack tells who called it */
    TEXT("Current function: ");
    if (dirty)
        put_function(bif.module, bif.name, bif.arity);
    else
        put_place(at);
    TEXT("\n");
}

static void put_port_name(const ProcRest *r) {
    Port port;
    char name[256] = "";
    if (!brc_io_dump_read(r->port, &port, sizeof port)) return;
    for (size_t i = 0; i + 1 < sizeof name; i++)
        if (!brc_io_dump_read(port.name + i, name + i, 1) || !name[i]) break;
    TEXT("Port controls: ");
    TEXT(name);
    TEXT("\nConnected: ");
    PID(port.owner);
    TEXT("\n");
    line("Input", port.in_total);
    line("Output", port.out_total);
}

static void put_spawned(const ProcRest *r) {
    TEXT("Spawned as: ");
    put_function(r->initial_module, r->initial_function, r->initial_arity);
    TEXT("\nSpawned by: ");
    if (r->parent == BRC_NONE)
        TEXT("[]");
    else
        PID(r->parent);
    TEXT("\n");
}

static void put_process(Term pid, const ProcSlot *slot) {
    Proc p;
    ProcRest r;
    Term name = atomic_load(&slot->name);
    uint32_t state = atomic_load(&slot->state);
    const Proc *at = slot->p;
    bool port = term_is_local_port(pid), running = runs(at);
    TEXT(port ? "=port:" : "=proc:");
    PID(pid);
    bool there = brc_io_dump_read(at, &p, sizeof p) && brc_io_dump_read(p.rest, &r, sizeof r) &&
                 r.pid == pid;
    TEXT("\nState: ");
    TEXT(state_name(state, running, there && r.suspended));
    TEXT("\n");
    if (name != BRC_NONE) {
        TEXT("Name: ");
        ATOM_(name);
        TEXT("\n");
    }
    if (!there) return;
    if (port) put_port_name(&r);
    if (!port) put_spawned(&r);
    line("Message queue length", r.message_count);
    put_relations(&r);
    line("Reductions", r.reductions);
    if (port) return;
    line("Stack+heap", (uint64_t)(p.stack_end - p.heap));
    line("OldHeap", (uint64_t)(p.old_end - p.old_heap));
    line("Memory", bytes_of(&r));
    if (!running) put_current(&p, &r);
    TEXT(running ? "Stack (as it was when the runtime was called last):\n" : "Stack:\n");
    put_stack(&p);
}

static void put_processes(void) {
    uint32_t at = 0;
    for (Term pid; (pid = brc_proc_next(&at)) != BRC_NONE;) {
        const ProcSlot *slot = brc_proc_slot_of(pid);
        if (slot) put_process(pid, slot);
    }
}

/* ---- the rest ---- */

static void put_schedulers(void) {
    Sched *s;
    for (uint32_t i = 0; (s = brc_sched_at(i)) != NULL; i++) {
        static const char *const sleeps[] = {"Awake", "Sleeping", "Polling"};
        Proc p;
        uint32_t sleeping = atomic_load(&s->sleeping);
        TEXT("=scheduler:");
        NUMBER(s->id);
        TEXT("\nState: ");
        TEXT(sleeping < 3 ? sleeps[sleeping] : "?");
        TEXT("\n");
        line("Run Queue Length", atomic_load(&s->queued));
        line("Reductions", atomic_load(&s->reductions));
        TEXT("Current Process: ");
        const Proc *current = s->current;
        if (current && brc_io_dump_read(current, &p, sizeof p)) PID(p.pid);
        TEXT("\n");
    }
}

static void put_pool(const char *name, enum DirtyPool pool, uint32_t threads) {
    TEXT(name);
    TEXT("\n");
    line("Threads", threads);
    line("Run Queue Length", brc_sched_dirty_queued(pool));
    line("Running", brc_sched_dirty_running(pool));
}

static void put_memory(void) {
    size_t blocks, kept;
    brc_base_blocks_count(&blocks, &kept);
    TEXT("=memory\n");
    line("blocks", blocks);
    line("kept", kept);
    line("binary", brc_ctx_sharedbin_bytes());
}

/* In UTC, without libc, whose conversions take locks. */
static void put_time(void) {
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    static const char *const days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    uint64_t now = (uint64_t)time(NULL), day = now / 86400, second = now % 86400;
    /* years begin in March, in cycles of 400 years: 146097 days */
    uint64_t d = day + 719468, cycle = d / 146097, of = d % 146097;
    uint64_t year = (of - of / 1460 + of / 36524 - of / 146096) / 365;
    uint64_t in_year = of - (365 * year + year / 4 - year / 100), m = (5 * in_year + 2) / 153;
    TEXT(days[day % 7]);
    TEXT(" ");
    TEXT(months[(m + 2) % 12]);
    TEXT(" ");
    NUMBER(in_year - (153 * m + 2) / 5 + 1);
    TEXT(" ");
    number_of(second / 3600, 2);
    TEXT(":");
    number_of(second / 60 % 60, 2);
    TEXT(":");
    number_of(second % 60, 2);
    TEXT(" ");
    NUMBER(400 * cycle + year + (m >= 10));
    TEXT(" UTC\n");
}

static void put_head(const char *slogan) {
    uint64_t release = (uint64_t)term_small(brc_program.otp_release);
    TEXT("=erl_crash_dump:0.5\n");
    put_time();
    TEXT("Slogan: ");
    TEXT(slogan);
    TEXT("\nSystem version: Erlang/OTP ");
    NUMBER(release);
    TEXT(" [erts-");
    NUMBER(release - 12);
    TEXT(".1] [source] [64-bit] [smp:");
    NUMBER(brc_sched_threads());
    TEXT(":");
    NUMBER(brc_sched_online());
    TEXT("] [ds:");
    NUMBER(brc_sched_dirty_cpu());
    TEXT(":");
    NUMBER(brc_sched_dirty_cpu_online());
    TEXT(":");
    NUMBER(brc_sched_dirty_io());
    TEXT("] [beamrc]\nProgram: ");
    put_function(brc_program.main_module, brc_program.main_function, brc_program.main_arity);
    TEXT("\nCalling Thread: ");
    if (brc_proc_sched) {
        TEXT("scheduler:");
        NUMBER(brc_proc_sched->id);
    } else {
        TEXT(brc_sched_pool == BRC_DIRTY_NONE ? "another one"
             : brc_sched_pool == BRC_DIRTY_IO ? "dirty_io_scheduler"
                                              : "dirty_cpu_scheduler");
    }
    TEXT("\n");
}

static void put_all(const char *slogan) {
    put_head(slogan);
    flush(); /* whatever happens, this is there */
    put_schedulers();
    put_pool("=dirty_cpu_run_queue", BRC_DIRTY_CPU, brc_sched_dirty_cpu());
    put_pool("=dirty_io_run_queue", BRC_DIRTY_IO, brc_sched_dirty_io());
    put_memory();
    put_processes();
    flush();
    if (brc_io_dump_tables) brc_io_dump_tables();
    TEXT("=end\n");
    flush();
}

static void say(const char *text) {
    write_all(STDERR_FILENO, text, strlen(text));
}

static void limit_time(long seconds) {
    signal(SIGALRM, SIG_DFL);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGALRM);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    alarm(seconds > 0 ? (unsigned)seconds : MOST_SECONDS);
}

void brc_io_dump(const char *slogan) {
    static _Atomic(bool) begun;
    const char *path = getenv("ERL_CRASH_DUMP"), *seconds = getenv("ERL_CRASH_DUMP_SECONDS");
    long most = seconds ? strtol(seconds, NULL, 10) : -1;
    if (atomic_exchange(&begun, true) || most == 0) return;
    if (!path || !*path) path = "erl_crash.dump";
    say("\r\nCrash dump is being written to: ");
    say(path);
    say("...");
    limit_time(most);
    out = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (out < 0) return;
    memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    put_all(slogan);
    close(out);
    say("done\r\n");
    alarm(0);
}

/* ---- when ---- */

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define REPORTS_BY_SANITIZER 1
#endif
#endif

#ifndef REPORTS_BY_SANITIZER
static void fatal(int number) {
    int saved = errno;
    signal(number, SIG_DFL);
    brc_io_dump(number == SIGSEGV   ? "Segmentation fault"
                : number == SIGBUS  ? "Bus error"
                : number == SIGILL  ? "Illegal instruction"
                : number == SIGABRT ? "Aborted"
                                    : "Fatal signal");
    errno = saved;
    if (number != SIGABRT) raise(number); /* once this returns; abort() goes on by itself */
}
#endif

static void on_request(int number) {
    (void)number;
    say("Received SIGUSR1\r\n");
    brc_io_dump("Received SIGUSR1");
    _exit(1);
}

static void handle(int number, void (*handler)(int)) {
    struct sigaction a = {.sa_handler = handler, .sa_flags = SA_RESTART | SA_ONSTACK};
    sigaction(number, &a, NULL);
}

void brc_io_dump_signal(void) {
    handle(SIGUSR1, on_request);
}

void brc_io_dump_thread(void) {
    stack_t stack = {.ss_sp = malloc(STACK_BYTES), .ss_size = STACK_BYTES};
    if (stack.ss_sp) sigaltstack(&stack, NULL); /* for as long as the thread lives */
}

void brc_io_dump_start(void) {
    brc_base_panic_dump = brc_io_dump;
    brc_io_dump_signal();
#ifndef REPORTS_BY_SANITIZER
    static const int numbers[] = {SIGSEGV, SIGBUS, SIGILL, SIGABRT};
    brc_io_dump_thread();
    brc_sched_thread_begins = brc_io_dump_thread;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        handle(numbers[i], fatal);
#endif
}
