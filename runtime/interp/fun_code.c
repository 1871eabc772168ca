/* fun_code.c: the Code of interpreted funs. A fun's caller jumps to its entry's code with the fun
 * in X[arity] and nothing that tells the arity: so there is one Code for each arity. */
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
/* clang-format off */
#define SIXTEEN(of, h)                                                                             \
    of(h##0) of(h##1) of(h##2) of(h##3) of(h##4) of(h##5) of(h##6) of(h##7) of(h##8) of(h##9)      \
        of(h##a) of(h##b) of(h##c) of(h##d) of(h##e) of(h##f)
#define ALL(of)                                                                                    \
    SIXTEEN(of, 0)                                                                                 \
    SIXTEEN(of, 1)                                                                                 \
    SIXTEEN(of, 2)                                                                                 \
    SIXTEEN(of, 3)                                                                                 \
    SIXTEEN(of, 4) SIXTEEN(of, 5) SIXTEEN(of, 6) SIXTEEN(of, 7) SIXTEEN(of, 8) SIXTEEN(of, 9)      \
        SIXTEEN(of, a) SIXTEEN(of, b) SIXTEEN(of, c) SIXTEEN(of, d) SIXTEEN(of, e) SIXTEEN(of, f)
/* clang-format on */
ALL(ENTER)
Code *const brc_interp_fun_code[BRC_MAX_ARITY + 1] = {ALL(NAME)};
