/* re_compile.h: from a recipe to code; what the cache is filled with. */
#pragma once
#include "bif/re_adapt.h"
#include "bif/re_code.h"

/* Options of pcre2_compile that a recipe may have. */
#define BRC_RE_OPTIONS                                                                             \
    (PCRE2_ANCHORED | PCRE2_CASELESS | PCRE2_DOLLAR_ENDONLY | PCRE2_DOTALL | PCRE2_EXTENDED |      \
     PCRE2_FIRSTLINE | PCRE2_MULTILINE | PCRE2_NO_AUTO_CAPTURE | PCRE2_DUPNAMES | PCRE2_UNGREEDY | \
     PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_UTF | PCRE2_NO_START_OPTIMIZE)

/* New code with one reference, or NULL and *e (which may be NULL). */
ReCode *brc_bif_re_compile(const ReRecipe *r, ReError *e);
/* Gives it machine code, if that can be had; nobody else may see it yet. */
void brc_bif_re_code_jit(ReCode *c);
/* A copy with machine code, with one reference. */
ReCode *brc_bif_re_code_faster(const ReCode *c);

/* re_errors.c: what PCRE 8 would say of an error of pcre2_compile. `at` is its offset in t. */
void brc_bif_re_error(ReError *e, int code, const ReText *t, size_t at, const ReRecipe *r);
