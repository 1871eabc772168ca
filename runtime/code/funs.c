/* funs.c: interned entries of external funs made at run time (make_fun/3, terms that came in from
 * outside). Entries live for ever, as they can be named by any term; there are as many as a
 * program names functions.
 *
 * A fun's caller jumps to its entry's code with the fun in X[arity] and nothing that tells the
 * arity, so a fun of a function that is not there has a stub of its arity as its code. */
#include "code/funs.h"
#include "code/arities.h"
#include "code/enter.h"
#include "code/raise.h"
#include "base/lock.h"
#include "base/panic.h"
#include "ctx/alloc.h"
#include <stdlib.h>

/* ---- stubs ---- */

static __attribute__((noinline)) CODE_FN(missing_any) {
    p->loc = NULL;
    CODE_JUMP(brc_code_call_fun, x0, x1, x2, x3, x4, x5);
}

#define STUB(n)                                                                                    \
    static CODE_FN(missing_##n) {                                                                  \
        p->live = 0x##n;                                                                           \
        CODE_JUMP(missing_any, x0, x1, x2, x3, x4, x5);                                            \
    }
#define NAME(n) missing_##n,
CODE_ARITIES(STUB)
static Code *const missing[BRC_MAX_ARITY + 1] = {CODE_ARITIES(NAME)};

/* ---- the table ---- */

static struct {
    BrcLock lock; /* guards all below */
    FunEntry **slots;
    size_t count, room; /* room: a power of two */
} table;

static size_t hash(Term module, Term name, uint32_t arity) {
    uint64_t h = (module ^ (name << 9 | name >> 55)) * UINT64_C(0x9e3779b97f4a7c15) + arity;
    return (size_t)(h ^ h >> 29);
}

static FunEntry **find_locked(Term module, Term name, uint32_t arity) {
    for (size_t at = hash(module, name, arity);; at++) {
        FunEntry **slot = &table.slots[at & (table.room - 1)], *e = *slot;
        if (!e || (e->module == module && e->name == name && e->arity == arity)) return slot;
    }
}

static void grow_locked(void) {
    FunEntry **old = table.slots;
    size_t old_room = table.room;
    table.room = old_room ? old_room * 2 : 64;
    table.slots = calloc(table.room, sizeof *table.slots);
    if (!table.slots) brc_base_panic("out of memory (external funs)");
    for (size_t i = 0; i < old_room; i++)
        if (old[i]) *find_locked(old[i]->module, old[i]->name, old[i]->arity) = old[i];
    free(old);
}

static FunEntry *make_entry(Term module, Term name, uint32_t arity) {
    FunEntry *e = aligned_alloc(16, sizeof *e);
    if (!e) brc_base_panic("out of memory (an external fun)");
    Code *code = brc_code_find_export(module, name, arity);
    *e = (FunEntry){.code = code ? code : missing[arity],
                    .module = module,
                    .name = name,
                    .arity = arity,
                    .index = -1,
                    .old_index = BRC_SMALL(0)};
    return e;
}

const FunEntry *brc_code_external_entry(Term module, Term name, uint32_t arity) {
    BRC_CHECK(arity <= BRC_MAX_ARITY);
    brc_base_lock(&table.lock);
    if (table.count * 2 >= table.room) grow_locked();
    FunEntry **slot = find_locked(module, name, arity);
    if (!*slot) *slot = make_entry(module, name, arity), table.count++;
    const FunEntry *e = *slot;
    brc_base_unlock(&table.lock);
    return e;
}

const FunEntry *brc_code_unknown_entry(const FunEntry *like) {
    BRC_CHECK(like->arity <= BRC_MAX_ARITY);
    FunEntry *e = aligned_alloc(16, sizeof *e);
    if (!e) brc_base_panic("out of memory (a fun of no module)");
    *e = *like;
    e->code = missing[like->arity];
    e->name = BRC_NIL;
    return e;
}

Term brc_code_external_fun(Proc *p, Term module, Term name, uint32_t arity) {
    Term *at = brc_ctx_alloc(p, 2);
    at[0] = BRC_HEADER(BRC_FUN, 1);
    at[1] = (Term)brc_code_external_entry(module, name, arity);
    return term_make_boxed(at);
}
