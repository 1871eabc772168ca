/* reach.h: which functions a program can reach from its roots. Loads modules as it meets them.
 *
 * A call names its function. A fun made reaches its body. An apply with unknown module or function
 * reaches every export whose module atom and function atom are both mentioned as values in reached
 * code (and whose arity fits, where it is known). Built-ins of bif.def are leaves. */
#pragma once
#include "beam/beam.h"

typedef struct ReachModule {
    const char *name;
    BeamFile *beam;
    uint8_t *functions; /* by index in beam->functions: 1 reached */
    size_t reached;
    uint32_t order; /* of discovery */
} ReachModule;

typedef struct ReachMissing { /* a call that nothing provides */
    const char *module, *function;
    uint32_t arity;
    const char *by_module, *by_function; /* the first caller found */
    uint32_t by_arity;
    bool
        is_stub; /* the module is there but the function is only a native's stub (not in bif.def) */
} ReachMissing;

typedef struct ReachServer { /* starts where a program mentions the name that it registers */
    const char *name;
    const char *module, *function; /* of arity 0 */
} ReachServer;

typedef struct Reach {
    VEC(ReachModule *) modules; /* reached, sorted by name once solved */
    VEC(ReachMissing) missing;
    VEC(const struct BifRow *) bifs; /* the built-ins reached, by calls or applies */
    VEC(ReachServer) servers;        /* what to start first, once solved */
    struct ReachState *state;
} Reach;

/* find: the module's file, or NULL where there is none; asked once per module. */
Reach *reach_new(BeamFile *(*find)(const char *module, void *arg), void *arg);
void reach_root(Reach *r, const char *module, const char *function, uint32_t arity);
/* A root only where the server's name is mentioned in what is reached. */
void reach_server(Reach *r, ReachServer server);
void reach_keep_module(Reach *r, const char *module); /* all its exports */
void reach_solve(Reach *r);
