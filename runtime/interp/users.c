/* users.c: which processes run, or hold funs of, the old version of a module. A process is asked
 * while it rests (sig/ask.c); all its words are looked at, so that one which is no longer in use,
 * but not collected yet, counts, too: it is collected before. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "interp/image.h"
#include "sched/sched.h"
#include "sig/signal.h"

/* An address within the image, whatever its tag. */
static bool is_within(const Image *image, Term word) {
    Term address = word & ~(Term)BRC_NIBBLE_MASK;
    return (address >= (Term)(uintptr_t)image->code &&
            address < (Term)(uintptr_t)image->code_end) ||
           (address >= (Term)(uintptr_t)image->funs &&
            address < (Term)(uintptr_t)(image->funs + image->fun_count));
}

static bool any_within(const Image *image, const Term *from, const Term *to) {
    for (; from < to; from++)
        if (is_within(image, *from)) return true;
    return false;
}

static bool uses(const Proc *p, const Image *image) {
    const ProcRest *r = p->rest;
    if (any_within(image, p->heap, p->hp) || any_within(image, p->sp, p->stack_end) ||
        any_within(image, p->old_heap, p->old_hp))
        return true;
    for (const Frag *f = p->frags; f; f = f->next)
        if (any_within(image, f->data, f->data + f->used)) return true;
    for (const Frag *f = r->messages; f; f = f->next)
        if (any_within(image, f->data, f->data + f->used)) return true;
    uint32_t n = r->saved_live < BRC_REG_ARGS ? r->saved_live : BRC_REG_ARGS;
    if (any_within(image, r->saved_x, r->saved_x + n)) return true;
    return r->saved_live > BRC_REG_ARGS &&
           any_within(image, r->saved_more, r->saved_more + (r->saved_live - BRC_REG_ARGS));
}

static Term answer(Proc *p, Term from, Term module) {
    (void)from;
    const Image *old = brc_interp_old(module);
    if (!p || !old) return AM(false);
    if (!uses(p, old)) return AM(false);
    if (p->rest->dirty) return AM(true);
    brc_sched_collect(p, true);
    return term_bool(uses(p, old));
}

static Term answered(Proc *p, Term t) {
    (void)p;
    return t == BRC_NONE ? AM(false) : t;
}

Term brc_bif_erlang_check_process_code_2(Proc *p, Term pid, Term module) {
    if (brc_sig_was_here(pid) && term_is_atom(module)) return AM(false);
    if (!term_is_local_pid(pid) || !term_is_atom(module)) return brc_ctx_badarg(p);
    const Image *old = brc_interp_old(module);
    if (!old) return AM(false);
    if (pid == p->pid) return term_bool(uses(p, old));
    return brc_sig_ask(p, pid, answer, module, answered, 2);
}
