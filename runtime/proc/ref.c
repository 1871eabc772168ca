/* ref.c: plain references, and the one-word key by which tables hold them: the counter that the
 * three words of the identifier were cut from (ctx/magic.c). */
#include "proc/proc.h"
#include "ctx/magic.h"

Term brc_proc_ref_new(Term *at, uint64_t *key) {
    at[0] = BRC_HEADER(BRC_REF, 3);
    brc_ctx_ref_id(at + 1);
    Term ref = term_make_boxed(at);
    if (key) *key = brc_proc_ref_key(ref);
    return ref;
}

Term brc_proc_ref_from_key(Term *at, uint64_t key) {
    at[0] = BRC_HEADER(BRC_REF, 3);
    at[1] = key & 0x3FFFF;
    at[2] = key >> 18 & 0xFFFFFFFF;
    at[3] = key >> 50;
    return term_make_boxed(at);
}

uint64_t brc_proc_ref_key(Term ref) {
    if (!term_is_kind(ref, BRC_REF)) return 0;
    const Term *at = term_box(ref);
    return at[1] | at[2] << 18 | at[3] << 50;
}
