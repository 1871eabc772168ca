/* ms_run.c: running a match specification's program. */
#include "ets/ms.h"
#include "abi/bif.h"
#include "ctx/fail.h"
#include "heap/heap.h"
#include "term/map.h"
#include <stdlib.h>

void brc_ets_ms_begin(MsRun *r, Proc *p, const Ms *ms) {
    r->p = p;
    r->ms = ms;
    r->obj = NULL;
    r->caller = NULL;
    r->form = NULL;
    r->message = BRC_NONE;
    r->flags = 0;
    r->slots = ms->slot_count <= sizeof r->few / sizeof r->few[0]
                   ? r->few
                   : malloc(ms->slot_count * sizeof *r->slots);
    for (uint32_t i = 0; i < ms->const_count; i++)
        r->slots[i] = ms->consts[i];
}

void brc_ets_ms_end(MsRun *r) {
    if (r->slots != r->few) free(r->slots);
}

/* Does t lie where it may go away: in the table or in the program? */
static inline bool is_foreign(const MsRun *r, Term t) {
    if (!term_is_pointer(t)) return false;
    if (r->obj && t - (Term)r->obj->data < r->obj->words * sizeof(Term)) return true;
    return r->ms->terms && t - (Term)r->ms->terms < r->ms->words * sizeof(Term);
}

/* t as part of what is built. */
static Term out(const MsRun *r, Term t) {
    if (!is_foreign(r, t)) return t;
    if (r->obj && t == obj_tuple(r->obj)) return brc_ets_obj_out(r->p, r->obj);
    return brc_heap_copy_to_proc(r->p, t);
}

static Term call(MsRun *r, const MsFunction *f, const uint32_t *args) {
    const Term *s = r->slots;
    Proc *p = r->p;
    if (f->fn == NULL) return f->value;
    if (f->name == AM(set_tcw) && !r->form)
        return brc_ets_ms_get_tcw(p); /* a test changes nothing */
    if (f->name == AM(binary_part)) { /* the part refers to the whole */
        Term whole = out(r, s[args[0]]);
        if (f->arity == 2) return ((Term(*)(Proc *, Term, Term))f->fn)(p, whole, s[args[1]]);
        return ((Term(*)(Proc *, Term, Term, Term))f->fn)(p, whole, s[args[1]], s[args[2]]);
    }
    switch (f->arity) {
    case 0: return ((Term(*)(Proc *))f->fn)(p);
    case 1: return ((Term(*)(Proc *, Term))f->fn)(p, s[args[0]]);
    case 2: return ((Term(*)(Proc *, Term, Term))f->fn)(p, s[args[0]], s[args[1]]);
    default:
        return ((Term(*)(Proc *, Term, Term, Term))f->fn)(p, s[args[0]], s[args[1]], s[args[2]]);
    }
}

/* What is usual, of small integers; else BRC_NONE. */
static inline Term quick(const Term *s, const MsFunction *f, const uint32_t *args) {
    if (f->arity != 2) return BRC_NONE;
    Term a = s[args[0]], b = s[args[1]], sum;
    if (((a | b) & BRC_TAG_MASK) != 0) return BRC_NONE;
    switch (f->name) {
    case AM(lt): return term_bool((STerm)a < (STerm)b);
    case AM(le): return term_bool((STerm)a <= (STerm)b);
    case AM(gt): return term_bool((STerm)a > (STerm)b);
    case AM(ge): return term_bool((STerm)a >= (STerm)b);
    case AM(eq):
    case AM(eq_exact): return term_bool(a == b);
    case AM(ne):
    case AM(ne_exact): return term_bool(a != b);
    case AM(plus):
        return __builtin_add_overflow((STerm)a, (STerm)b, (STerm *)&sum) ? BRC_NONE : sum;
    case AM(minus):
        return __builtin_sub_overflow((STerm)a, (STerm)b, (STerm *)&sum) ? BRC_NONE : sum;
    default: return BRC_NONE;
    }
}

/* All booleans: their conjunction (or disjunction), else BRC_NONE. */
static Term junction(const MsRun *r, const uint32_t *args, size_t n, Term decisive) {
    Term value = decisive == AM(false) ? AM(true) : AM(false);
    for (size_t i = 0; i < n; i++) {
        Term t = r->slots[args[i]];
        if (t == decisive)
            value = t;
        else if (t != AM(true) && t != AM(false))
            return BRC_NONE;
    }
    return value;
}

static Term new_tuple(const MsRun *r, const uint32_t *args, size_t n) {
    Term few[32], *parts = n <= 32 ? few : malloc(n * sizeof *parts);
    for (size_t i = 0; i < n; i++)
        parts[i] = out(r, r->slots[args[i]]);
    Term *at = brc_ctx_alloc(r->p, n + 1);
    memcpy(at + 1, parts, n * sizeof *parts);
    if (parts != few) free(parts);
    return term_tuple_begin(at, n);
}

static Term new_map(const MsRun *r, const uint32_t *args, size_t pairs) {
    Term few[32], *parts = 2 * pairs <= 32 ? few : malloc(2 * pairs * sizeof *parts);
    for (size_t i = 0; i < 2 * pairs; i++)
        parts[i] = out(r, r->slots[args[i]]);
    Term m = brc_term_map_from_pairs(r->p, parts, pairs);
    if (parts != few) free(parts);
    return m;
}

static Term new_list(const MsRun *r, const uint32_t *args, size_t n) {
    Term l = BRC_NIL;
    while (n-- > 0) {
        Term head = out(r, r->slots[args[n]]);
        l = term_cons(brc_ctx_alloc(r->p, 2), head, l);
    }
    return l;
}

static bool same_float(Term t, Term f) {
    return term_is_float(t) && term_box(t)[1] == term_box(f)[1];
}

static Term form(MsRun *r, const MsOp *op) {
    Term args[3];
    unsigned n = op->b >> 8;
    for (unsigned i = 0; i < n; i++)
        args[i] = r->slots[r->ms->args[op->a + i]];
    return brc_ets_ms_form(r, op->b & 255, args, n);
}

/* The slot whose value is the answer, or -1: no match. */
static int64_t run_clause(MsRun *r, const MsClause *clause) {
    const Ms *ms = r->ms;
    Term *s = r->slots, t, value;
    for (const MsOp *op = ms->ops + clause->first;; op++) {
        switch ((MsKind)op->kind) {
        case MS_TUPLE:
            if (!term_is_tuple_of(s[op->a], op->b)) return -1;
            continue;
        case MS_ELEMENT: s[op->d] = term_tuple_elements(s[op->a])[op->b]; continue;
        case MS_CONS:
            t = s[op->a];
            if (!term_is_cons(t)) return -1;
            s[op->d] = term_head(t);
            s[op->d + 1] = term_tail(t);
            continue;
        case MS_MAP:
            if (!term_is_map(s[op->a])) return -1;
            continue;
        case MS_GET:
            t = brc_term_map_get(s[op->a], s[op->b]);
            if (t == BRC_NONE) return -1;
            s[op->d] = t;
            continue;
        case MS_SAME:
            if (!ets_same(s[op->a], s[op->b])) return -1;
            continue;
        case MS_FLOAT:
            if (!same_float(s[op->a], s[op->b])) return -1;
            continue;
        case MS_IS:
            if (s[op->a] != s[op->b]) return -1;
            continue;
        case MS_GUARD:
            if (s[op->a] != AM(true)) return -1;
            continue;
        case MS_CALL:
            value = quick(s, &brc_ets_ms_functions[op->a], ms->args + op->b);
            if (value == BRC_NONE) value = call(r, &brc_ets_ms_functions[op->a], ms->args + op->b);
            break;
        case MS_AND: value = junction(r, ms->args + op->a, op->b, AM(false)); break;
        case MS_OR: value = junction(r, ms->args + op->a, op->b, AM(true)); break;
        case MS_ANDALSO:
        case MS_ORELSE: {
            Term on = op->kind == MS_ANDALSO ? AM(true) : AM(false);
            t = s[op->a];
            if (t == on) continue;
            bool decided = t == AM(true) || t == AM(false);
            if (!decided && !op->in_body) return -1;
            s[op->d] = decided ? t : AM(EXIT);
            op = ms->ops + op->b - 1;
            continue;
        }
        case MS_MOVE: s[op->d] = s[op->a]; continue;
        case MS_LIST: {
            Term head = out(r, s[op->a]), tail = out(r, s[op->b]);
            s[op->d] = term_cons(brc_ctx_alloc(r->p, 2), head, tail);
            continue;
        }
        case MS_NEW_TUPLE: s[op->d] = new_tuple(r, ms->args + op->a, op->b); continue;
        case MS_NEW_MAP: s[op->d] = new_map(r, ms->args + op->a, op->b); continue;
        case MS_BOUND: s[op->d] = new_list(r, ms->args + op->a, op->b); continue;
        case MS_MESSAGE: r->message = out(r, s[op->a]); continue;
        case MS_FLAG: r->flags |= op->b; continue;
        case MS_DISPLAY: brc_bif_erlang_display_1(r->p, s[op->a]); continue;
        case MS_FORM: s[op->d] = form(r, op); continue;
        case MS_END: return op->a;
        }
        if (value == BRC_NONE) {
            r->p->fail = BRC_FAIL_NO;
            if (!op->in_body) return -1;
            value = AM(EXIT);
        }
        s[op->d] = value;
    }
}

static Term answer(MsRun *r, Term subject) {
    const Ms *ms = r->ms;
    for (uint32_t i = 0; i < ms->clause_count; i++) {
        r->slots[ms->const_count] = subject;
        int64_t slot = run_clause(r, &ms->clauses[i]);
        if (slot >= 0) return r->slots[slot];
    }
    return BRC_NONE;
}

Term brc_ets_ms_run(MsRun *r, Term subject) {
    r->obj = NULL;
    Term t = answer(r, subject);
    return t == BRC_NONE ? t : out(r, t);
}

Term brc_ets_ms_test(MsRun *r, const EtsObj *o) {
    r->obj = o;
    return answer(r, obj_tuple(o));
}

Term brc_ets_ms_object(MsRun *r, const EtsObj *o) {
    r->obj = o;
    Term t = answer(r, obj_tuple(o));
    return t == BRC_NONE ? t : out(r, t);
}
