/* words.c: see words.h. */
#include "interp/words.h"
#include "base/panic.h"
#include "term/litarea.h"
#include <stdlib.h>

/* The next place of a vector that doubles. Old ones stay in the arena. */
static void *grow(Load *l, void *old, size_t count, size_t *room, size_t size) {
    if (count < *room) return old;
    size_t more = *room ? *room * 2 : 256;
    void *to = brc_interp_arena(l, more, size);
    if (count) memcpy(to, old, count * size);
    *room = more;
    return to;
}

void brc_interp_put(Load *l, Word w) {
    l->words = grow(l, l->words, l->word_count, &l->word_room, sizeof *l->words);
    l->words[l->word_count++] = w;
}

void brc_interp_put_op(Load *l, unsigned instruction) {
    brc_interp_put(l, brc_interp_places()[instruction]);
}

void brc_interp_put_address(Load *l, const void *at) {
    BRC_CHECK((uintptr_t)at <= UINT32_MAX);
    brc_interp_put(l, (Word)(uintptr_t)at);
}

static void put_fix(Load *l, enum FixKind kind, size_t index) {
    l->fixes = grow(l, l->fixes, l->fix_count, &l->fix_room, sizeof *l->fixes);
    Fix *f = &l->fixes[l->fix_count++];
    f->at = (uint32_t)l->word_count;
    f->kind = kind;
    f->index = (uint32_t)index;
    brc_interp_put(l, 0);
}

void brc_interp_put_label(Load *l, const Arg *a) {
    if (a->kind == ARG_LABEL && a->u)
        put_fix(l, FIX_LABEL, a->u);
    else
        brc_interp_put(l, 0);
}

void brc_interp_put_raw(Load *l, uint64_t u) {
    l->pool = grow(l, l->pool, l->pool_count, &l->pool_room, sizeof *l->pool);
    l->pool[l->pool_count] = u;
    put_fix(l, FIX_CONST, l->pool_count++);
}

void brc_interp_put_term(Load *l, Term t) {
    brc_interp_put_raw(l, t);
}

void brc_interp_put_arg(Load *l, const Arg *a) {
    switch (a->kind) {
    case ARG_X: brc_interp_put(l, (Word)(a->u * sizeof(Term)) | BASE_X); break;
    case ARG_FLOAT:
        brc_interp_put(l, (Word)((FLOAT_REGISTERS + a->u) * sizeof(Term)) | BASE_X);
        break;
    case ARG_Y: brc_interp_put(l, (Word)((FRAME_EXTRA + a->u) * sizeof(Term)) | BASE_Y); break;
    default: brc_interp_put_term(l, a->t); break;
    }
}

void brc_interp_put_loc(Load *l, const Op *op) {
    if (!l->loc || BRC_LOC_FN(l->loc) != l->fn || l->loc_line != op->line) {
        Loc *loc = brc_interp_lasting(sizeof *loc);
        Line line = l->lines ? l->lines[op->line] : (Line){0, 0};
        if (line.file >= l->file_count) line = (Line){0, 0};
        *loc = (Loc){(uint32_t)((uintptr_t)loc - (uintptr_t)l->fn), line.file, line.line};
        l->loc = loc;
        l->loc_line = op->line;
    }
    brc_interp_put_address(l, l->loc);
}

/* A handler's address carries a tag in its four lowest bits. */
void brc_interp_put_label_here(Load *l, uint64_t label) {
    if (l->label_flags[label] & LABEL_HANDLER && l->word_count % 4 != 0) {
        Arg self = {.kind = ARG_LABEL, .u = label};
        brc_interp_put_op(l, I_jump);
        brc_interp_put_label(l, &self);
        while (l->word_count % 4 != 0)
            brc_interp_put(l, 0);
    }
    l->label_at[label] = (uint32_t)l->word_count;
}

Word *brc_interp_place(Load *l) {
    size_t code_words = (l->word_count + 3) & ~(size_t)3;
    Word *code = brc_interp_lasting(code_words * sizeof(Word) + l->pool_count * sizeof(Term));
    Term *pool = (Term *)(code + code_words);
    memcpy(code, l->words, l->word_count * sizeof(Word));
    if (l->pool_count) memcpy(pool, l->pool, l->pool_count * sizeof(Term));
    for (size_t i = 0; i < l->fix_count; i++) {
        const Fix *f = &l->fixes[i];
        if (f->kind == FIX_LABEL && l->label_at[f->index] == UINT32_MAX) return NULL;
        code[f->at] = f->kind == FIX_LABEL ? (Word)(uintptr_t)(code + l->label_at[f->index])
                                           : (Word)(uintptr_t)(pool + f->index) | BASE_CONST;
    }
    return code;
}
