/* tree.c: see tree.h. Insertion splits full nodes on the way down, deletion fills up thin ones on
 * the way down, so that neither goes back up (Cormen et al., "Introduction to Algorithms", 18). */
#include "ets/tree.h"
#include "base/panic.h"
#include <string.h>

enum { MIDDLE = BRC_TREE_KEYS / 2, AHEAD = 5, LINE_BYTES = 64 };

static size_t node_bytes(bool leaf) {
    return sizeof(TreeNode) + (leaf ? 0 : (BRC_TREE_KEYS + 1) * sizeof(TreeNode *));
}

static TreeNode *node_new(EtsArena *a, uint16_t leaf) {
    TreeNode *n = brc_ets_cell_new(a, node_bytes(leaf));
    n->n = 0;
    n->leaf = leaf;
    n->all_small = 1;
    return n;
}

static void node_free(EtsArena *a, TreeNode *n) {
    brc_ets_cell_free(a, n, node_bytes(n->leaf));
}

/* The same for small integers alone: counts the lesser ones, which takes no branch. */
static inline uint32_t search_small(const TreeNode *n, Term key, bool *same) {
    uint64_t less = 0;
    uint32_t count = n->n;
    for (uint32_t i = 0; i < count; i++)
        less += (STerm)n->key[i] < (STerm)key;
    *same = less < count && n->key[less] == key;
    return (uint32_t)less;
}

/* The index of the first key >= key; *same tells whether it is that key. */
static inline uint32_t search(const TreeNode *n, Term key, bool *same) {
    if (term_is_small(key) && n->all_small) return search_small(n, key, same);
    uint32_t lo = 0, hi = n->n;
    *same = false;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        int c = ets_order(n->key[mid], key);
        if (c == 0) {
            *same = true;
            return mid;
        }
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

EtsObj **brc_ets_tree_slot(EtsTree *t, Term key, Term **key_word) {
    bool same;
    for (TreeNode *n = t->root; n;) {
        uint32_t i = search(n, key, &same);
        if (same) {
            if (!term_is_small(key)) n->all_small = 0; /* a float takes the place of its integer */
            *key_word = &n->key[i];
            return &n->obj[i];
        }
        n = n->leaf ? NULL : n->child[i];
    }
    return NULL;
}

EtsObj *brc_ets_tree_find(const EtsTree *t, Term key) {
    bool same;
    for (const TreeNode *n = t->root; n;) {
        uint32_t i = search(n, key, &same);
        if (same) return n->obj[i];
        n = n->leaf ? NULL : n->child[i];
    }
    return NULL;
}

/* ---- shifting within nodes ---- */
static void open_at(TreeNode *n, uint32_t i) {
    memmove(n->key + i + 1, n->key + i, (n->n - i) * sizeof n->key[0]);
    memmove(n->obj + i + 1, n->obj + i, (n->n - i) * sizeof n->obj[0]);
}
static void close_at(TreeNode *n, uint32_t i) {
    memmove(n->key + i, n->key + i + 1, (n->n - i - 1) * sizeof n->key[0]);
    memmove(n->obj + i, n->obj + i + 1, (n->n - i - 1) * sizeof n->obj[0]);
}
static void open_child(TreeNode *n, uint32_t i) { /* before n->n counts it */
    memmove(n->child + i + 1, n->child + i, (n->n + 1 - i) * sizeof n->child[0]);
}
static void close_child(TreeNode *n, uint32_t i) {
    memmove(n->child + i, n->child + i + 1, (n->n - i) * sizeof n->child[0]);
}
static void set(TreeNode *n, uint32_t i, Term key, EtsObj *o) {
    if (!term_is_small(key)) n->all_small = 0;
    n->key[i] = key;
    n->obj[i] = o;
}

/* ---- insertion ---- */
/* The full child i of parent in two; what is in its middle goes up. */
static void split(EtsArena *a, TreeNode *parent, uint32_t i) {
    TreeNode *left = parent->child[i], *right = node_new(a, left->leaf);
    uint32_t keep = MIDDLE;
    right->n = BRC_TREE_KEYS - keep - 1;
    right->all_small = left->all_small;
    memcpy(right->key, left->key + keep + 1, right->n * sizeof right->key[0]);
    memcpy(right->obj, left->obj + keep + 1, right->n * sizeof right->obj[0]);
    if (!left->leaf)
        memcpy(right->child, left->child + keep + 1, (right->n + 1) * sizeof right->child[0]);
    left->n = keep;
    open_at(parent, i);
    open_child(parent, i + 1);
    set(parent, i, left->key[keep], left->obj[keep]);
    parent->child[i + 1] = right;
    parent->n++;
}

void brc_ets_tree_add(EtsTree *t, EtsArena *a, EtsObj *o, Term key) {
    bool same;
    if (!t->root) t->root = node_new(a, 1);
    if (t->root->n == BRC_TREE_KEYS) {
        TreeNode *top = node_new(a, 0);
        top->child[0] = t->root;
        t->root = top;
        split(a, top, 0);
    }
    TreeNode *n = t->root;
    while (!n->leaf) {
        uint32_t i = search(n, key, &same);
        if (n->child[i]->n == BRC_TREE_KEYS) {
            split(a, n, i);
            if (ets_order(n->key[i], key) < 0) i++;
        }
        n = n->child[i];
    }
    uint32_t i = search(n, key, &same);
    BRC_ASSERT(!same);
    open_at(n, i);
    set(n, i, key, o);
    n->n++;
    t->count++;
}

/* ---- deletion ---- */
static void from_left(TreeNode *p, uint32_t i) {
    TreeNode *c = p->child[i], *l = p->child[i - 1];
    open_at(c, 0);
    if (!c->leaf) {
        open_child(c, 0);
        c->child[0] = l->child[l->n];
    }
    set(c, 0, p->key[i - 1], p->obj[i - 1]);
    c->n++;
    l->n--;
    set(p, i - 1, l->key[l->n], l->obj[l->n]);
}

static void from_right(TreeNode *p, uint32_t i) {
    TreeNode *c = p->child[i], *r = p->child[i + 1];
    set(c, c->n, p->key[i], p->obj[i]);
    c->n++;
    if (!c->leaf) {
        c->child[c->n] = r->child[0];
        close_child(r, 0);
    }
    set(p, i, r->key[0], r->obj[0]);
    close_at(r, 0);
    r->n--;
}

/* Children i and i + 1, both thin, and what is between them in one. */
static void join(EtsArena *a, TreeNode *p, uint32_t i) {
    TreeNode *l = p->child[i], *r = p->child[i + 1];
    set(l, l->n, p->key[i], p->obj[i]);
    memcpy(l->key + l->n + 1, r->key, r->n * sizeof r->key[0]);
    memcpy(l->obj + l->n + 1, r->obj, r->n * sizeof r->obj[0]);
    if (!l->leaf) memcpy(l->child + l->n + 1, r->child, (r->n + 1) * sizeof r->child[0]);
    l->n += r->n + 1;
    l->all_small = l->all_small && r->all_small;
    close_child(p, i + 1);
    close_at(p, i);
    p->n--;
    node_free(a, r);
}

/* Sees to it that child i has one to spare; gives the index of the child it became. */
static uint32_t fill(EtsArena *a, TreeNode *p, uint32_t i) {
    if (p->child[i]->n > BRC_TREE_LEAST) return i;
    if (i > 0 && p->child[i - 1]->n > BRC_TREE_LEAST) {
        from_left(p, i);
        return i;
    }
    if (i < p->n && p->child[i + 1]->n > BRC_TREE_LEAST) {
        from_right(p, i);
        return i;
    }
    if (i == p->n) i--;
    join(a, p, i);
    return i;
}

/* The last object below n (which has one to spare), taken out. */
static EtsObj *take_last(EtsArena *a, TreeNode *n, Term *key) {
    while (!n->leaf)
        n = n->child[fill(a, n, n->n)];
    n->n--;
    *key = n->key[n->n];
    return n->obj[n->n];
}

static EtsObj *take_first(EtsArena *a, TreeNode *n, Term *key) {
    while (!n->leaf)
        n = n->child[fill(a, n, 0)];
    EtsObj *o = n->obj[0];
    *key = n->key[0];
    close_at(n, 0);
    n->n--;
    return o;
}

/* Object i of the inner node n: replaced by a neighbour from below, or, where both children are
 * thin, NULL: they were joined and it is in child i now. */
static EtsObj *take_inner(EtsArena *a, TreeNode *n, uint32_t i) {
    EtsObj *o = n->obj[i], *other;
    Term key;
    if (n->child[i]->n > BRC_TREE_LEAST) {
        other = take_last(a, n->child[i], &key);
    } else if (n->child[i + 1]->n > BRC_TREE_LEAST) {
        other = take_first(a, n->child[i + 1], &key);
    } else {
        join(a, n, i);
        return NULL;
    }
    set(n, i, key, other);
    return o;
}

static EtsObj *remove_below(EtsArena *a, TreeNode *n, Term key) {
    bool same;
    for (;;) {
        uint32_t i = search(n, key, &same);
        if (n->leaf) {
            if (!same) return NULL;
            EtsObj *o = n->obj[i];
            close_at(n, i);
            n->n--;
            return o;
        }
        if (same) {
            EtsObj *o = take_inner(a, n, i);
            if (o) return o;
            n = n->child[i];
        } else {
            n = n->child[fill(a, n, i)];
        }
    }
}

EtsObj *brc_ets_tree_remove(EtsTree *t, EtsArena *a, Term key) {
    if (!t->root) return NULL;
    EtsObj *o = remove_below(a, t->root, key);
    TreeNode *top = t->root;
    if (top->n == 0) {
        t->root = top->leaf ? NULL : top->child[0];
        node_free(a, top);
    }
    if (o) t->count--;
    return o;
}

/* ---- walking ---- */
EtsObj *brc_ets_tree_at(const TreeAt *at) {
    if (at->depth == 0) return NULL;
    return at->node[at->depth - 1]->obj[at->index[at->depth - 1]];
}

static void push(TreeAt *at, TreeNode *n, uint32_t i) {
    BRC_CHECK(at->depth < BRC_TREE_DEPTH);
    at->node[at->depth] = n;
    at->index[at->depth++] = i;
}

static void down_left(TreeAt *at, TreeNode *n) {
    for (; n; n = n->leaf ? NULL : n->child[0])
        push(at, n, 0);
}

static void down_right(TreeAt *at, TreeNode *n) {
    for (; n; n = n->leaf ? NULL : n->child[n->n])
        push(at, n, n->leaf ? n->n - 1 : n->n);
}

/* Up to the first node in which something stands at the index. */
static void up_right(TreeAt *at) {
    while (at->depth && at->index[at->depth - 1] >= at->node[at->depth - 1]->n)
        at->depth--;
}
static void up_left(TreeAt *at) {
    while (at->depth && at->index[at->depth - 1] == 0)
        at->depth--;
    if (at->depth) at->index[at->depth - 1]--;
}

void brc_ets_tree_first(const EtsTree *t, TreeAt *at) {
    at->depth = 0;
    down_left(at, t->root);
}

void brc_ets_tree_last(const EtsTree *t, TreeAt *at) {
    at->depth = 0;
    down_right(at, t->root);
}

void brc_ets_tree_next(TreeAt *at) {
    TreeNode *n = at->node[at->depth - 1];
    uint32_t i = ++at->index[at->depth - 1];
    if (!n->leaf) down_left(at, n->child[i]);
    up_right(at);
}

void brc_ets_tree_prev(TreeAt *at) {
    TreeNode *n = at->node[at->depth - 1];
    uint32_t i = at->index[at->depth - 1];
    if (!n->leaf)
        down_right(at, n->child[i]);
    else
        up_left(at);
}

void brc_ets_tree_fetch(const TreeAt *at, bool up) {
    const TreeNode *n = at->node[at->depth - 1];
    uint32_t i = at->index[at->depth - 1], next = up ? i + AHEAD : i - AHEAD;
    if (next >= n->n) return; /* below zero, too */
    __builtin_prefetch(n->obj[next]);
    __builtin_prefetch((const char *)n->obj[next] + LINE_BYTES);
}

/* To the object with that key, or to the leaf's place where it would be: false. */
static bool to_key(const EtsTree *t, TreeAt *at, Term key) {
    bool same = false;
    at->depth = 0;
    for (TreeNode *n = t->root; n && !same;) {
        uint32_t i = search(n, key, &same);
        push(at, n, i);
        n = n->leaf ? NULL : n->child[i];
    }
    return same;
}

void brc_ets_tree_after(const EtsTree *t, TreeAt *at, Term key, bool or_equal) {
    if (!to_key(t, at, key))
        up_right(at);
    else if (!or_equal)
        brc_ets_tree_next(at);
}

void brc_ets_tree_before(const EtsTree *t, TreeAt *at, Term key, bool or_equal) {
    if (!to_key(t, at, key))
        up_left(at);
    else if (!or_equal)
        brc_ets_tree_prev(at);
}

void brc_ets_tree_seek(const EtsTree *t, TreeAt *at, TreeCompare *compare, Term with, bool last) {
    at->depth = 0;
    for (TreeNode *n = t->root; n; n = n->leaf ? NULL : n->child[at->index[at->depth - 1]]) {
        uint32_t lo = 0, hi = n->n; /* the first that is not before (or is behind) the range */
        while (lo < hi) {
            uint32_t mid = (lo + hi) / 2;
            int c = compare(n->key[mid], with);
            if (last ? c <= 0 : c < 0)
                lo = mid + 1;
            else
                hi = mid;
        }
        push(at, n, lo);
    }
    if (last)
        up_left(at);
    else
        up_right(at);
    EtsObj *o = brc_ets_tree_at(at);
    if (o && compare(at->node[at->depth - 1]->key[at->index[at->depth - 1]], with) != 0)
        at->depth = 0;
}

/* ---- throwing away ---- */
bool brc_ets_tree_dismantle(EtsTree *t, EtsArena *a, size_t n) {
    while (t->root && n > 0) {
        TreeNode *path[BRC_TREE_DEPTH];
        int depth = 0;
        for (TreeNode *at = t->root; at; at = at->leaf ? NULL : at->child[at->n])
            path[depth++] = at;
        TreeNode *leaf = path[--depth];
        for (; leaf->n > 0 && n > 0; n--)
            brc_ets_obj_free(a, leaf->obj[--leaf->n]);
        if (leaf->n > 0) return true;
        node_free(a, leaf);
        /* The rightmost object of the parent is its last now, its last child gone. */
        for (; depth > 0; depth--) {
            TreeNode *up = path[depth - 1];
            if (up->n > 0) {
                brc_ets_obj_free(a, up->obj[--up->n]);
                if (n > 0) n--;
                break;
            }
            node_free(a, up);
        }
        if (depth == 0) t->root = NULL;
    }
    return t->root != NULL;
}
