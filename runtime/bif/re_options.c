/* re_options.c: reading option lists. Which call an option is for is the caller's to judge. */
#include "bif/re_options.h"
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

static const struct {
    Term name;
    uint32_t compile, run, flags;
} plain[] = {
    {AM(unicode), PCRE2_UTF, 0, BRC_RE_FOR_COMPILE | BRC_RE_UNICODE},
    {AM(anchored), PCRE2_ANCHORED, PCRE2_ANCHORED, 0},
    {AM(caseless), PCRE2_CASELESS, 0, BRC_RE_FOR_COMPILE},
    {AM(dollar_endonly), PCRE2_DOLLAR_ENDONLY, 0, BRC_RE_FOR_COMPILE},
    {AM(dotall), PCRE2_DOTALL, 0, BRC_RE_FOR_COMPILE},
    {AM(extended), PCRE2_EXTENDED, 0, BRC_RE_FOR_COMPILE},
    {AM(firstline), PCRE2_FIRSTLINE, 0, BRC_RE_FOR_COMPILE},
    {AM(multiline), PCRE2_MULTILINE, 0, BRC_RE_FOR_COMPILE},
    {AM(no_auto_capture), PCRE2_NO_AUTO_CAPTURE, 0, BRC_RE_FOR_COMPILE},
    {AM(dupnames), PCRE2_DUPNAMES, 0, BRC_RE_FOR_COMPILE},
    {AM(ungreedy), PCRE2_UNGREEDY, 0, BRC_RE_FOR_COMPILE},
    {AM(ucp), PCRE2_UCP, 0, BRC_RE_FOR_COMPILE},
    {AM(never_utf), PCRE2_NEVER_UTF, 0, BRC_RE_FOR_COMPILE},
    {AM(no_start_optimize), PCRE2_NO_START_OPTIMIZE, 0, BRC_RE_FOR_COMPILE},
    {AM(global), 0, 0, BRC_RE_FOR_RUN | BRC_RE_GLOBAL},
    {AM(report_errors), 0, 0, BRC_RE_FOR_RUN | BRC_RE_REPORT},
    {AM(notbol), 0, PCRE2_NOTBOL, BRC_RE_FOR_RUN},
    {AM(noteol), 0, PCRE2_NOTEOL, BRC_RE_FOR_RUN},
    {AM(notempty), 0, PCRE2_NOTEMPTY, BRC_RE_FOR_RUN},
    {AM(notempty_atstart), 0, PCRE2_NOTEMPTY_ATSTART, BRC_RE_FOR_RUN},
};

static bool plain_option(ReOptions *o, Term t) {
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (plain[i].name != t) continue;
        o->compile |= plain[i].compile;
        o->run |= plain[i].run;
        o->flags |= plain[i].flags;
        return true;
    }
    if (t != AM(bsr_anycrlf) && t != AM(bsr_unicode)) return false;
    o->bsr |= t == AM(bsr_unicode) ? PCRE2_BSR_UNICODE : PCRE2_BSR_ANYCRLF;
    return true;
}

static bool number(Term t, uint32_t *n) {
    if (!term_is_small(t) || term_small(t) < 0 || term_small(t) > INT32_MAX) return false;
    *n = (uint32_t)term_small(t);
    return true;
}

/* PCRE 8's numbers for newlines, which PCRE2 has kept. */
static bool newline(Term t, uint8_t *bits) {
    static const Term names[] = {AM(cr), AM(lf), AM(crlf), AM(any), AM(anycrlf)};
    for (uint8_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i] != t) continue;
        *bits |= i + 1;
        return true;
    }
    return false;
}

static bool pair_option(ReOptions *o, Term name, Term value) {
    if (name == AM(newline)) return newline(value, &o->newline);
    o->flags |= BRC_RE_FOR_RUN;
    if (name == AM(offset)) return number(value, &o->offset);
    if (name == AM(match_limit)) {
        o->flags |= BRC_RE_MATCH_LIMIT;
        return number(value, &o->match_limit);
    }
    if (name == AM(match_limit_recursion)) {
        o->flags |= BRC_RE_DEPTH_LIMIT;
        return number(value, &o->depth_limit);
    }
    if (name != AM(capture)) return false;
    o->flags |= BRC_RE_CAPTURE;
    o->capture = value;
    o->type = AM(index);
    return true;
}

static bool tuple_option(ReOptions *o, Term t) {
    const Term *e = term_tuple_elements(t);
    if (term_is_tuple_of(t, 2)) return pair_option(o, e[0], e[1]);
    if (!term_is_tuple_of(t, 3) || e[0] != AM(capture)) return false;
    pair_option(o, e[0], e[1]);
    o->type = o->last_type = e[2];
    return true;
}

bool brc_bif_re_options(ReOptions *o, Term list) {
    *o = (ReOptions){.capture = AM(all), .type = AM(index), .last_type = AM(index)};
    for (; term_is_cons(list); list = term_tail(list)) {
        Term t = term_head(list);
        if (!(term_is_tuple(t) ? tuple_option(o, t) : plain_option(o, t))) return false;
    }
    return term_is_nil(list);
}
