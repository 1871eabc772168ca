/* atom.c: from an atom to its text and back. Three tables, asked in this order:
 *
 *   1. the atoms of atom.def, by their index;
 *   2. the program's own, sorted by term. Terms are hashes, spread evenly, so a guess by
 *      proportion lands close by;
 *   3. those made at run time: an open hash table from term to entry. Readers take no lock; a
 * writer holds `lock`, and a full table is replaced by a larger one (the old stays, for readers).
 *
 * An atom's term is the hash of its text, or, where another atom has it, the next value that is
 * free: one and the same search from the hash upwards finds an atom or the place for it. A small
 * cache per thread stands before all of this, since comparing and hashing ask often. */
#include "term/atom.h"
#include "abi/atomhash.h"
#include "abi/program.h"
#include "base/lock.h"
#include "base/panic.h"
#include <stddef.h>
#include <stdlib.h>

typedef struct Entry {
    Term atom;
    uint32_t len;
    char text[];
} Entry;

typedef struct Table {
    struct Table *before; /* the one that this replaced */
    size_t mask;
    _Atomic(size_t) used; /* the writer's */
    _Atomic(const Entry *) slots[];
} Table;

static BrcLock lock;
static _Atomic(Table *) dynamic; /* released by the writer under lock; pairs with find_dynamic */

/* ---- 1. atom.def ---- */

static const struct Texts {
#define ATOM(name, text) char a_##name[sizeof(text)];
#include "abi/atom.def"
#undef ATOM
} wellknown = {
#define ATOM(name, text) text,
#include "abi/atom.def"
#undef ATOM
};
static const uint16_t wellknown_places[] = {
#define ATOM(name, text) offsetof(struct Texts, a_##name),
#include "abi/atom.def"
#undef ATOM
    sizeof wellknown,
};
_Static_assert(sizeof wellknown <= UINT16_MAX, "the texts of well-known atoms are too long");

static const char *wellknown_text(size_t i, size_t *len) {
    *len = (size_t)wellknown_places[i + 1] - wellknown_places[i] - 1;
    return (const char *)&wellknown + wellknown_places[i];
}

enum { INDEX_SIZE = 4096 };
_Static_assert(BRC_AM_COUNT * 2 <= INDEX_SIZE, "the index of well-known atoms is too small");
static uint16_t wellknown_index[INDEX_SIZE]; /* by hash of the text: place + 1 */
static _Atomic(bool) index_made;             /* release under lock, acquire in find_wellknown */

static void make_index(void) {
    brc_base_lock(&lock);
    if (!atomic_load_explicit(&index_made, memory_order_relaxed)) {
        for (size_t i = 0; i < BRC_AM_COUNT; i++) {
            size_t len;
            const char *text = wellknown_text(i, &len);
            size_t at = (size_t)(brc_atom_hash(text, len) >> 20);
            while (wellknown_index[at % INDEX_SIZE] != 0)
                at++;
            wellknown_index[at % INDEX_SIZE] = (uint16_t)(i + 1);
        }
        atomic_store_explicit(&index_made, true, memory_order_release);
    }
    brc_base_unlock(&lock);
}

static Term find_wellknown(const char *text, size_t len, Term hash) {
    if (!atomic_load_explicit(&index_made, memory_order_acquire)) make_index();
    for (size_t at = (size_t)(hash >> 20);; at++) {
        uint16_t i = wellknown_index[at % INDEX_SIZE];
        if (i == 0) return BRC_NONE;
        size_t its_len;
        const char *its_text = wellknown_text(i - 1u, &its_len);
        if (its_len == len && memcmp(its_text, text, len) == 0) return BRC_ATOM_INDEX(i - 1);
    }
}

/* ---- 2. the program's ---- */

#define NOWHERE SIZE_MAX

static size_t find_static(Term atom) {
    const Term *a = brc_program.atoms;
    size_t low = 0, high = brc_program.atom_count;
    Term below = 0, above = ~(Term)0;
    for (int guesses = 0; low < high; guesses++) {
        size_t mid = low + (high - low) / 2;
        if (guesses < 4) {
            unsigned __int128 share = (unsigned __int128)(atom - below) * (high - low);
            mid = low + (size_t)(share / (above - below + (above - below == 0)));
            if (mid >= high) mid = high - 1;
        }
        if (a[mid] == atom) return mid;
        if (a[mid] < atom) {
            low = mid + 1;
            below = a[mid];
        } else {
            high = mid;
            above = a[mid];
        }
    }
    return NOWHERE;
}

/* ---- 3. made at run time ---- */

static const Entry *find_dynamic(Term atom) {
    Table *t = atomic_load_explicit(&dynamic, memory_order_acquire);
    if (!t) return NULL;
    for (size_t at = (size_t)(atom >> 4);; at++) {
        /* pairs with the release in add_dynamic */
        const Entry *e = atomic_load_explicit(&t->slots[at & t->mask], memory_order_acquire);
        if (!e || e->atom == atom) return e;
    }
}

static void put_entry(Table *t, const Entry *e) {
    size_t at = (size_t)(e->atom >> 4);
    while (atomic_load_explicit(&t->slots[at & t->mask], memory_order_relaxed))
        at++;
    atomic_store_explicit(&t->slots[at & t->mask], e, memory_order_release);
    t->used++;
}

static Table *grow_locked(Table *old) {
    size_t size = old ? (old->mask + 1) * 2 : 256;
    Table *t = calloc(1, sizeof *t + size * sizeof t->slots[0]);
    if (!t) brc_base_panic("out of memory for atoms");
    t->before = old;
    t->mask = size - 1;
    for (size_t i = 0; old && i <= old->mask; i++) {
        const Entry *e = atomic_load_explicit(&old->slots[i], memory_order_relaxed);
        if (e) put_entry(t, e);
    }
    atomic_store_explicit(&dynamic, t, memory_order_release);
    return t;
}

size_t brc_term_atom_limit = 1048576;

static void add_dynamic_locked(Term atom, const char *text, size_t len) {
    Table *t = atomic_load_explicit(&dynamic, memory_order_relaxed);
    if (brc_term_atom_count() >= brc_term_atom_limit)
        brc_base_exhausted("no more index entries in atom_tab (max=%zu)", brc_term_atom_limit);
    if (!t || t->used * 2 > t->mask) t = grow_locked(t);
    Entry *e = malloc(sizeof *e + len + 1);
    if (!e) brc_base_panic("out of memory for an atom");
    e->atom = atom;
    e->len = (uint32_t)len;
    memcpy(e->text, text, len);
    e->text[len] = 0;
    put_entry(t, e);
}

/* ---- together ---- */

typedef struct Cached {
    Term atom;
    const char *text;
    size_t len;
} Cached;

enum { CACHE_SIZE = 128 };
static _Thread_local Cached cache[CACHE_SIZE];

static bool find_text(Term atom, Cached *out) {
    size_t i = find_static(atom);
    if (i != NOWHERE) {
        const uint32_t *places = brc_program.atom_places + i;
        *out = (Cached){atom, brc_program.atom_texts + places[0], places[1] - places[0] - 1};
        return true;
    }
    const Entry *e = find_dynamic(atom);
    if (e) *out = (Cached){atom, e->text, e->len};
    return e != NULL;
}

const char *brc_term_atom_text(Term atom, size_t *len) {
    if (atom >> 4 < BRC_AM_COUNT) return wellknown_text(atom >> 4, len);
    Cached *c = &cache[(atom >> 4) % CACHE_SIZE];
    if (c->atom != atom && !find_text(atom, c))
        brc_base_panic("no text for the atom %#llx", (unsigned long long)atom);
    *len = c->len;
    return c->text;
}

const char *brc_term_atom_text_if_any(Term atom, size_t *len) {
    Cached c;
    if (atom >> 4 < BRC_AM_COUNT) return brc_term_atom_text(atom, len);
    if (!find_text(atom, &c)) return NULL;
    *len = c.len;
    return c.text;
}

/* The atom of this text; *next is where the search ended: the value a new one would take. */
static Term find_atom(const char *text, size_t len, Term *next) {
    Term atom = brc_atom_hash(text, len);
    Term known = find_wellknown(text, len, atom);
    if (known != BRC_NONE) return known;
    for (Cached c; find_text(atom, &c); atom += 1 << 4) {
        if (c.len == len && memcmp(c.text, text, len) == 0) return atom;
    }
    *next = atom;
    return BRC_NONE;
}

Term brc_term_atom_existing(const char *utf8, size_t len) {
    Term next;
    return find_atom(utf8, len, &next);
}

Term brc_term_atom_intern(const char *utf8, size_t len) {
    Term next, atom = find_atom(utf8, len, &next);
    if (atom != BRC_NONE) return atom;
    brc_base_lock(&lock);
    atom = find_atom(utf8, len, &next); /* another thread may have been first */
    if (atom == BRC_NONE) {
        atom = next;
        add_dynamic_locked(atom, utf8, len);
    }
    brc_base_unlock(&lock);
    return atom;
}

size_t brc_term_atom_count(void) {
    Table *t = atomic_load_explicit(&dynamic, memory_order_acquire);
    return BRC_AM_COUNT + brc_program.atom_count + (t ? t->used : 0);
}

int brc_term_atom_compare(Term a, Term b) {
    if (a == b) return 0;
    size_t an, bn;
    const char *x = brc_term_atom_text(a, &an), *y = brc_term_atom_text(b, &bn);
    int c = memcmp(x, y, an < bn ? an : bn);
    return c ? (c > 0) - (c < 0) : (an > bn) - (an < bn);
}
