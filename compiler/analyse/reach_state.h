/* reach_state.h: what reach.c, reach_scan.c and reach_match.c share. */
#pragma once
#include "analyse/reach.h"

#include <stdlib.h>

#include "base/diag.h"
#include "ir/bifs.h"

typedef struct Work {
    ReachModule *module;
    size_t function;
} Work;

typedef struct Pair { /* two atoms side by side: perhaps a module and its function */
    const char *first, *second;
} Pair;

typedef struct Pattern { /* an apply; NULL or -1: not known */
    const char *module, *function;
    int arity;
    ReachBy by;    /* where it stands */
    bool by_own;   /* that is the program's own */
    bool own_only; /* it means functions of the program's own modules only */
} Pattern;

typedef struct Waiting { /* for its condition; module NULL: no more */
    ReachModule *module;
    size_t function;
    ReachBy by; /* who reached it first */
    bool by_own, matching;
} Waiting;

typedef struct ReachFolder { /* of modules */
    bool called;             /* is one of it called in plain words? */
    bool makes_atoms;        /* does the program's own code in it, of text? */
} ReachFolder;

typedef struct Atom { /* that reached code mentions */
    const char *name;
    uintptr_t by;        /* who does: a sum of REACH_BY_ */
    ReachModule *module; /* of that name; NULL: none, or not looked for yet */
} Atom;

typedef struct ReachState {
    BeamFile *(*find)(const char *module, void *arg);
    bool (*is_own)(const char *module, void *arg);
    void *arg;
    Map *modules;          /* name to ReachModule, or to `absent` */
    Map *atoms;            /* mentioned anywhere: name to Atom */
    VEC(Atom *) mentioned; /* the same, in order */
    VEC(Atom *) named;     /* of these the modules, by the time reach_named was called last */
    size_t looked_up;      /* of `mentioned`, by then */
    Map *patterns;         /* seen, by their text */
    Map *missing, *bifs;
    Map *folders;              /* to ReachFolder */
    VEC(const char *) offered; /* the program's own modules */
    Map *own_calls;            /* modules and functions that the program's own code calls */
    Map *apps;                 /* applications to their bits among who mentions an atom */
    Map *own_apps;             /* those that the program's own code calls in plain words */
    Map *plain;    /* modules of reach_plain to their group: is one of it called in plain words? */
    Map *closed;   /* modules of reach_closed */
    Map *untraced; /* applications of reach_untraced */
    Map *small;    /* applications and modules of reach_small */
    bool matching;
    ReachBy enumerates; /* asks modules known at run time only for exports; module NULL: nobody */
    VEC(Work) work;
    VEC(Pair) pairs;
    Map *pairs_seen;
    VEC(Pattern) applies;
    VEC(ReachCase) cases; /* in order */
    bool *holds;          /* for each */
    VEC(ReachLate) lates;
    VEC(Waiting) waiting;
    ReachBy by;  /* being scanned, or why else something is reached */
    bool by_own; /* it is of the program's own modules */
    const char *by_app;
    uintptr_t by_app_bit;
} ReachState;

enum { /* who mentions an atom */
       REACH_BY_LIBRARY = 1,
       REACH_BY_PROGRAM = 2,
       REACH_BY_ITSELF = 4,
       REACH_BY_APPS = 8 /* and above: a bit an application; more than there are bits share them */
};

/* reach.c */
ReachModule *reach_module_of(Reach *r, const char *name); /* NULL: there is none */
const Atom *reach_atom(const Reach *r, const char *name); /* NULL: nobody mentions it */
void reach_mention(Reach *r, const char *name, uintptr_t by);
void reach_named(Reach *r); /* looks up the modules among the atoms that are new */
uintptr_t reach_app_bit(Reach *r, const char *app);
void reach_function(Reach *r, ReachModule *m, size_t i);
void reach_mfa(Reach *r, const char *module, const char *name, uint32_t arity);
void reach_note_missing(Reach *r, const char *module, const char *name, uint32_t arity, bool stub);

bool reach_holds(const Reach *r, const char *when, bool by_program);
bool reach_explains(const char *module);
int64_t reach_find_function(const BeamFile *f, const char *name, uint32_t arity); /* -1: none */
extern ReachModule reach_absent; /* stands in the map for modules that are not there */

/* reach_load.c: false: it does not load code, or was widened before. */
bool reach_widen(Reach *r);

/* reach_late.c */
bool reach_is_late(Reach *r, ReachModule *m, size_t function); /* it waits: nothing more to do */
bool reach_take_late(Reach *r);                                /* whether any waits no more */
void reach_leave_out(Reach *r);                                /* those that still wait */

/* reach_scan.c: what a function calls, makes and mentions. */
void reach_scan(Reach *r, ReachModule *m, size_t i);

/* reach_match.c: what the applies seen so far may call. */
void reach_match(Reach *r);
