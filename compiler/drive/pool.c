/* pool.c: many C texts compiled by clang at a time. Each job's C is made when its turn comes and
 * handed to clang as an unnamed memory file; the object and clang's messages come back in others.
 */
#include "drive/pool.h"
#include "drive/files.h"
#include "drive/spawn.h"
#include "base/diag.h"
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Running {
    pid_t pid; /* 0: free */
    const Job *job;
    int object, messages; /* memory files */
    const char *text;
    size_t len;
} Running;

typedef struct State {
    const Pool *pool;
    VEC(Running) slots;
    size_t running;
} State;

static volatile sig_atomic_t stop_signal;
static void on_signal(int number) {
    stop_signal = number;
}

unsigned pool_processors(void) {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) == 0) return (unsigned)CPU_COUNT(&set);
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (unsigned)n : 1;
}

/* ---- the command ---- */

static const char *const fixed_flags[] = {
    "-std=gnu17",
    "-w",
    "-fno-pic",
    "-fno-strict-aliasing",
    "-fno-asynchronous-unwind-tables",
    "-ffunction-sections",
    "-fdata-sections",
    "-falign-functions=16",
    "-fomit-frame-pointer",
    "-fno-ident",
    "-fno-stack-protector",
};

static void add_flags(Argv *argv, const ClangFlags *flags) {
    for (size_t i = 0; i < sizeof fixed_flags / sizeof *fixed_flags; i++)
        vec_push(argv, fixed_flags[i]);
    if (flags->triple) vec_push(argv, mem_format("--target=%s", flags->triple));
    vec_push(argv, mem_format("-O%d", flags->optimise));
    if (flags->debug) {
        vec_push(argv, flags->variables ? "-g" : "-gline-tables-only");
        vec_push(argv, "-fdebug-compilation-dir=/"); /* the build's folder is no part of it */
    }
    if (flags->outlines) {
        vec_push(argv, "-mllvm");
        vec_push(argv, "-enable-machine-outliner=always");
    }
    if (flags->aligns_stack_to_8) vec_push(argv, "-mstack-alignment=8");
}

ClangFlags pool_flags_for(const ClangFlags *flags, CodeKind kind) {
    ClangFlags result = *flags;
    result.variables = kind == CODE_OWN;
    result.outlines = kind == CODE_SMALL && flags->optimise >= 2 && !flags->debug;
    if (kind == CODE_OWN) result.optimise = flags->optimise_own;
    return result;
}

char *pool_flags_text(const ClangFlags *flags) {
    Argv argv = {0};
    add_flags(&argv, flags);
    return spawn_command_line(&argv);
}

static void add_command(Argv *argv, const Pool *pool, const Job *job) {
    ClangFlags flags = pool_flags_for(&pool->flags, job->kind);
    vec_push(argv, pool->tools->clang);
    add_flags(argv, &flags);
    vec_push(argv, mem_format("-I%s", pool->tools->include));
    const char *rest[] = {"-ferror-limit=3",
                          "-fno-temp-file",
                          "-fno-crash-diagnostics",
                          "-x",
                          "c",
                          "-c",
                          "-o",
                          "-",
                          "-"};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        vec_push(argv, rest[i]);
}

/* ---- one job ---- */

static void end_all(State *s) {
    for (size_t i = 0; i < s->slots.count; i++) {
        if (s->slots.at[i].pid == 0) continue;
        kill(s->slots.at[i].pid, SIGKILL);
        waitpid(s->slots.at[i].pid, NULL, 0);
        s->slots.at[i].pid = 0;
    }
}

static void start_job(State *s, Running *slot, const Job *job) {
    const Pool *pool = s->pool;
    slot->job = job;
    slot->text = pool->text(job, &slot->len, pool->arg);
    int input = spawn_memory_file("c", slot->text, slot->len);
    slot->object = input < 0 ? input : spawn_memory_file("object", "", 0);
    slot->messages = slot->object < 0 ? slot->object : spawn_memory_file("messages", "", 0);
    pid_t pid = slot->messages;
    if (slot->messages >= 0) {
        Argv argv = {0};
        add_command(&argv, pool, job);
        SpawnFds fds = {input, slot->object, slot->messages};
        pid = spawn_start(&argv, NULL, fds);
    }
    if (input >= 0) close(input);
    if (pid < 0) {
        end_all(s);
        diag_fatal("cannot run %s: %s", pool->tools->clang, strerror(-pid));
    }
    slot->pid = pid;
    s->running++;
}

static const char *first_error(const char *messages) {
    const char *at = strstr(messages, "error:");
    if (!at) at = strstr(messages, "rror");
    if (!at) at = messages;
    while (at > messages && at[-1] != '\n')
        at--;
    return mem_copy_text(at, strcspn(at, "\n"));
}

static _Noreturn void fail(State *s, Running *slot, int status) {
    const Pool *pool = s->pool;
    const Job *job = slot->job;
    char *messages = spawn_read_back(slot->messages, NULL);
    end_all(s);
    if (status == 128 + SIGKILL)
        diag_fatal("clang was killed while compiling %s: too little memory? (try -j 1)", job->name);
    const char *kept = cache_put_failed(pool->cache, job->name, slot->text, slot->len);
    fputs(messages, stderr);
    if (!kept)
        diag_fatal("clang failed on %s: %s (its C could not be kept)", job->name,
                   first_error(messages));
    diag_fatal("clang failed on %s: %s (its C is in %s)", job->name, first_error(messages), kept);
}

/* Waits for any clang to end. */
static Running *wait_one(State *s, int *status) {
    while (true) {
        if (stop_signal) {
            end_all(s);
            fputc('\n', stderr);
            exit(128 + stop_signal);
        }
        pid_t pid = waitpid(-1, status, 0);
        if (pid < 0 && errno == EINTR) continue;
        if (pid < 0) diag_fatal("lost a clang: %s", strerror(errno));
        for (size_t i = 0; i < s->slots.count; i++)
            if (s->slots.at[i].pid == pid) return &s->slots.at[i];
    }
}

static const Job *finish_one(State *s) {
    int status;
    Running *slot = wait_one(s, &status);
    slot->pid = 0;
    s->running--;
    int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    if (code != 0) fail(s, slot, code);
    close(slot->messages);
    size_t size;
    char *elf = spawn_read_back(slot->object, &size);
    cache_keep(s->pool->cache, slot->job->key, (const uint8_t *)elf, size, slot->job->object);
    slot->text = NULL;
    return slot->job;
}

/* ---- all ---- */

static int longest_first(const void *a, const void *b) {
    const Job *x = a, *y = b;
    if (x->weight != y->weight) return x->weight < y->weight ? 1 : -1;
    return strcmp(x->name, y->name);
}

static Running *free_slot(State *s) {
    for (size_t i = 0; i < s->slots.count; i++)
        if (s->slots.at[i].pid == 0) return &s->slots.at[i];
    return NULL;
}

static double done_weight(const State *s, const Job *jobs, size_t started) {
    double done = 0;
    for (size_t i = 0; i < started; i++)
        done += (double)jobs[i].weight;
    for (size_t i = 0; i < s->slots.count; i++)
        if (s->slots.at[i].pid) done -= (double)s->slots.at[i].job->weight;
    return done;
}

void pool_run(const Pool *pool, Job *jobs, size_t count) {
    if (count == 0) return;
    State s = {.pool = pool};
    for (unsigned i = 0; i < pool->jobs; i++)
        vec_push(&s.slots, (Running){0});
    struct sigaction stop = {.sa_handler = on_signal}, old_int, old_term;
    sigaction(SIGINT, &stop, &old_int);
    sigaction(SIGTERM, &stop, &old_term);
    qsort(jobs, count, sizeof *jobs, longest_first);
    if (pool->progress) pool->progress(NULL, 0, count, 0, pool->arg);
    size_t started = 0, done = 0;
    while (done < count) {
        while (started < count && s.running < pool->jobs) {
            start_job(&s, free_slot(&s), &jobs[started]);
            started++;
        }
        const Job *job = finish_one(&s);
        done++;
        if (pool->progress)
            pool->progress(job, done, count, done_weight(&s, jobs, started), pool->arg);
    }
    sigaction(SIGINT, &old_int, NULL);
    sigaction(SIGTERM, &old_term, NULL);
}
