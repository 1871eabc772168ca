/* pool.h: many C texts compiled by clang at a time. */
#pragma once
#include "base/mem.h"
#include "drive/cache.h"
#include "drive/toolchain.h"

typedef enum CodeKind {             /* what a module's code is compiled for */
                        CODE_FAST,  /* OTP's and beamrc's: speed */
                        CODE_SMALL, /* the same where size goes before speed */
                        CODE_OWN,   /* the program's own: speed, and debuggers look into it */
} CodeKind;

typedef struct ClangFlags {
    const char *triple;     /* of another machine, or NULL */
    int optimise;           /* 0, 1, 2 */
    bool debug;             /* line tables */
    bool variables;         /* with debug: registers too */
    int optimise_own;       /* of the program's own modules */
    bool outlines;          /* repeated runs of instructions become functions */
    bool aligns_stack_to_8; /* x86-64: generated code keeps no more */
} ClangFlags;

typedef struct Job {
    const char *name; /* of the module, for messages */
    const char *key;  /* the cache keeps the object by */
    Object *object;   /* where it goes */
    size_t weight;    /* how long it will take, in any unit */
    CodeKind kind;
    void *source; /* the pool asks for the C text when it is the job's turn */
} Job;

typedef struct Pool {
    const Toolchain *tools;
    const Cache *cache;
    ClangFlags flags;
    unsigned jobs; /* at a time */
    /* The C of a job. */
    const char *(*text)(const Job *job, size_t *len, void *arg);
    /* Called when a job ends (job NULL: at the start) with what is done of what there is. */
    void (*progress)(const Job *job, size_t done, size_t total, double weight_done, void *arg);
    void *arg;
} Pool;

/* The flags for the program's own modules, or for the others. */
ClangFlags pool_flags_for(const ClangFlags *flags, CodeKind kind);
/* The flags as one text, for the cache's key. */
char *pool_flags_text(const ClangFlags *flags);
/* Compiles all, longest first. Ends the program at the first failure, with clang's message and
 * the C kept where the message says; signals to stop end it too, after its clangs. */
void pool_run(const Pool *pool, Job *jobs, size_t count);
/* How many processors this process may use. */
unsigned pool_processors(void);
