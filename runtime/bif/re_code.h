/* re_code.h: compiled patterns: made, shared, kept for reuse.
 *
 * What re:compile gives to a program is a recipe, a binary that says how to compile: it may be
 * stored and sent anywhere, and is equal for equal patterns. Compiled code is looked up by it. */
#pragma once
#include "term/term.h"
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* The recipe's first bytes; the pattern's text follows. */
typedef struct ReHead {
    char magic[4];
    uint32_t options;             /* of pcre2_compile */
    uint8_t newline, bsr;         /* PCRE2_NEWLINE_..., PCRE2_BSR_...; 0: not said */
    uint8_t run_newline, run_bsr; /* the same where re:run said it: counts more than the pattern */
} ReHead;

typedef struct ReRecipe {
    ReHead head;
    const uint8_t *text; /* without a zero in it */
    size_t size;
} ReRecipe;
void brc_bif_re_recipe_begin(ReRecipe *r, const uint8_t *text, size_t size);
/* false: these bytes are no recipe. r->text lies in them. */
bool brc_bif_re_recipe_read(ReRecipe *r, const uint8_t *bytes, size_t size);
Term brc_bif_re_recipe_term(Proc *p, const ReRecipe *r);

/* Immutable once others can see it. */
typedef struct ReCode {
    _Atomic(uint32_t) refs;
    _Atomic(uint32_t) uses;
    pcre2_code *code;
    uint32_t captures;
    bool utf,
        crlf; /* crlf: of the newlines, by the recipe without run_newline, one has two bytes */
    bool jit; /* machine code was asked for (there may be none all the same) */
} ReCode;

typedef struct ReError {
    const char *text;
    size_t offset;
} ReError;

/* The code for a recipe; the caller owns a reference. NULL: *e says why (e may be NULL). busy: it
 * will be used for much, so machine code pays. Any thread. */
ReCode *brc_bif_re_code_get(const ReRecipe *r, bool busy, ReError *e);
void brc_bif_re_code_unref(ReCode *c);
