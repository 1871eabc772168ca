/* slice.c: how a process goes on with long work, turn by turn. */
#include "code/slice.h"
#include "code/enter.h"
#include "code/raise.h"
#include "ctx/fail.h"
#include "ctx/opts.h"

/* The work is done: where the process goes on. */
static Code *finish(Proc *p, Slice *s, Term result) {
    const Term *args = brc_ctx_slice_args(s);
    if (result != BRC_NONE) {
        p->x[0] = result;
    } else {
        for (unsigned i = 0; i < BRC_SLICE_ARGS; i++)
            if (p->fail == BRC_FAIL_RAISE) p->x[i] = args[i];
        brc_ctx_slice_noted(s, &p->fbif, &p->loc);
    }
    brc_ctx_slice_end(s);
    p->reds = brc_heap_opts(p)->reds_kept = 0; /* the turn ends here: signals have waited */
    return result != BRC_NONE ? (Code *)(p->sp[0] - BRC_TAG_RETURN) : brc_code_bif_fail;
}

/* x0: the Slice, aligned and so no term to the collector. */
static CODE_FN(slice_again) {
    CODE_OUT();
    (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    Term result;
    if (brc_ctx_slice_go_on((Slice *)x0, &result)) CODE_GO(finish(p, (Slice *)x0, result));
    p->x[0] = x0;
    p->reds = 0;
    p->resume = slice_again;
    p->live = 1;
}

static CODE_FN(slice_pause) {
    CODE_OUT();
    (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    brc_ctx_slice_note((Slice *)x0, p->fbif, p->loc);
    p->x[0] = x0;
    p->reds = 0;
    p->resume = slice_again;
    p->live = 1;
}

static Term begin(Proc *p, SliceWork *work, const Term *args, unsigned n) {
    Slice *s;
    Term result = brc_ctx_slice_begin(p, work, args, n, &s);
    if (s == NULL) return result;
    p->x[0] = (Term)s;
    return brc_ctx_trap(p, slice_pause, 1);
}

Term brc_code_slice1(Proc *p, SliceWork *work, Term a) {
    return begin(p, work, (Term[]){a}, 1);
}
Term brc_code_slice2(Proc *p, SliceWork *work, Term a, Term b) {
    return begin(p, work, (Term[]){a, b}, 2);
}
Term brc_code_slice3(Proc *p, SliceWork *work, Term a, Term b, Term c) {
    return begin(p, work, (Term[]){a, b, c}, 3);
}
