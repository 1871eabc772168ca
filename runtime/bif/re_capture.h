/* re_capture.h: which groups of a match a program wants, and how. */
#pragma once
#include "bif/re_code.h"

enum ReType { BRC_RE_INDEX, BRC_RE_LIST, BRC_RE_BINARY, BRC_RE_NOTHING };

typedef struct ReCapture {
    enum ReType type;
    bool chosen;    /* by `group`; else all of the match, from group `first` on */
    uint32_t first; /* 0 or 1 */
    /* Numbers of groups; -1: there is no such; -n (n > 1): the first set one of the next n. */
    int32_t *group; /* malloc'd */
    size_t count, room;
} ReCapture;
/* false: not as it should be. What is wanted: {capture, What, Type}'s terms. */
bool brc_bif_re_capture(ReCapture *c, const ReCode *code, bool dupnames, Term what, Term type);
void brc_bif_re_capture_free(ReCapture *c);
/* The names of a pattern's groups, each once where they may stand for several. */
Term brc_bif_re_names(Proc *p, const ReCode *code, bool dupnames);

typedef struct ReMatch {
    Term subject; /* a binary */
    const uint8_t *bytes;
    bool utf;              /* lists are of characters */
    const size_t *offsets; /* begin and end of each group */
    uint32_t count;        /* groups with offsets */
} ReMatch;
/* What c wants of the match, as a list. */
Term brc_bif_re_captured(Proc *p, const ReCapture *c, const ReMatch *m);
