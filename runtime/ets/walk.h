/* walk.h: going through a table with a match specification, in slices. */
#pragma once
#include "ets/ms.h"
#include "ets/table.h"

typedef enum WalkMode {
    WALK_SELECT,
    WALK_COUNT,
    WALK_DELETE,
    WALK_REPLACE,
} WalkMode;

/* What is kept between slices, and its owner: a magic reference among the arguments of the next. */
typedef struct Walk {
    Magic magic;           /* refs 0: it lies on the C stack */
    Ets *table;            /* a reference, where has_table */
    Ms *ms;                /* a reference */
    uint8_t mode, reverse; /* reverse: of an ordered table, upwards (see walk.c) */
    bool has_table;
    bool held; /* the table is fixed for this walk */
    bool limited, by_name, started;
    size_t limit, got;
    uint32_t part; /* of a hash table, */
    size_t bucket; /* and the next one there */
    size_t count;
    uint32_t clause; /* the next one to look up by its key, where all have one */
    bool keyed;
    Term range; /* a pattern of keys that all clauses share, or BRC_NONE */
} Walk;

/* select/2 and its like: table, specification. ms: compiled, taken over. */
Term brc_ets_walk(Proc *p, Term tab, Term spec, WalkMode mode, bool reverse);
/* With a limit (a positive integer). */
Term brc_ets_walk_limited(Proc *p, Term tab, Term spec, Term limit, bool reverse);
/* The next part of one of these. */
Term brc_ets_walk_next(Proc *p, Term continuation);
