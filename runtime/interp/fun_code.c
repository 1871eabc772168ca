/* fun_code.c: the Code of interpreted funs. A fun's caller jumps to its entry's code with the fun
 * in X[arity] and nothing that tells the arity: so there is one Code for each arity. */
#include "code/arities.h"
#include "code/enter.h"
#include "interp/run.h"
#include "term/term.h"

/* X registers are stored; the fun lies behind its n arguments, and its free variables take its
 * place. Gives the address of its body. */
static Term unpack(Proc *p, unsigned n) {
    const Term *fun = term_box(p->x[n]);
    const ImageFun *f = (const ImageFun *)fun[1];
    for (uint32_t i = 0; i < f->entry.nfree; i++)
        p->x[n + i] = fun[i + 2];
    return f->code;
}

#define ENTER(n)                                                                                   \
    static CODE_FN(enter_##n) {                                                                    \
        CODE_SAVE_X();                                                                             \
        Term code = unpack(p, 0x##n);                                                              \
        CODE_JUMP(brc_interp_run, code, x1, x2, x3, x4, x5);                                       \
    }
#define NAME(n) enter_##n,
CODE_ARITIES(ENTER)
Code *const brc_interp_fun_code[BRC_MAX_ARITY + 1] = {CODE_ARITIES(NAME)};
