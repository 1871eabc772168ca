/* test_print.c: the text of identifiers, funs and odd terms; all else is compared with Erlang's own
 * in test_against_erl.c. */
#include <criterion/criterion.h>
#include "support/fakeproc.h"
#include "term/atom.h"
#include "term/print.h"

static void expect(Term t, const char *text) {
    size_t len;
    char *found = brc_term_print_alloc(t, &len);
    cr_expect_str_eq(found, text);
    cr_expect_eq(len, strlen(text));
    free(found);
}

Test(print, identifiers_and_funs) {
    Proc *p = fake_proc_new(256);
    expect(((Term)3 << 28 | 85) << 6 | BRC_TAG_PID, "<0.85.3>");
    expect((Term)6 << 6 | BRC_TAG_PORT, "#Port<0.6>");
    Term *at = brc_ctx_alloc(p, 4);
    at[0] = BRC_HEADER(BRC_REF, 3);
    at[1] = 30, at[2] = 4000000000, at[3] = 17;
    expect(term_make_boxed(at), "#Ref<0.17.4000000000.30>");
    static FunEntry local = {.module = AM(erl_erts_errors),
                             .index = 1,
                             .old_uniq = 123456789,
                             .old_index = BRC_SMALL(7)};
    at = brc_ctx_alloc(p, 2);
    at[0] = BRC_HEADER(BRC_FUN, 1), at[1] = (Term)&local;
    expect(term_make_boxed(at), "#Fun<erl_erts_errors.7.123456789>");
    static FunEntry named = {
        .module = AM(erlang), .name = AM(nonode_nohost), .arity = 2, .index = -1};
    at = brc_ctx_alloc(p, 2);
    at[0] = BRC_HEADER(BRC_FUN, 1), at[1] = (Term)&named;
    expect(term_make_boxed(at), "fun erlang:'nonode@nohost'/2");
    expect(BRC_NONE, "<TNV>");
    fake_proc_free(p);
}
