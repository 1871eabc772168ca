/* re_match.h: one search in a subject. */
#pragma once
#include "bif/re_code.h"

typedef struct ReRun {
    const uint8_t *bytes;
    size_t size, start;
    uint32_t options;                  /* of pcre2_match */
    bool limited;                      /* by the two that follow; else by PCRE2's own limits */
    uint32_t match_limit, depth_limit; /* 0: nothing at all is allowed */
} ReRun;

#define BRC_RE_NO_LIMIT UINT32_MAX

/* What pcre2_match gives: groups set, from the first to the last of them, or a negative code.
 * *offsets: where they begin and end, until this thread's next search. */
int brc_bif_re_search(const ReCode *c, const ReRun *r, const size_t **offsets);
