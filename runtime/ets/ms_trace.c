/* ms_trace.c: the forms that only specifications for tracing have. What they do is trace/'s: of it,
 * erlang:match_spec_test/3 shows the message and the flags. acts: trace/spec.c is asked. */
#include "ets/ms.h"
#include "ctx/fail.h"
#include "sig/tracing.h"
#include "term/atom.h"
#include "term/print.h"
#include <stdlib.h>

typedef struct Form {
    Term name, shown; /* shown: in complaints about the dialect */
    uint8_t least, most, in_guards, acts;
    Term value;
} Form;

static const Form forms[] = {
    {AM(message), AM(message), 1, 1, 0, 0, AM(true)},
    {AM(process_dump), AM(process_dump), 0, 0, 0, 1, AM(undefined)},
    {AM(caller), AM(caller), 0, 0, 0, 1, AM(undefined)},
    {AM(caller_line), AM(caller_line), 0, 0, 0, 1, AM(undefined)},
    {AM(return_trace), AM(return_trace), 0, 0, 0, 0, AM(true)},
    {AM(exception_trace), AM(exception_trace), 0, 0, 0, 0, AM(true)},
    {AM(enable_trace), AM(enable_trace), 1, 2, 0, 1, AM(true)},
    {AM(disable_trace), AM(disable_trace), 1, 2, 0, 1, AM(true)},
    {AM(trace), AM(trace), 2, 3, 0, 1, AM(true)},
    {AM(silent), AM(silent), 1, 1, 0, 1, AM(true)},
    {AM(display), AM(display), 1, 1, 0, 0, AM(true)},
    {AM(set_seq_token), AM(set_seq_trace), 2, 2, 0, 1, AM(true)},
    {AM(get_seq_token), AM(get_seq_token), 0, 0, 0, 1, BRC_NIL},
    {AM(is_seq_trace), AM(is_seq_trace), 0, 0, 1, 1, AM(false)},
};

static const char *name_of(Term atom) {
    size_t len;
    return brc_term_atom_text(atom, &len);
}

void brc_ets_ms_say(MsCompiler *c, const char *format, Term name, Term what) {
    size_t len;
    char *text = brc_term_print_alloc(what, &len);
    brc_ets_ms_error(c, format, name_of(name), text);
    free(text);
}

/* Is it one that may stand here? Says why not. */
static bool is_allowed(MsCompiler *c, const Form *f, Term t, size_t n) {
    const char *shown = name_of(f->shown);
    if (c->dialect != MS_TRACE)
        brc_ets_ms_error(c, "Special form '%s' used in wrong dialect.", shown);
    else if (!c->in_body && !f->in_guards)
        brc_ets_ms_error(c, "Special form '%s' called in guard context.", shown);
    else if (n > 0 && f->most == 0)
        brc_ets_ms_say(c, "Special form '%s' called with arguments in %s.", f->name, t);
    else if (n < f->least || n > f->most)
        brc_ets_ms_say(c, "Special form '%s' called with wrong number of arguments in %s.", f->name,
                       t);
    else
        return true;
    return false;
}

bool brc_ets_ms_trace_form(MsCompiler *c, Term t, uint32_t *d) {
    const Term *e = term_tuple_elements(t);
    size_t n = term_tuple_arity(t) - 1;
    const Form *f = NULL;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i].name == e[0]) f = &forms[i];
    if (!f) return false;
    *d = brc_ets_ms_const(c, f->value);
    if (!is_allowed(c, f, t, n)) return true;
    uint32_t args[3], last = 0;
    for (size_t i = 1; i <= n; i++)
        args[i - 1] = last = brc_ets_ms_expression(c, e[i]);
    if (f->name == AM(message)) brc_ets_ms_emit(c, MS_MESSAGE, 0, last, 0);
    if (f->name == AM(display)) brc_ets_ms_emit(c, MS_DISPLAY, 0, last, 0);
    if (f->name == AM(return_trace)) brc_ets_ms_emit(c, MS_FLAG, 0, 0, MS_RETURN_TRACE);
    if (f->name == AM(exception_trace)) brc_ets_ms_emit(c, MS_FLAG, 0, 0, MS_EXCEPTION_TRACE);
    if (!f->acts) return true;
    *d = brc_ets_ms_slot(c);
    brc_ets_ms_emit(c, MS_FORM, *d, brc_ets_ms_args(c, args, n),
                    (uint32_t)(f - forms) | (uint32_t)n << 8);
    return true;
}

Term brc_ets_ms_form(MsRun *r, uint32_t form, const Term *args, unsigned n) {
    const Form *f = &forms[form];
    Term value = r->form ? r->form(r, f->name, args, n) : BRC_NONE;
    return value == BRC_NONE ? f->value : value;
}

/* ---- the trace control word ---- */
Term brc_ets_ms_get_tcw(Proc *p) {
    (void)p;
    return BRC_SMALL(atomic_load(&brc_sig_trace_word));
}

Term brc_ets_ms_set_tcw(Proc *p, Term word) {
    if (!term_is_small(word) || term_small(word) < 0 || term_small(word) > UINT32_MAX)
        return brc_ctx_badarg(p);
    return BRC_SMALL(atomic_exchange(&brc_sig_trace_word, term_small(word)));
}
