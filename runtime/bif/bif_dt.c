/* bif_dt.c: tags for dynamic tracing, as without such tracing: there are none. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "term/term.h"

Term brc_bif_erlang_dt_put_tag_1(Proc *p, Term tag) {
    (void)tag;
    (void)p;
    return AM(undefined);
}
Term brc_bif_erlang_dt_get_tag_0(Proc *p) {
    (void)p;
    return AM(undefined);
}
Term brc_bif_erlang_dt_get_tag_data_0(Proc *p) {
    (void)p;
    return AM(undefined);
}
Term brc_bif_erlang_dt_prepend_vm_tag_data_1(Proc *p, Term data) {
    (void)p;
    return data;
}
Term brc_bif_erlang_dt_append_vm_tag_data_1(Proc *p, Term data) {
    (void)p;
    return data;
}
Term brc_bif_erlang_dt_spread_tag_1(Proc *p, Term on) {
    if (on != AM(true) && on != AM(false)) return brc_ctx_badarg(p);
    return AM(true);
}
Term brc_bif_erlang_dt_restore_tag_1(Proc *p, Term tag) {
    return tag == AM(true) ? tag : brc_ctx_badarg(p);
}
