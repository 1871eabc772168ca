/* bif_ddll.c: there are no linked-in drivers: loading one fails as on erl where the file is not
 * one. */
#include "abi/bif.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/term.h"

enum { NOT_LOADED = -10 };

Term brc_bif_erl_ddll_try_load_3(Proc *p, Term path, Term name, Term options) {
    (void)path, (void)name;
    if (!term_is_list(options)) return brc_ctx_badarg(p);
    Term *at = brc_ctx_alloc(p, 6);
    Term why = term_tuple2(at, AM(open_error), BRC_SMALL(NOT_LOADED));
    return term_tuple2(at + 3, AM(error), why);
}
