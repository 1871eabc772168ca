/* content.c: putting objects in, finding them, taking them out, for all kinds of tables.
 *
 * In a fixed hash table a deleted object stays, marked, so that whoever stands on it finds the way
 * on. A new object of its key takes its place where the table is a set. */
#include "ets/table.h"

static EtsObj *object_new(EtsPart *part, Term tuple) {
    EtsObj *o = brc_ets_obj_new(&part->store.arena, tuple);
    if (o->offheap) part->store.offheap++;
    return o;
}

void brc_ets_object_free(EtsPart *part, EtsObj *o) {
    if (o->offheap) part->store.offheap--;
    brc_ets_obj_free(&part->store.arena, o);
}

size_t brc_ets_count(const Ets *t) {
    size_t n = 0;
    for (uint32_t i = 0; i < t->part_count; i++)
        n += part_objects(t, &t->parts[i]);
    return n;
}

static void sweep_some(EtsPart *part) {
    EtsStore *s = &part->store;
    brc_ets_hash_sweep(&s->hash, &s->arena, &s->offheap, 8);
}

void brc_ets_settle(const Ets *t, EtsPart *part) {
    if (!ets_is_hash(t) || ets_is_fixed(t)) return;
    if (part->store.hash.dead)
        sweep_some(part);
    else
        brc_ets_hash_shrink(&part->store.hash);
}

static void came(const EtsAt *at) {
    EtsHash *h = &at->part->store.hash;
    h->count++;
    if (h->count <= h->active || ets_is_fixed(at->t)) return;
    if (h->dead)
        sweep_some(at->part);
    else
        brc_ets_hash_grow(h);
}

/* ---- insertion ---- */
static void put_ordered(const EtsAt *at, Term tuple) {
    EtsStore *s = &at->part->store;
    Term key = term_tuple_elements(tuple)[at->t->keypos], *word;
    EtsObj **slot = brc_ets_tree_slot(&s->tree, key, &word);
    if (slot && brc_ets_obj_rewrite(*slot, tuple)) {
        *word = key;
        return;
    }
    EtsObj *o = object_new(at->part, tuple);
    key = ets_key(at->t, o);
    if (!slot) {
        brc_ets_tree_add(&s->tree, &s->arena, o, key);
        return;
    }
    EtsObj *old = *slot;
    *slot = o;
    *word = key;
    brc_ets_object_free(at->part, old);
}

static void put_set(const EtsAt *at, EtsObj *o, EtsObj **link) {
    EtsObj *old = *link;
    if (!old) {
        o->next = NULL;
        *link = o;
        came(at);
        return;
    }
    bool dead = !obj_live(old);
    o->next = old->next;
    *link = o;
    brc_ets_object_free(at->part, old);
    if (!dead) return;
    at->part->store.hash.dead--;
    at->part->store.hash.count++;
}

static bool same_key_as(const Ets *t, const EtsObj *o, const EtsObj *like) {
    return o->hash == like->hash && ets_same(ets_key(t, o), ets_key(t, like));
}

EtsObj *brc_ets_same_key(const Ets *t, EtsObj *o) {
    if (t->kind == BRC_ETS_SET || t->kind == BRC_ETS_ORDERED) return NULL;
    for (EtsObj *n = o->next; n && same_key_as(t, n, o); n = n->next)
        if (obj_live(n)) return n;
    return NULL;
}

/* Tells most objects apart by their elements' words. */
static bool may_equal(const EtsObj *o, Term tuple) {
    const Term *a = term_box(obj_tuple(o)), *b = term_box(tuple);
    if (a[0] != b[0]) return false;
    for (size_t i = BRC_HEADER_WORDS(b[0]); i > 0; i--)
        if (a[i] != b[i] && !(term_is_pointer(a[i]) && term_is_pointer(b[i]))) return false;
    return true;
}

/* A live object of a bag that equals tuple, among those of its key that start at first. */
static EtsObj *equal_in_bag(const Ets *t, EtsObj *first, Term tuple) {
    EtsObj *o = first;
    do
        if (obj_live(o) && may_equal(o, tuple) && brc_term_eq(obj_tuple(o), tuple)) return o;
    while ((o = o->next) != NULL && same_key_as(t, o, first));
    return NULL;
}

void brc_ets_insert(EtsAt *at, Term tuple) {
    const Ets *t = at->t;
    if (!ets_is_hash(t)) {
        put_ordered(at, tuple);
        return;
    }
    Term key = term_tuple_elements(tuple)[t->keypos];
    EtsObj **link = hash_find(&at->part->store.hash, key, at->hash, t->keypos);
    if (t->kind == BRC_ETS_BAG && *link && equal_in_bag(t, *link, tuple)) return;
    if (t->kind == BRC_ETS_SET && *link && brc_ets_obj_rewrite(*link, tuple)) return;
    EtsObj *o = object_new(at->part, tuple);
    o->hash = at->hash;
    if (t->kind == BRC_ETS_SET) {
        put_set(at, o, link);
        return;
    }
    o->next = *link;
    *link = o;
    came(at);
}

void brc_ets_replace(EtsAt *at, EtsObj *old, Term tuple) {
    if (!ets_is_hash(at->t)) {
        put_ordered(at, tuple);
        return;
    }
    if (brc_ets_obj_rewrite(old, tuple)) return;
    EtsObj *o = object_new(at->part, tuple);
    const EtsHash *h = &at->part->store.hash;
    EtsObj **link = hash_bucket(h, hash_index(h, old->hash));
    while (*link != old)
        link = &(*link)->next;
    o->hash = old->hash;
    o->next = old->next;
    *link = o;
    brc_ets_object_free(at->part, old);
}

/* ---- finding ---- */
EtsObj *brc_ets_lookup(const EtsAt *at, Term key) {
    const EtsStore *s = &at->part->store;
    if (!ets_is_hash(at->t)) return brc_ets_tree_find(&s->tree, key);
    EtsObj *o = *hash_find(&s->hash, key, at->hash, at->t->keypos);
    return !o || obj_live(o) ? o : brc_ets_same_key(at->t, o);
}

/* ---- deletion ---- */
void brc_ets_kill(const Ets *t, EtsPart *part, EtsObj **link, size_t bucket) {
    EtsObj *o = *link;
    EtsHash *h = &part->store.hash;
    h->count--;
    if (ets_is_fixed(t) || h->dead) {
        o->flags |= BRC_OBJ_DELETED;
        brc_ets_hash_mark(h, bucket);
    } else {
        *link = o->next;
        brc_ets_object_free(part, o);
    }
}

/* Kills those of a key, or those of them that equal `tuple`. */
static size_t kill_key(const EtsAt *at, Term key, Term tuple) {
    const Ets *t = at->t;
    EtsHash *h = &at->part->store.hash;
    size_t killed = 0, bucket = hash_index(h, at->hash);
    EtsObj **link = hash_find(h, key, at->hash, t->keypos);
    for (EtsObj *o; (o = *link) != NULL;) {
        if (o->hash != at->hash || !ets_same(ets_key(t, o), key)) break;
        if (obj_live(o) && (tuple == BRC_NONE || brc_term_eq(obj_tuple(o), tuple))) {
            brc_ets_kill(t, at->part, link, bucket);
            killed++;
        }
        if (*link == o) link = &o->next;
    }
    if (killed) brc_ets_settle(t, at->part);
    return killed;
}

size_t brc_ets_delete_key(EtsAt *at, Term key) {
    if (ets_is_hash(at->t)) return kill_key(at, key, BRC_NONE);
    EtsStore *s = &at->part->store;
    EtsObj *o = brc_ets_tree_remove(&s->tree, &s->arena, key);
    if (o) brc_ets_object_free(at->part, o);
    return o != NULL;
}

bool brc_ets_delete_object(EtsAt *at, Term tuple) {
    Term key = term_tuple_elements(tuple)[at->t->keypos];
    if (ets_is_hash(at->t)) return kill_key(at, key, tuple) > 0;
    EtsObj *o = brc_ets_tree_find(&at->part->store.tree, key);
    return o && brc_term_eq(obj_tuple(o), tuple) && brc_ets_delete_key(at, key) > 0;
}

static void clear_fixed(const Ets *t, EtsPart *part) {
    EtsHash *h = &part->store.hash;
    for (size_t i = 0; i < h->active; i++)
        for (EtsObj **link = hash_bucket(h, i), *o; (o = *link) != NULL; link = &o->next)
            if (obj_live(o)) brc_ets_kill(t, part, link, i);
}

void brc_ets_clear(EtsAt *at, EtsLeft *left) {
    const Ets *t = at->t;
    bool hash = ets_is_hash(t);
    left->hash = hash;
    left->count = 0, left->marked = 0;
    for (uint32_t i = 0; i < t->part_count; i++) {
        EtsPart *part = &t->parts[i];
        if (hash && ets_is_fixed(t)) {
            left->marked += part->store.hash.count;
            clear_fixed(t, part);
        } else {
            left->store[left->count++] = part->store;
            brc_ets_store_init(&part->store, hash);
        }
    }
}
