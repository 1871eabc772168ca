/* modules.c: what is loaded: modules by name, functions by name. Both tables only grow; readers of
 * a function's code need no lock, as entries never move.
 *
 * A new version's functions take the old one's place one after another, so that a call that is made
 * meanwhile finds one or the other. */
#include "base/lock.h"
#include "base/panic.h"
#include "interp/found.h"
#include "interp/load.h"
#include "nif/nif.h"
#include <stdlib.h>

typedef struct Module {
    Term name;
    const Image *current, *old;
    Entry *entries; /* linked by next */
    bool was_loaded;
} Module;

static struct {
    BrcLock lock; /* guards all below but Entry.code */
    Module **modules;
    size_t module_count, module_room;
    size_t entry_count;
} table;

typedef struct EntryTable { /* open addressing */
    size_t room;            /* a power of two */
    _Atomic(Entry *) slots[];
} EntryTable;
/* Written under the lock, released when it is complete; pairs with the acquire in brc_interp_find.
 */
static _Atomic(EntryTable *) entry_table;

/* ---- modules ---- */

static Module **module_slot_locked(Term name) {
    for (size_t at = (size_t)(name >> 4) * 0x9e3779b1u;; at++) {
        Module **slot = &table.modules[at & (table.module_room - 1)];
        if (!*slot || (*slot)->name == name) return slot;
    }
}

static void *zeroed(size_t count, size_t size) {
    void *at = calloc(count, size);
    if (!at) brc_base_panic("out of memory (tables of loaded code)");
    return at;
}

static void grow_modules_locked(void) {
    Module **old = table.modules;
    size_t room = table.module_room;
    table.module_room = room ? room * 2 : 64;
    table.modules = zeroed(table.module_room, sizeof *table.modules);
    for (size_t i = 0; i < room; i++)
        if (old[i]) *module_slot_locked(old[i]->name) = old[i];
    free(old);
}

static Module *module_locked(Term name) {
    if (table.module_count * 2 >= table.module_room) grow_modules_locked();
    Module **slot = module_slot_locked(name);
    if (!*slot) {
        *slot = zeroed(1, sizeof **slot);
        (*slot)->name = name;
        table.module_count++;
    }
    return *slot;
}

/* ---- functions ---- */

/* Where it is or belongs. Any thread: slots are filled once, by a release. */
static _Atomic(Entry *) *entry_slot(EntryTable *t, Term module, Term name, uint32_t arity) {
    uint64_t h = (module ^ (name << 9 | name >> 55)) * UINT64_C(0x9e3779b97f4a7c15) + arity;
    for (size_t at = (size_t)(h ^ h >> 29);; at++) {
        _Atomic(Entry *) *slot = &t->slots[at & (t->room - 1)];
        Entry *e = atomic_load_explicit(slot, memory_order_acquire);
        if (!e || (e->module == module && e->name == name && e->arity == arity)) return slot;
    }
}

static EntryTable *grown_locked(EntryTable *old) {
    size_t room = old ? old->room * 2 : 256;
    EntryTable *t = zeroed(1, sizeof *t + room * sizeof *t->slots);
    t->room = room;
    for (size_t i = 0; old && i < old->room; i++) {
        Entry *e = atomic_load_explicit(&old->slots[i], memory_order_relaxed);
        if (e)
            atomic_store_explicit(entry_slot(t, e->module, e->name, e->arity), e,
                                  memory_order_relaxed);
    }
    atomic_store_explicit(&entry_table, t, memory_order_release);
    return t;
}

static Entry *entry_locked(Term module, Term name, uint32_t arity) {
    EntryTable *t = atomic_load_explicit(&entry_table, memory_order_relaxed);
    if (!t || table.entry_count * 2 >= t->room) t = grown_locked(t);
    _Atomic(Entry *) *slot = entry_slot(t, module, name, arity);
    Entry *e = atomic_load_explicit(slot, memory_order_relaxed);
    if (e) return e;
    Module *m = module_locked(module);
    e = brc_interp_lasting(sizeof *e);
    e->module = module;
    e->name = name;
    e->arity = arity;
    e->own = (FnPlace)BRC_FN_PLACE(module, name, arity, 0);
    e->next = m->entries;
    m->entries = e;
    atomic_store_explicit(slot, e, memory_order_release);
    table.entry_count++;
    return e;
}

Entry *brc_interp_entry(Term module, Term name, uint32_t arity) {
    brc_base_lock(&table.lock);
    Entry *e = entry_locked(module, name, arity);
    brc_base_unlock(&table.lock);
    return e;
}

Word brc_interp_find(Term module, Term name, uint32_t arity) {
    EntryTable *t = atomic_load_explicit(&entry_table, memory_order_acquire);
    Entry *e =
        t ? atomic_load_explicit(entry_slot(t, module, name, arity), memory_order_acquire) : NULL;
    return e ? atomic_load_explicit(&e->code, memory_order_acquire) : 0;
}

/* ---- versions ---- */

static const Image *version(Term module, bool old) {
    const Image *image = NULL;
    brc_base_lock(&table.lock);
    if (table.module_room) {
        Module *m = *module_slot_locked(module);
        if (m) image = old ? m->old : m->current;
    }
    brc_base_unlock(&table.lock);
    return image;
}

const Image *brc_interp_current(Term module) {
    return version(module, false);
}
const Image *brc_interp_old(Term module) {
    return version(module, true);
}

static Word exported(const Image *image, const Entry *e) {
    for (size_t i = 0; image && i < image->export_count; i++)
        if (image->exports[i].name == e->name && image->exports[i].arity == e->arity)
            return image->exports[i].code;
    return 0;
}

/* image: the new current version, or NULL. */
static bool replace_locked(Term module, const Image *image) {
    Module *m = module_locked(module);
    if (m->current && m->old) return false;
    for (size_t i = 0; image && i < image->export_count; i++)
        entry_locked(module, image->exports[i].name, image->exports[i].arity);
    for (Entry *e = m->entries; e; e = e->next)
        atomic_store_explicit(&e->code, exported(image, e), memory_order_release);
    if (m->current) m->old = m->current;
    m->current = image;
    m->was_loaded = true;
    return true;
}

static bool replace(Term module, const Image *image) {
    brc_base_lock(&table.lock);
    bool done = replace_locked(module, image);
    brc_base_unlock(&table.lock);
    return done;
}

bool brc_interp_was_loaded(Term module) {
    brc_base_lock(&table.lock);
    bool was = module_locked(module)->was_loaded;
    brc_base_unlock(&table.lock);
    return was;
}

/* ---- NIFs ---- */

static NativeModule *natives; /* of all images that have some; under the table's lock */

void brc_interp_note_natives(Image *image) {
    if (!image->natives.rows) return;
    brc_base_lock(&table.lock);
    image->natives.next = natives;
    natives = &image->natives;
    brc_base_unlock(&table.lock);
}

NativeModule *brc_interp_natives_of(const FnInfo *fn) {
    brc_base_lock(&table.lock);
    NativeModule *m = natives;
    while (m && (const void *)fn->files != m->files)
        m = m->next;
    brc_base_unlock(&table.lock);
    return m;
}

static bool is_in(Term list, Term name) {
    for (; term_is_cons(list); list = term_tail(list))
        if (term_head(list) == name) return true;
    return false;
}

Term brc_interp_taints(Proc *p, Term list) {
    brc_base_lock(&table.lock);
    for (const NativeModule *m = natives; m; m = m->next)
        if (m->tainted && !is_in(list, m->name))
            list = term_cons(brc_ctx_alloc(p, 2), m->name, list);
    brc_base_unlock(&table.lock);
    return list;
}

struct NifLibrary *brc_interp_older_library(const NativeModule *m) {
    const Image *current = brc_interp_current(m->name), *old = brc_interp_old(m->name);
    if (current && &current->natives != m) return current->natives.library;
    return old && &old->natives != m ? old->natives.library : NULL;
}

bool brc_interp_commit(Image *image) {
    return replace(image->module, image);
}
bool brc_interp_delete(Term module) {
    return replace(module, NULL);
}

bool brc_interp_purge(Term module) {
    brc_base_lock(&table.lock);
    Module *m = module_locked(module);
    const Image *old = m->old;
    m->old = NULL;
    brc_base_unlock(&table.lock);
    if (old) brc_nif_purge((NativeModule *)(uintptr_t)&old->natives);
    return old != NULL;
}

void brc_interp_each(void (*visit)(Term module, void *arg), void *arg) {
    brc_base_lock(&table.lock);
    for (size_t i = 0; i < table.module_room; i++)
        if (table.modules[i] && table.modules[i]->current) visit(table.modules[i]->name, arg);
    brc_base_unlock(&table.lock);
}
