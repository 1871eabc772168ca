/* data.c: maps for the interpreter, and calls of C functions whose number of arguments is known
 * only to their descriptor. p->hp is stored. */
#include "interp/data.h"
#include "term/map.h"

enum { PAIRS_AT_ONCE = 32 };

Term brc_interp_put_map(Proc *p, Term map, const Word *at, size_t n, bool exact,
                        const uintptr_t bases[3]) {
    Term pairs[2 * PAIRS_AT_ONCE];
    do {
        size_t some = n < 2 * PAIRS_AT_ONCE ? n : 2 * PAIRS_AT_ONCE;
        for (size_t i = 0; i < some; i++)
            pairs[i] = *word_place(bases, at[i]);
        map = brc_term_map_put_pairs(p, map, pairs, some / 2, exact);
        at += some, n -= some;
    } while (n > 0 && map != BRC_NONE);
    return map;
}

typedef Term Bif0(Proc *);
typedef Term Bif1(Proc *, Term);
typedef Term Bif2(Proc *, Term, Term);
typedef Term Bif3(Proc *, Term, Term, Term);
typedef Term Bif4(Proc *, Term, Term, Term, Term);
typedef Term Bif5(Proc *, Term, Term, Term, Term, Term);
typedef Term Bif6(Proc *, Term, Term, Term, Term, Term, Term);
typedef Term Bif7(Proc *, Term, Term, Term, Term, Term, Term, Term);
typedef Term Bif8(Proc *, Term, Term, Term, Term, Term, Term, Term, Term);

Term brc_interp_bif(Proc *p, const Bif *b, const Term *x) {
    void *fn = b->fn;
    switch (b->arity) {
    case 0: return ((Bif0 *)fn)(p);
    case 1: return ((Bif1 *)fn)(p, x[0]);
    case 2: return ((Bif2 *)fn)(p, x[0], x[1]);
    case 3: return ((Bif3 *)fn)(p, x[0], x[1], x[2]);
    case 4: return ((Bif4 *)fn)(p, x[0], x[1], x[2], x[3]);
    case 5: return ((Bif5 *)fn)(p, x[0], x[1], x[2], x[3], x[4]);
    case 6: return ((Bif6 *)fn)(p, x[0], x[1], x[2], x[3], x[4], x[5]);
    case 7: return ((Bif7 *)fn)(p, x[0], x[1], x[2], x[3], x[4], x[5], x[6]);
    default: return ((Bif8 *)fn)(p, x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]);
    }
}
