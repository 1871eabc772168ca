/* trace.h: raw traces: what is kept of the stack when something is raised.
 *
 * A raw trace is a tuple, so that it can lie in X registers and frames:
 *
 *   0 class    1 kind     2 args             3 error_info     4, 5 first frame     6... places
 *   error,     0 place    atom: the arity    list for the     Loc * (or 0), 0      of the callers,
 *   exit,      1 raised   the stack trace    location: [] or  -                    innermost first:
 *   throw      2 named    argument list,     [{error_info,    module, name         Loc *, or
 * address small: arity       Map}]                                 of the return + 4
 */
#pragma once
#include "term/term.h"

enum { BRC_TRACE_PLACE = 0, BRC_TRACE_RAISED = 1, BRC_TRACE_NAMED = 2 };
enum {
    BRC_TRACE_CLASS,
    BRC_TRACE_KIND,
    BRC_TRACE_ARGS,
    BRC_TRACE_INFO,
    BRC_TRACE_A,
    BRC_TRACE_B,
    BRC_TRACE_PLACES
};

/* The frame that a trace begins with. */
typedef struct TraceFirst {
    int kind;         /* BRC_TRACE_PLACE or BRC_TRACE_NAMED */
    const Loc *place; /* the first frame, or the caller of the named one; NULL: none */
    Term module, name;
    Term args; /* a list is shown instead of the arity; NAMED: list or small */
    Term info; /* error_info map, or BRC_NONE */
} TraceFirst;

/* Stands in p->loc when a built-in was entered through its Code (apply, a fun): there is no place
 * of its own, the stack tells all. */
extern const Loc brc_code_via_code;
static inline const Loc *brc_code_place(const Loc *l) {
    return l == &brc_code_via_code ? NULL : l;
}

/* Marks a place that is still a continuation's address: looked up only when the trace is shown. */
#define BRC_RETURN_MARK 4u
/* Appends the places of the frames from p->sp up to the n that are there: how many then. Weak: who
 * runs code of another kind (interp/) has its own. shown: the innermost was shown before.
 */
size_t brc_code_trace_gather(const Proc *p, bool shown, Term *places, size_t n, size_t most);
/* A raw trace of the stack from p->sp up. p->hp and p->sp are stored. */
Term brc_code_trace_take(Proc *p, Term class_, const TraceFirst *first);
/* A raw trace that shows `list`, whatever the stack. */
Term brc_code_trace_raised(Proc *p, Term class_, Term list);
bool brc_code_trace_is_raw(Term t);
/* The Loc of a return word of the stack, or NULL. */
const Loc *brc_code_return_place(Term word);
/* How many bytes behind the first of its function's places it returns. */
uint64_t brc_code_return_offset(Term word);
/* The place that a word of the stack comes back to, or NULL; where a process that rests goes on.
 * Weak, as gather. */
const Loc *brc_code_frame_place(const Term *at);
const Loc *brc_code_resume_place(const Proc *p);
/* The place of one that waits in a function of the runtime which stands for another; or NULL. */
extern const Loc *(*brc_code_own_place)(const Proc *p);
/* [{file, File}, {line, Line}], or [] where it is not known. */
Term brc_code_location(Proc *p, const Loc *place);
/* Most frames of a trace: erlang:system_flag(backtrace_depth, N). */
extern _Atomic(uint32_t) brc_code_backtrace_depth;
#define BRC_TRACE_DEPTH_MAX 64u
