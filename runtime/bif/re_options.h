/* re_options.h: the option lists of re:compile and re:run. */
#pragma once
#include "term/term.h"

enum ReFlag {
    BRC_RE_FOR_COMPILE = 1, /* there was an option that compiling alone knows */
    BRC_RE_FOR_RUN = 2,     /* or running alone */
    BRC_RE_UNICODE = 4,
    BRC_RE_GLOBAL = 8,
    BRC_RE_REPORT = 16,
    BRC_RE_CAPTURE = 32,
    BRC_RE_MATCH_LIMIT = 64,
    BRC_RE_DEPTH_LIMIT = 128,
};

typedef struct ReOptions {
    uint32_t flags;
    uint32_t compile, run; /* PCRE2's bits */
    uint8_t newline, bsr;  /* several given: or'd, as stock does */
    uint32_t offset, match_limit, depth_limit;
    Term capture;   /* what the last {capture, ...} wants */
    Term type;      /* as what: of that one, index where it does not say */
    Term last_type; /* the last that any of them says */
} ReOptions;

bool brc_bif_re_options(ReOptions *o, Term list); /* false: not all are options */
