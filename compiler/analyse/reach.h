/* reach.h: which functions a program can reach from its roots. Loads modules as it meets them.
 *
 * A call names its function. A fun made reaches its body. An apply with unknown module or function
 * reaches every export whose module atom and function atom are both mentioned as values in reached
 * code (and whose arity fits, where it is known). Built-ins of bif.def are leaves. */
#pragma once
#include "beam/beam.h"

typedef struct ReachBy { /* who reached a function first */
    const char *module;  /* NULL: nobody, a root, or for the case that `function` says */
    const char *function;
    uint32_t arity;
    bool computed; /* by a call that may mean it */
} ReachBy;

typedef struct ReachModule {
    const char *name;
    BeamFile *beam;
    const char *app;    /* whose library it is, by its folder: lib/APP-VERSION/ebin; "" if none */
    uint8_t *functions; /* by index in beam->functions: 1 reached */
    ReachBy *by;        /* the same */
    uint8_t *within;    /* the same, once the program loads code: enum Within of reach.c */
    size_t reached;
    uint32_t order;         /* of discovery */
    size_t first;           /* the function that was reached first */
    bool is_own, is_called; /* the program's own; in plain words by something reached */
    bool has_strangers;     /* one that its attribute beamrc_callers does not name calls it */
    struct ReachFolder *folder;
    bool *group_called; /* of its group (reach_plain); NULL: it is in none */
    bool is_closed;     /* reach_closed */
    int32_t *exports;   /* by index in beam->exports: in beam->functions; -1: in none */
} ReachModule;

typedef struct ReachMissing { /* a call that nothing provides */
    const char *module, *function;
    uint32_t arity;
    ReachBy by; /* the first caller found */
    bool
        is_stub; /* the module is there but the function is only a native's stub (not in bif.def) */
} ReachMissing;

typedef struct ReachCase {         /* reached only under a condition */
    const char *when;              /* an atom that is mentioned, or an M:F/A that is reached */
    const char *with;              /* an atom that must be mentioned, too, or NULL */
    bool by_program;               /* the atom `when`: by a module of the program's own */
    const char *module, *function; /* function NULL: `module` is an atom, mentioned from then on */
    bool by_library;               /* that atom: by a library, not by the program */
    uint32_t arity;
    bool optional; /* no harm where the module has no such function */
    bool starts;   /* a server's start function, of arity 0 */
    bool whole;    /* all that the module exports; `function` is NULL */
} ReachCase;

typedef struct ReachLate {         /* a function that waits for a condition */
    const char *module, *function; /* function NULL: every one of the module */
    uint32_t arity;
    const char *when; /* as in ReachCase; several conditions: one is enough */
    bool by_program;
} ReachLate;

typedef struct ReachLeftOut { /* such a one that is called and whose conditions do not hold */
    const BeamFile *beam;
    const BeamFunction *function;
} ReachLeftOut;

typedef struct Reach {
    VEC(ReachModule *) modules; /* reached, sorted by name once solved */
    VEC(ReachMissing) missing;
    VEC(ReachLeftOut) left_out;
    VEC(const struct BifRow *) bifs; /* the built-ins reached, by calls or applies */
    VEC(ReachCase) servers;          /* what to start first, in order, once solved */
    bool loads_code;                 /* at run time; once solved */
    bool traces_calls;               /* it can; once solved */
    bool takes_nifs;                 /* it comes with libraries of NIFs, or opens them */
    struct ReachState *state;
} Reach;

/* find: the module's file, or NULL where there is none; asked once per module. is_own (or NULL): is
 * it the program's own, neither OTP's nor beamrc's? */
Reach *reach_new(BeamFile *(*find)(const char *module, void *arg),
                 bool (*is_own)(const char *module, void *arg), void *arg);
/* A module of the program's own: computed calls whose names come from text may mean it. */
void reach_offer(Reach *r, const char *module);
/* Roots from now on are what the program (or its builder) asks for itself. */
void reach_by_program(Reach *r);
void reach_root(Reach *r, const char *module, const char *function, uint32_t arity);
void reach_case(Reach *r, ReachCase c);
void reach_late(Reach *r, ReachLate late);
/* Whether a condition was given for just this function: its object's symbol is weak then. */
bool reach_can_be_late(const Reach *r, const ReachModule *m, size_t function);
/* Modules, separated by spaces, that computed calls mean only where the program's own code mentions
 * them, or where one of them is called in plain words. Like reach_closed before any of them is
 * reached. */
void reach_plain(Reach *r, const char *modules);
const char *reach_folder_of(const BeamFile *beam);      /* before the last slash of its path */
bool reach_is_reached(const Reach *r, const char *mfa); /* "M:F/A" */
/* Modules, separated by spaces, that computed calls mean only where the program's own code mentions
 * them, or their name stands beside a function's. */
void reach_closed(Reach *r, const char *modules);
/* Applications, separated by spaces, whose calls of tracing tools are no reason to trace calls. */
void reach_untraced(Reach *r, const char *applications);
/* Applications and modules, separated by spaces, whose code is to be small rather than fast. */
void reach_small(Reach *r, const char *names);
bool reach_is_small(const Reach *r, const ReachModule *m);
bool reach_mentions(const Reach *r, const char *atom, bool by_program);
void reach_keep_module(Reach *r, const char *module); /* all its exports */
void reach_solve(Reach *r);
/* "called by M:F/A" and its like. */
char *reach_by_text(const ReachBy *by);
/* The chain of calls that leads to "M:F/A", or to M by what of it was reached first, as lines that
 * end with a root; NULL: it is not reached. */
char *reach_why(const Reach *r, const char *what);
