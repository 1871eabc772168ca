/* ms.h: match specifications, compiled to short programs.
 *
 * A program works on slots, each holding a term: first the constants, then what a pattern's parts
 * and expressions give. Matching takes the subject apart top down, a slot for each part looked at,
 * so that a variable is nothing but the name of a slot. Terms in slots may lie in a table or in the
 * program; what is built, and the answer, is copied to the process. */
#pragma once
#include "ctx/magic.h"
#include "ets/object.h"

typedef enum MsKind {
    MS_TUPLE,   /* a is a tuple of b elements */
    MS_ELEMENT, /* d = element b (from 0) of a */
    MS_CONS,    /* a is a list cell; d, d + 1 = head, tail */
    MS_MAP,     /* a is a map */
    MS_GET,     /* d = value of key b in the map a */
    MS_SAME,    /* a =:= b */
    MS_FLOAT,   /* the same bit by bit, b being a float */
    MS_IS,      /* the same, b being an immediate */
    MS_GUARD,   /* a is true */
    MS_CALL,    /* d = function a of args[b...] */
    MS_AND,     /* d = conjunction of args[a...a+b), all booleans */
    MS_OR,
    MS_ANDALSO, /* true: on; else d is set and the program goes on at b */
    MS_ORELSE,
    MS_MOVE,      /* d = a */
    MS_LIST,      /* d = [a | b] */
    MS_NEW_TUPLE, /* d = {args[a...a+b)} */
    MS_NEW_MAP,   /* d = #{args...}, b pairs */
    MS_BOUND,     /* d = a list of args[a...a+b) */
    MS_MESSAGE,   /* the message is a */
    MS_FLAG,      /* flag b is set */
    MS_FORM,      /* d = form b & 255 for tracing, of args[a...], b >> 8 of them */
    MS_DISPLAY,   /* shows a */
    MS_END,       /* the answer is a */
} MsKind;
enum { MS_RETURN_TRACE = 1, MS_EXCEPTION_TRACE = 2 };

typedef struct MsOp {
    uint16_t kind;
    uint16_t in_body; /* a call that fails gives 'EXIT' instead of failing */
    uint32_t d, a, b;
} MsOp;

typedef struct MsClause {
    Term pattern;
    Term body;      /* a list */
    uint32_t first; /* op */
    uint32_t end;
} MsClause;

typedef enum MsDialect { MS_TABLE, MS_TRACE } MsDialect;

typedef struct Ms {
    Magic magic;
    uint32_t clause_count, const_count, slot_count; /* slots: constants first */
    MsClause *clauses;
    MsOp *ops;
    uint32_t *args;
    Term *consts;
    /* a copy of the specification, which constants point into */
    Term *terms, *offheap;
    size_t words, room_bytes;
    Term spec;
    MsDialect dialect;
    Magic *table; /* whose continuations it is in (a reference), or NULL */
    bool kept;    /* else constants lie where the caller's specification does */
} Ms;

typedef enum MsResult { MS_OK, MS_BAD, MS_TOO_DEEP } MsResult;

/* What is wrong with a specification, as texts. */
typedef struct MsErrors {
    char **text;
    size_t n;
} MsErrors;

/* errors: may be NULL. The caller owns the one reference to *ms, which is good while the
 * specification lies where it does. */
MsResult brc_ets_ms_compile(Term spec, MsDialect dialect, Ms **ms, MsErrors *errors);
/* The same program with a copy of its specification, for longer; takes over the reference. */
Ms *brc_ets_ms_keep(Ms *ms);
void brc_ets_ms_errors_free(MsErrors *e);
Ms *brc_ets_ms_of(Term t);             /* of a compiled specification's reference, or NULL */
Term brc_ets_ms_term(Proc *p, Ms *ms); /* takes over the reference */

/* Is t the atom of a variable? */
bool brc_ets_ms_variable(Term t, uint32_t *number);
/* Does the pattern match one term only (no variables, nothing of maps)? */
bool brc_ets_ms_is_bound(Term pattern);
/* Do all objects keep their key, as select_replace demands? */
bool brc_ets_ms_keeps_key(const Ms *ms, uint64_t keypos);
/* Compares key with a pattern for it, as far as the pattern's beginning is bound: 0 where the key
 * may match. Monotonic in key. */
int brc_ets_ms_compare_prefix(Term key, Term pattern);

/* A program on its way through many subjects. */
typedef struct MsRun {
    Proc *p;
    /* of a call that is traced, else NULL: who calls, and what forms for tracing do and give;
     * BRC_NONE: what they give elsewhere */
    Proc *caller;
    Term (*form)(struct MsRun *r, Term name, const Term *args, unsigned n);
    const Ms *ms;
    const EtsObj *obj; /* what the subject is part of, or NULL: the process's own */
    Term message;      /* of a specification for tracing; BRC_NONE: none */
    uint32_t flags;
    Term *slots, few[64];
} MsRun;
void brc_ets_ms_begin(MsRun *r, Proc *p, const Ms *ms);
void brc_ets_ms_end(MsRun *r);
/* The answer for a subject, on the process's heap, or BRC_NONE: no clause matches. */
Term brc_ets_ms_run(MsRun *r, Term subject);
/* The same for an object of a table; the answer is not copied: only good to be compared. */
Term brc_ets_ms_test(MsRun *r, const EtsObj *o);
/* The answer for an object, on the process's heap. */
Term brc_ets_ms_object(MsRun *r, const EtsObj *o);

/* ---- what the compiler's parts share ---- */
typedef struct MsFunction {
    Term name;
    uint32_t arity;
    uint32_t trace_only; /* 1: not for tables, 2: nor in guards; see `value` then */
    void *fn;
    Term value;
} MsFunction;
extern const MsFunction brc_ets_ms_functions[];
/* Its index, or -1. */
int brc_ets_ms_function(Term name, uint32_t arity);

typedef struct MsVariable {
    uint32_t number, slot;
} MsVariable;

/* A compilation. Slots are numbered apart from constants: an operand with MS_CONST names one of
 * those. They are renumbered at the end. */
#define MS_CONST 0x80000000u
typedef struct MsCompiler {
    MsDialect dialect;
    MsErrors *errors;
    bool failed, too_deep, in_body;
    uint32_t depth;
    MsOp *ops;
    size_t op_count, op_room;
    uint32_t *args;
    size_t arg_count, arg_room;
    Term *consts;
    size_t const_count, const_room;
    MsVariable *variables; /* of the clause, in the order of their numbers */
    size_t variable_count, variable_room;
    uint32_t slots, most_slots, root;
    MsClause *clauses;
    size_t clause_count, clause_room;
    /* what these begin with */
    MsOp first_ops[24];
    uint32_t first_args[24];
    Term first_consts[16];
    MsVariable first_variables[8];
    MsClause first_clauses[2];
} MsCompiler;

void brc_ets_ms_error(MsCompiler *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
MsOp *brc_ets_ms_emit(MsCompiler *c, MsKind kind, uint32_t d, uint32_t a, uint32_t b);
uint32_t brc_ets_ms_const(MsCompiler *c, Term t);
uint32_t brc_ets_ms_slot(MsCompiler *c);
/* The slot of a variable, or -1. */
int64_t brc_ets_ms_slot_of(const MsCompiler *c, uint32_t number);
uint32_t brc_ets_ms_args(MsCompiler *c, const uint32_t *operands, size_t n);
/* Guards and body of a clause. */
void brc_ets_ms_guards(MsCompiler *c, Term list);
void brc_ets_ms_body(MsCompiler *c, Term list);
bool brc_ets_ms_deeper(MsCompiler *c);
/* Where the value of t will be. */
uint32_t brc_ets_ms_expression(MsCompiler *c, Term t);
/* A form for tracing: its value's place; false: it is none. */
bool brc_ets_ms_trace_form(MsCompiler *c, Term t, uint32_t *d);
Term brc_ets_ms_form(MsRun *r, uint32_t form, const Term *args, unsigned n);
Term brc_ets_ms_get_tcw(Proc *p);
Term brc_ets_ms_set_tcw(Proc *p, Term word);
/* An error about a term, which the format's second %s takes, after an atom. */
void brc_ets_ms_say(MsCompiler *c, const char *format, Term name, Term what);
/* No use going on: an error that nobody asked to hear more about. */
static inline bool ms_stopped(const MsCompiler *c) {
    return c->too_deep || (c->failed && !c->errors);
}
