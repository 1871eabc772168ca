/* content.c: putting objects in, finding them, taking them out, for all kinds of tables.
 *
 * In a fixed hash table a deleted object stays, marked, so that whoever stands on it finds the way
 * on. A new object of its key takes its place where the table is a set. */
#include "ets/table.h"

EtsObj *brc_ets_object_new(Ets *t, Term tuple) {
    EtsObj *o = brc_ets_obj_new(&t->store.arena, tuple);
    if (o->offheap) t->store.offheap++;
    return o;
}

void brc_ets_object_free(Ets *t, EtsObj *o) {
    if (o->offheap) t->store.offheap--;
    brc_ets_obj_free(&t->store.arena, o);
}

void brc_ets_settle(Ets *t) {
    EtsHash *h = &t->store.hash;
    if (!ets_is_hash(t) || ets_is_fixed(t)) return;
    if (h->dead)
        brc_ets_hash_sweep(h, &t->store.arena, &t->store.offheap, 8);
    else
        brc_ets_hash_shrink(h);
}

static void came(Ets *t) {
    EtsHash *h = &t->store.hash;
    h->count++;
    if (h->count <= h->active || ets_is_fixed(t)) return;
    if (h->dead)
        brc_ets_hash_sweep(h, &t->store.arena, &t->store.offheap, 8);
    else
        brc_ets_hash_grow(h);
}

/* ---- insertion ---- */
static void put_ordered(Ets *t, EtsObj *o) {
    Term key = ets_key(t, o), *word;
    EtsObj **slot = brc_ets_tree_slot(&t->store.tree, key, &word);
    if (!slot) {
        brc_ets_tree_add(&t->store.tree, &t->store.arena, o, key);
        return;
    }
    EtsObj *old = *slot;
    *slot = o;
    *word = key;
    brc_ets_object_free(t, old);
}

static void put_set(Ets *t, EtsObj *o, EtsObj **link) {
    EtsObj *old = *link;
    if (!old) {
        o->next = NULL;
        *link = o;
        came(t);
        return;
    }
    bool dead = !obj_live(old);
    o->next = old->next;
    *link = o;
    brc_ets_object_free(t, old);
    if (!dead) return;
    t->store.hash.dead--;
    t->store.hash.count++;
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

/* An equal object of a bag, among those of its key that start at first. */
static EtsObj *equal_in_bag(const Ets *t, EtsObj *first, Term tuple) {
    EtsObj *o = first;
    do
        if (brc_term_eq(obj_tuple(o), tuple)) return o;
    while ((o = o->next) != NULL && same_key_as(t, o, first));
    return NULL;
}

void brc_ets_insert(Ets *t, Term tuple) {
    if (!ets_is_hash(t)) {
        put_ordered(t, brc_ets_object_new(t, tuple));
        return;
    }
    EtsHash *h = &t->store.hash;
    Term key = term_tuple_elements(tuple)[t->keypos];
    uint32_t hash = ets_hash(key);
    EtsObj **link = hash_find(h, key, hash, t->keypos);
    if (t->kind == BRC_ETS_BAG && *link) {
        EtsObj *old = equal_in_bag(t, *link, tuple);
        if (old && obj_live(old)) return;
        if (old) {
            old->flags &= ~(uint32_t)BRC_OBJ_DELETED;
            h->dead--;
            h->count++;
            return;
        }
    }
    EtsObj *o = brc_ets_object_new(t, tuple);
    o->hash = hash;
    if (t->kind == BRC_ETS_SET) {
        put_set(t, o, link);
        return;
    }
    o->next = *link;
    *link = o;
    came(t);
}

void brc_ets_replace(Ets *t, EtsObj *old, Term tuple) {
    EtsObj *o = brc_ets_object_new(t, tuple);
    if (!ets_is_hash(t)) {
        put_ordered(t, o);
        return;
    }
    EtsObj **link = hash_bucket(&t->store.hash, hash_index(&t->store.hash, old->hash));
    while (*link != old)
        link = &(*link)->next;
    o->hash = old->hash;
    o->next = old->next;
    *link = o;
    brc_ets_object_free(t, old);
}

/* ---- finding ---- */
EtsObj *brc_ets_lookup(Ets *t, Term key) {
    if (!ets_is_hash(t)) return brc_ets_tree_find(&t->store.tree, key);
    EtsObj *o = *hash_find(&t->store.hash, key, ets_hash(key), t->keypos);
    return !o || obj_live(o) ? o : brc_ets_same_key(t, o);
}

/* ---- deletion ---- */
void brc_ets_kill(Ets *t, EtsObj **link, size_t bucket) {
    EtsObj *o = *link;
    t->store.hash.count--;
    if (ets_is_fixed(t) || t->store.hash.dead) {
        o->flags |= BRC_OBJ_DELETED;
        brc_ets_hash_mark(&t->store.hash, bucket);
    } else {
        *link = o->next;
        brc_ets_object_free(t, o);
    }
}

/* Kills those of a key, or those of them that equal `tuple`. */
static size_t kill_key(Ets *t, Term key, Term tuple) {
    EtsHash *h = &t->store.hash;
    uint32_t hash = ets_hash(key);
    size_t killed = 0, bucket = hash_index(h, hash);
    EtsObj **link = hash_find(h, key, hash, t->keypos);
    for (EtsObj *o; (o = *link) != NULL;) {
        if (o->hash != hash || !ets_same(ets_key(t, o), key)) break;
        if (obj_live(o) && (tuple == BRC_NONE || brc_term_eq(obj_tuple(o), tuple))) {
            brc_ets_kill(t, link, bucket);
            killed++;
        }
        if (*link == o) link = &o->next;
    }
    if (killed) brc_ets_settle(t);
    return killed;
}

size_t brc_ets_delete_key(Ets *t, Term key) {
    if (ets_is_hash(t)) return kill_key(t, key, BRC_NONE);
    EtsObj *o = brc_ets_tree_remove(&t->store.tree, &t->store.arena, key);
    if (o) brc_ets_object_free(t, o);
    return o != NULL;
}

bool brc_ets_delete_object(Ets *t, Term tuple) {
    Term key = term_tuple_elements(tuple)[t->keypos];
    if (ets_is_hash(t)) return kill_key(t, key, tuple) > 0;
    EtsObj *o = brc_ets_tree_find(&t->store.tree, key);
    return o && brc_term_eq(obj_tuple(o), tuple) && brc_ets_delete_key(t, key) > 0;
}

static void clear_fixed(Ets *t) {
    EtsHash *h = &t->store.hash;
    for (size_t i = 0; i < h->active; i++)
        for (EtsObj **link = hash_bucket(h, i), *o; (o = *link) != NULL; link = &o->next)
            if (obj_live(o)) brc_ets_kill(t, link, i);
}

void brc_ets_clear(Ets *t) {
    bool hash = ets_is_hash(t);
    if (hash && ets_is_fixed(t)) {
        clear_fixed(t);
        return;
    }
    brc_ets_reap(&t->store, hash);
    brc_ets_store_init(&t->store, hash);
}
