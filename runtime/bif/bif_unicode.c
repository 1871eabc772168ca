/* bif_unicode.c: module unicode's two conversions: chardata (characters, binaries and lists of
 * such, nested at will) to UTF-8 and to a list of characters.
 *
 * What cannot be converted comes back as {error, Converted, Rest} with Rest the chardata from the
 * fault on, rebuilt as stock does it: the rest of each list entered, innermost first. A character
 * cut by the end of a binary may go on in the next one; its bytes wait in `held`. A first pass
 * finds what is no chardata at all (badarg) and how many bytes the second may write. */
#include "abi/bif.h"
#include "bif/sliced.h"
#include "code/raise.h"
#include "term/bits.h"
#include "term/int.h"
#include "term/utf.h"
#include "term/workstack.h"

/* ---- first pass ---- */

/* Bytes that a binary takes; false: it is no whole binary. */
static bool binary_need(Term t, bool latin1, uint64_t *need) {
    BitsView v;
    if (!brc_term_bits_view(t, &v) || (v.bit_size & 7) != 0) return false;
    uint64_t size = v.bit_size >> 3;
    *need += size;
    if (!latin1) return true;
    if ((v.bit_offset & 7) != 0) { /* rare: as many as there can be */
        *need += size;
        return true;
    }
    const uint8_t *b = v.data + (v.bit_offset >> 3);
    for (uint64_t i = 0; i < size; i++)
        *need += b[i] >> 7;
    return true;
}

enum Scan { SCAN_OK, SCAN_BAD, SCAN_STOP };

/* One flat list; what stands behind a sublist is pushed. SCAN_STOP: a big integer, where the second
 * pass will stop too. */
static enum Scan scan_list(WorkStack *s, Term t, bool latin1, uint64_t *need) {
    while (term_is_cons(t)) {
        Term head = term_head(t);
        t = term_tail(t);
        if (term_is_small(head)) {
            uint64_t ch = (uint64_t)term_small(head);
            *need += ch < 0x80 ? 1 : ch < 0x800 ? 2 : ch < 0x10000 ? 3 : 4;
        } else if (term_is_cons(head)) {
            work_push(s, t);
            t = head;
        } else if (term_is_big(head)) {
            return SCAN_STOP;
        } else if (!term_is_nil(head) && !binary_need(head, latin1, need)) {
            return SCAN_BAD;
        }
    }
    return term_is_nil(t) || binary_need(t, latin1, need) ? SCAN_OK : SCAN_BAD;
}

static bool scan(Term t, bool latin1, uint64_t *need) {
    *need = 0;
    if (!term_is_list(t)) return binary_need(t, latin1, need);
    WorkStack s;
    work_init(&s);
    work_push(&s, t);
    enum Scan r = SCAN_OK;
    while (r == SCAN_OK && !work_empty(&s))
        r = scan_list(&s, work_pop(&s), latin1, need);
    work_free(&s);
    return r != SCAN_BAD;
}

/* ---- second pass ---- */

typedef struct Conv {
    Proc *p;
    uint8_t *to;
    size_t pos, chars;
    bool latin1, failed;
    uint8_t held[4];
    size_t held_count;
} Conv;

/* Bytes of the character that begins so, judged by its first byte alone; 0: none does. */
static size_t claimed_size(uint8_t first) {
    return first < 0x80             ? 1
           : (first & 0xE0) == 0xC0 ? 2
           : (first & 0xF0) == 0xE0 ? 3
           : (first & 0xF8) == 0xF0 ? 4
                                    : 0;
}

static void copy_latin1(Conv *c, const uint8_t *b, size_t size) {
    for (size_t i = 0; i < size; i++)
        c->pos += brc_term_utf8_put(c->to + c->pos, b[i]);
    c->chars += size;
}

/* Completes the held character from b; false: it is none. */
static bool complete_held(Conv *c, const uint8_t *b, size_t size, size_t *taken) {
    size_t want = claimed_size(c->held[0]) - c->held_count;
    uint32_t ch;
    *taken = size < want ? size : want;
    memcpy(c->held + c->held_count, b, *taken);
    if (size < want) {
        c->held_count += size;
        return true;
    }
    if (brc_term_utf8_get(c->held, c->held_count + want, &ch) <= 0) return false;
    memcpy(c->to + c->pos, c->held, c->held_count + want);
    c->pos += c->held_count + want;
    c->chars++;
    c->held_count = 0;
    return true;
}

/* Copies UTF-8; bytes taken, which are fewer than size where it is wrong there. */
static size_t copy_utf8(Conv *c, const uint8_t *b, size_t size) {
    unsigned steps = 0;
    size_t i = 0;
    uint32_t ch;
    if (c->held_count != 0 && !complete_held(c, b, size, &i)) return 0;
    while (i < size) {
        brc_ctx_pause_step(&steps, 5);
        size_t plain = brc_term_utf8_ascii_prefix(b + i, size - i);
        memcpy(c->to + c->pos, b + i, plain);
        c->pos += plain, c->chars += plain, i += plain;
        if (i == size) break;
        size_t n = claimed_size(b[i]);
        if (n == 0) return i;
        if (size - i < n) {
            memcpy(c->held, b + i, size - i);
            c->held_count = size - i;
            return size;
        }
        if (brc_term_utf8_get(b + i, n, &ch) <= 0) return i;
        memcpy(c->to + c->pos, b + i, n);
        c->pos += n, c->chars++, i += n;
        brc_ctx_pause_step(&steps, 8);
    }
    return size;
}

/* [], or (having failed) what is left of the binary. */
static Term convert_binary(Conv *c, Term t) {
    size_t size;
    uint8_t *tmp;
    const uint8_t *b = brc_term_bin_bytes(t, &size, &tmp);
    size_t taken = size;
    if (b == NULL) {
        c->failed = true;
        return t;
    }
    if (c->latin1)
        copy_latin1(c, b, size);
    else if (size != 0)
        taken = copy_utf8(c, b, size);
    free(tmp);
    if (taken == size) return BRC_NIL;
    c->failed = true;
    return brc_term_bits_sub(c->p, t, 8 * (uint64_t)taken, 8 * (uint64_t)(size - taken));
}

static bool convert_character(Conv *c, Term t) {
    uint64_t ch = (uint64_t)term_small(t);
    if (ch < 0x80 && c->held_count == 0) {
        c->to[c->pos++] = (uint8_t)ch;
        c->chars++;
        return true;
    }
    if (c->held_count != 0 || (c->latin1 && ch > 255) || !brc_term_utf_valid(ch)) return false;
    c->pos += brc_term_utf8_put(c->to + c->pos, (uint32_t)ch);
    c->chars++;
    return true;
}

/* One flat list as in scan_list. Where it fails: the list from the fault on. */
static Term convert_list(Conv *c, WorkStack *s, Term t) {
    unsigned steps = 0;
    while (term_is_cons(t)) {
        Term head = term_head(t), rest;
        brc_ctx_pause_step(&steps, 5);
        if (term_is_cons(head)) {
            work_push(s, term_tail(t));
            t = head;
            continue;
        }
        if (term_is_small(head)) {
            c->failed = !convert_character(c, head);
        } else if (!term_is_nil(head)) {
            rest = term_is_big(head) ? head : convert_binary(c, head);
            c->failed = c->failed || term_is_big(head);
            if (c->failed && rest != head)
                return term_cons(brc_ctx_alloc(c->p, 2), rest, term_tail(t));
        }
        if (c->failed) return t;
        t = term_tail(t);
    }
    return term_is_nil(t) ? BRC_NIL : convert_binary(c, t);
}

static Term convert(Conv *c, Term t) {
    if (!term_is_list(t)) return convert_binary(c, t);
    WorkStack s;
    Term rest = BRC_NIL;
    work_init(&s);
    work_push(&s, t);
    while (!c->failed && !work_empty(&s))
        rest = convert_list(c, &s, work_pop(&s));
    while (!work_empty(&s))
        rest = term_cons(brc_ctx_alloc(c->p, 2), rest, work_pop(&s));
    work_free(&s);
    return rest;
}

/* May these bytes, which end a binary, be the beginning of a character? */
static bool may_go_on(const uint8_t *b, size_t n) {
    size_t size = claimed_size(b[0]);
    for (size_t i = 1; i < n; i++)
        if ((b[i] & 0xC0) != 0x80) return size == 2;
    return size >= 2;
}

static Term three(Proc *p, Term tag, Term converted, Term rest) {
    return term_tuple3(brc_ctx_alloc(p, 4), tag, converted, rest);
}

/* The result: `converted`, or it in a tuple with what is left. */
static Term finish(Conv *c, Term converted, Term rest) {
    Proc *p = c->p;
    if (!c->failed && c->held_count == 0) return converted;
    Term held = BRC_NIL;
    if (c->held_count != 0) held = brc_term_bin_new(p, c->held, c->held_count);
    if (!c->failed)
        return three(p, may_go_on(c->held, c->held_count) ? AM(incomplete) : AM(error), converted,
                     held);
    if (c->held_count != 0) {
        rest = term_cons(brc_ctx_alloc(p, 2), rest, BRC_NIL);
        rest = term_cons(brc_ctx_alloc(p, 2), held, rest);
    }
    return three(p, AM(error), converted, rest);
}

/* ---- the built-ins ---- */

/* Other encodings (and what is none) are left to the module itself. */
static Term leave_to(Proc *p, Term data, Term encoding, Term function) {
    Code *code = brc_code_find_export(AM(unicode), function, 2);
    if (code == NULL) return brc_ctx_badarg(p);
    p->x[0] = data;
    p->x[1] = encoding;
    return brc_ctx_trap(p, code, 2);
}

static bool known_encoding(Term encoding, bool *latin1) {
    *latin1 = encoding == AM(latin1);
    return *latin1 || encoding == AM(utf8) || encoding == AM(unicode);
}

/* Is the data, as it is, its own conversion to UTF-8? */
static bool is_converted(Term t, bool latin1) {
    size_t size, chars, good;
    uint8_t *tmp;
    const uint8_t *b = brc_term_bin_bytes(t, &size, &tmp);
    if (b == NULL) return false;
    good = latin1 ? brc_term_utf8_ascii_prefix(b, size) : brc_term_utf8_prefix(b, size, &chars);
    free(tmp);
    return good == size;
}

Term brc_long_unicode_characters_to_binary_2(Proc *p, Term data, Term encoding) {
    Conv c = {.p = p};
    uint64_t need;
    if (!known_encoding(encoding, &c.latin1))
        return leave_to(p, data, encoding, AM(characters_to_binary_int));
    if (term_is_cons(data) && term_is_nil(term_tail(data)) && term_is_bitstring(term_head(data)))
        data = term_head(data);
    if (is_converted(data, c.latin1)) return data;
    if (!scan(data, c.latin1, &need)) return brc_ctx_badarg(p);
    brc_ctx_charge(p, need >> 7);
    SharedBin *b = brc_ctx_sharedbin_new(0, need);
    c.to = b->data;
    Term rest = convert(&c, data);
    b->size_bytes = c.pos;
    return finish(&c, brc_term_bin_own(p, b), rest);
}

static Term characters(Proc *p, const uint8_t *b, size_t size, size_t count) {
    unsigned steps = 0;
    if (count == 0) return BRC_NIL;
    Term *cells = brc_ctx_alloc(p, 2 * count);
    uint32_t ch = 0;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        at += (size_t)brc_term_utf8_get(b + at, size - at, &ch);
        brc_ctx_pause_step(&steps, 15);
        term_cons(cells + 2 * i, BRC_SMALL(ch), term_make_list(cells + 2 * i + 2));
    }
    cells[2 * count - 1] = BRC_NIL;
    brc_ctx_charge(p, count >> 6);
    return term_make_list(cells);
}

/* A UTF-8 binary, read where it stands. */
static Term binary_to_characters(Proc *p, Term bin) {
    size_t size, count;
    uint8_t *tmp;
    const uint8_t *b = brc_term_bin_bytes(bin, &size, &tmp);
    if (b == NULL) return brc_ctx_badarg(p);
    size_t good = brc_term_utf8_prefix(b, size, &count);
    Term list = characters(p, b, good, count);
    if (good != size) {
        bool cut = size - good < claimed_size(b[good]) && may_go_on(b + good, size - good);
        Term rest = brc_term_bits_sub(p, bin, 8 * (uint64_t)good, 8 * (uint64_t)(size - good));
        list = three(p, cut ? AM(incomplete) : AM(error), list, rest);
    }
    free(tmp);
    return list;
}

Term brc_long_unicode_characters_to_list_2(Proc *p, Term data, Term encoding) {
    Conv c = {.p = p};
    uint64_t need;
    if (!known_encoding(encoding, &c.latin1))
        return leave_to(p, data, encoding, AM(characters_to_list_int));
    if (!c.latin1 && term_is_bitstring(data)) return binary_to_characters(p, data);
    if (!scan(data, c.latin1, &need)) return brc_ctx_badarg(p);
    c.to = malloc(need + 1);
    if (c.to == NULL) abort();
    Term rest = convert(&c, data);
    Term list = characters(p, c.to, c.pos, c.chars);
    free(c.to);
    return finish(&c, list, rest);
}

Term brc_bif_unicode_bin_is_7bit_1(Proc *p, Term t) {
    (void)p;
    return term_bool(is_converted(t, true));
}
