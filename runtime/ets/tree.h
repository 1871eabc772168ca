/* tree.h: tables of type ordered_set: a B-tree. Each node holds objects and, beside each, the word
 * of its key, so that keys that are small integers or atoms are compared without looking at the
 * object. Keys are ordered as by `<`, 1 and 1.0 being the same. */
#pragma once
#include "ets/object.h"

enum { BRC_TREE_KEYS = 31, BRC_TREE_LEAST = 15, BRC_TREE_DEPTH = 20 };

/* Invariants: 1. key[i] is the key of obj[i], ascending; 2. all in child[i] lies before obj[i], all
 * in child[i+1] after it; 3. every node but the root has at least BRC_TREE_LEAST objects; 4. all
 * leaves are at one depth. */
typedef struct TreeNode {
    uint32_t n;
    uint16_t leaf, all_small; /* all_small: no key but small integers was ever put in */
    Term key[BRC_TREE_KEYS];
    EtsObj *obj[BRC_TREE_KEYS];
    struct TreeNode *child[]; /* BRC_TREE_KEYS + 1, unless a leaf */
} TreeNode;

typedef struct EtsTree {
    TreeNode *root; /* NULL: empty */
    size_t count;
} EtsTree;

/* Where an object stands: a path from the root. depth 0: nowhere. */
typedef struct TreeAt {
    TreeNode *node[BRC_TREE_DEPTH];
    uint32_t index[BRC_TREE_DEPTH];
    int depth;
} TreeAt;

EtsObj *brc_ets_tree_find(const EtsTree *t, Term key);
/* The place of the object with that key, or NULL: what may be put there must have the same key. */
EtsObj **brc_ets_tree_slot(EtsTree *t, Term key, Term **key_word);
/* Adds o, whose key is not there. */
void brc_ets_tree_add(EtsTree *t, EtsArena *a, EtsObj *o, Term key);
/* Takes the object of that key out, or gives NULL. */
EtsObj *brc_ets_tree_remove(EtsTree *t, EtsArena *a, Term key);

EtsObj *brc_ets_tree_at(const TreeAt *at); /* NULL: past the end */
void brc_ets_tree_first(const EtsTree *t, TreeAt *at);
void brc_ets_tree_last(const EtsTree *t, TreeAt *at);
/* The first one after key (or at it, where or_equal), the last one before it. */
void brc_ets_tree_after(const EtsTree *t, TreeAt *at, Term key, bool or_equal);
void brc_ets_tree_before(const EtsTree *t, TreeAt *at, Term key, bool or_equal);
/* The first (or last) one for which compare(its key, with) gives 0; compare must be monotonic. */
typedef int TreeCompare(Term key, Term with);
void brc_ets_tree_seek(const EtsTree *t, TreeAt *at, TreeCompare *compare, Term with, bool last);
void brc_ets_tree_next(TreeAt *at);
void brc_ets_tree_prev(TreeAt *at);
/* Has the memory bring near what a walk upwards (or downwards) soon comes to. */
void brc_ets_tree_fetch(const TreeAt *at, bool up);
/* Takes up to n objects apart from the left end, their cells freed, without keeping the tree a
 * tree: for one that is thrown away. True: there are more. */
bool brc_ets_tree_dismantle(EtsTree *t, EtsArena *a, size_t n);
