/* re_capture.c: captured groups as Erlang has them. Unset groups behind the last that is set are
 * left out where all are wanted. */
#include "bif/re_capture.h"
#include "bif/iowalk.h"
#include "base/panic.h"
#include "term/atom.h"
#include "term/bits.h"
#include "term/utf.h"
#include <stdlib.h>

/* ---- what is wanted ---- */
static void want(ReCapture *c, int32_t group) {
    if (c->count == c->room) {
        c->room = c->room ? 2 * c->room : 16;
        c->group = realloc(c->group, c->room * sizeof *c->group);
        if (!c->group) brc_base_panic("out of memory for %zu groups", c->room);
    }
    c->group[c->count++] = group;
}

static int32_t entry_group(PCRE2_SPTR entry) {
    return entry[0] << 8 | entry[1];
}

static void want_name(ReCapture *c, const ReCode *code, bool dupnames, const char *name) {
    PCRE2_SPTR first, last;
    int size = pcre2_substring_nametable_scan(code->code, (PCRE2_SPTR)name, &first, &last);
    if (size < 0) {
        want(c, -1);
        return;
    }
    size_t n = (size_t)(last - first) / (size_t)size + 1;
    if (!dupnames) n = 1;
    if (n > 1) want(c, -(int32_t)n);
    for (; n > 0; n--, first += size)
        want(c, entry_group(first));
}

typedef struct Names {
    PCRE2_SPTR at;
    uint32_t count, size;
} Names;

static Names names_of(const ReCode *code) {
    Names n = {0};
    pcre2_pattern_info(code->code, PCRE2_INFO_NAMECOUNT, &n.count);
    pcre2_pattern_info(code->code, PCRE2_INFO_NAMEENTRYSIZE, &n.size);
    pcre2_pattern_info(code->code, PCRE2_INFO_NAMETABLE, &n.at);
    return n;
}

static bool is_repeated(const Names *n, uint32_t i, bool dupnames) {
    const char *name = (const char *)n->at + i * n->size + 2;
    return dupnames && i > 0 && strcmp(name, name - n->size) == 0;
}

static void want_all_names(ReCapture *c, const ReCode *code, bool dupnames) {
    Names n = names_of(code);
    if (n.count == 0) c->type = BRC_RE_NOTHING;
    for (uint32_t i = 0; i < n.count; i++) {
        PCRE2_SPTR entry = n.at + i * n.size;
        if (!dupnames)
            want(c, entry_group(entry));
        else if (!is_repeated(&n, i, dupnames))
            want_name(c, code, dupnames, (const char *)entry + 2);
    }
}

/* A name given as iodata; what is longer than any name is none. */
typedef struct NameText {
    char at[256];
    size_t size;
} NameText;

static void add_bytes(void *state, const uint8_t *bytes, size_t n) {
    NameText *name = state;
    size_t room = sizeof name->at - 1 - name->size;
    memcpy(name->at + name->size, bytes, n < room ? n : room);
    name->size += n < room ? n : room;
}

static bool want_one(ReCapture *c, const ReCode *code, bool dupnames, Term t) {
    NameText name = {.size = 0};
    size_t size;
    if (term_is_small(t) && term_small(t) >= 0 && term_small(t) <= INT32_MAX) {
        want(c, (int32_t)term_small(t));
        return true;
    }
    if (term_is_atom(t)) {
        const char *text = brc_term_atom_text(t, &size);
        add_bytes(&name, (const uint8_t *)text, size);
    } else if (!term_is_cons(t) && !term_is_bitstring(t)) {
        return false;
    } else if (!brc_bif_io_walk(t, add_bytes, &name, &size)) {
        return false;
    }
    name.at[name.size] = '\0';
    want_name(c, code, dupnames, name.at);
    return true;
}

bool brc_bif_re_capture(ReCapture *c, const ReCode *code, bool dupnames, Term what, Term type) {
    *c = (ReCapture){.type = type == AM(list)     ? BRC_RE_LIST
                             : type == AM(binary) ? BRC_RE_BINARY
                                                  : BRC_RE_INDEX};
    if (type != AM(index) && c->type == BRC_RE_INDEX) return false;
    if (what == AM(all)) return true;
    if (what == AM(all_but_first)) {
        c->first = 1;
        return true;
    }
    c->chosen = true;
    if (what == AM(first)) {
        want(c, 0);
    } else if (what == AM(none) || term_is_nil(what)) {
        c->type = BRC_RE_NOTHING;
    } else if (what == AM(all_names)) {
        want_all_names(c, code, dupnames);
    } else if (term_is_cons(what)) {
        for (; term_is_cons(what); what = term_tail(what))
            if (!want_one(c, code, dupnames, term_head(what))) return false;
        return term_is_nil(what);
    } else {
        return false;
    }
    return true;
}

void brc_bif_re_capture_free(ReCapture *c) {
    free(c->group);
}

Term brc_bif_re_names(Proc *p, const ReCode *code, bool dupnames) {
    Names n = names_of(code);
    Term list = BRC_NIL;
    for (uint32_t i = n.count; i-- > 0;) {
        const char *name = (const char *)n.at + i * n.size + 2;
        if (is_repeated(&n, i, dupnames)) continue;
        Term bin = brc_term_bin_new(p, (const uint8_t *)name, strlen(name));
        list = term_cons(brc_ctx_alloc(p, 2), bin, list);
    }
    return list;
}

/* ---- what was captured ---- */
static Term byte_list(Proc *p, const uint8_t *b, size_t n) {
    Term *cells = brc_ctx_alloc(p, 2 * n);
    for (size_t i = 0; i < n; i++)
        term_cons(cells + 2 * i, BRC_SMALL(b[i]), term_make_list(cells + 2 * i + 2));
    cells[2 * n - 1] = BRC_NIL;
    return term_make_list(cells);
}

static Term character_list(Proc *p, const uint8_t *b, size_t n) {
    Term *cells = brc_ctx_alloc(p, 2 * n), *end = cells;
    uint32_t c;
    for (size_t i = 0; i < n; end += 2) {
        int used = brc_term_utf8_get(b + i, n - i, &c);
        if (used <= 0) c = b[i], used = 1;
        term_cons(end, BRC_SMALL(c), term_make_list(end + 2));
        i += (size_t)used;
    }
    end[-1] = BRC_NIL;
    brc_ctx_trim(p, cells, 2 * n, end);
    return term_make_list(cells);
}

static Term text_of(Proc *p, enum ReType type, const ReMatch *m, size_t begin, size_t end) {
    size_t n = end > begin ? end - begin : 0;
    if (type == BRC_RE_BINARY)
        return n ? brc_term_bits_sub(p, m->subject, 8 * (uint64_t)begin, 8 * (uint64_t)n)
                 : brc_term_bin_new(p, NULL, 0);
    if (n == 0) return BRC_NIL;
    return m->utf ? character_list(p, m->bytes + begin, n) : byte_list(p, m->bytes + begin, n);
}

static bool is_set(const ReMatch *m, int32_t group) {
    return group >= 0 && (uint32_t)group < m->count && m->offsets[2 * group] != PCRE2_UNSET;
}

/* The next wanted group at *i, which is moved on. */
static int32_t next_group(const ReCapture *c, size_t *i, const ReMatch *m) {
    int32_t group = c->group[(*i)++];
    if (group >= -1) return group;
    size_t end = *i + (size_t)-group;
    for (; *i < end && !is_set(m, c->group[*i]); (*i)++) {
    }
    group = *i < end ? c->group[*i] : -1;
    *i = end;
    return group;
}

/* An element of the list in those five words; where they end, the next begins. */
static Term put_group(Proc *p, Term *at, const ReCapture *c, const ReMatch *m, int32_t group) {
    bool set = is_set(m, group);
    size_t begin = set ? m->offsets[2 * group] : 0, end = set ? m->offsets[2 * group + 1] : 0;
    if (c->type != BRC_RE_INDEX) return text_of(p, c->type, m, begin, end);
    return term_tuple2(at, BRC_SMALL(set ? (int64_t)begin : -1),
                       BRC_SMALL((int64_t)end - (int64_t)begin));
}

Term brc_bif_re_captured(Proc *p, const ReCapture *c, const ReMatch *m) {
    size_t most = c->chosen ? c->count : m->count > c->first ? m->count - c->first : 0;
    size_t each = c->type == BRC_RE_INDEX ? 5 : 2, i = 0, n = 0;
    if (most == 0) return BRC_NIL;
    Term *cells = brc_ctx_alloc(p, each * most), *at = cells;
    for (; i < most; at += each, n++) {
        int32_t group = (int32_t)(c->first + i);
        if (c->chosen)
            group = next_group(c, &i, m);
        else
            i++;
        Term t = put_group(p, at + 2, c, m, group);
        term_cons(at, t, term_make_list(at + each));
    }
    at[1 - (int64_t)each] = BRC_NIL;
    brc_ctx_trim(p, cells, each * most, at);
    return term_make_list(cells);
}
