/* plan.h: from a program's entry to the objects it is linked from. */
#pragma once
#include "analyse/reach.h"
#include "drive/apps.h"
#include "drive/cache.h"
#include "drive/otp.h"
#include "drive/pool.h"
#include "drive/toolchain.h"
#include "emit/emit.h"

typedef struct Entry { /* what the program runs */
    const char *module, *function;
    uint32_t arity;
    const char *application; /* started before it, or NULL */
} Entry;

typedef struct Keep { /* --keep; function NULL: all exports */
    const char *module, *function;
    uint32_t arity;
} Keep;

typedef struct PlanAsked { /* what a program is to hold */
    const Entry *entry;
    const Keep *keep;
    size_t keep_count;
    const char *roots; /* the file lib/roots.txt, or NULL */
    const Apps *apps;
    const char *config; /* a sys.config, or NULL */
    bool takes_nifs;
} PlanAsked;

typedef struct Unit { /* one module, or the program's tables (beam NULL) */
    const char *name;
    const BeamFile *beam;
    CodeKind kind;
    EmitOptions options;
    char *text; /* its C, once it was wanted; NULL for the tables */
    size_t text_len;
    const char *key;
    Object *object;
    bool ready; /* the object was in the cache */
    size_t ops;
} Unit;

typedef struct Plan {
    const Toolchain *tools;
    const Cache *cache;
    ClangFlags flags;
    Entry entry;
    Reach *reach;
    VEC(Unit) units; /* by module name; the program's tables come last, once emitted */
    char *tables;    /* C of the program's tables */
    size_t tables_len;
    char *id;        /* toolchain_id */
    char *compiler;  /* toolchain_own_id */
    size_t compiled; /* objects that the cache lacked */
} Plan;

/* Solves what the entry reaches. The finder must hold the inputs, our own modules and OTP's. */
Reach *plan_reach(Finder *finder, const PlanAsked *asked);
/* Names every object of the program and sees which are in the cache. */
Plan *plan_make(const Toolchain *tools, const Otp *otp, const Cache *cache, const ClangFlags *flags,
                Reach *reach, const Entry *entry, const Extras *extras);
size_t plan_missing(const Plan *plan); /* objects to compile */
typedef void PlanProgress(const Job *job, size_t done, size_t total, double share, void *arg);
/* Compiles what the cache lacks. progress (may be NULL): share is 0..1 of the work. */
void plan_compile(Plan *plan, unsigned jobs, PlanProgress *progress, void *arg);
/* All objects as a file in memory, for link_program; those that were damaged are made again. */
int plan_archive(Plan *plan, unsigned jobs);
void plan_write_c(const Plan *plan, const char *folder); /* --emit-c */
/* Names the program by all that goes into it. */
char *plan_key(const Plan *plan, const char *variant);
