/* etf_encode.c: terms to bytes. One loop takes a term, writes what it can at once and leaves the
 * rest as a frame on a stack of its own: elements of a tuple, the rest of a list, a map's pairs. */
#include <stdlib.h>
#include "term/etf_write.h"
#include "ctx/slice.h"
#include "term/etf_tags.h"
#include "term/bits.h"
#include "term/cmp.h"
#include "term/map.h"

enum FrameKind { ARRAY, PAIRS, OWNED, REST, FUN_END };
typedef struct Frame {
    enum FrameKind kind;
    const Term *at, *values; /* ARRAY, OWNED: next term; PAIRS: next key and value */
    size_t left;             /* terms */
    Term rest;               /* REST: of the list */
    Term *owned;             /* OWNED: the whole array */
    uint64_t start;          /* FUN_END: of the size field, in all bytes... */
    size_t patch;            /* ...and in those of the SharedBin */
} Frame;

typedef struct Out {
    EtfWriter w;
    EtfCuts *cuts;
    bool too_large;
    Term self;
    Frame *frames;
    size_t depth, room;
    Frame first[32];
} Out;

static Frame *push(Out *o, enum FrameKind kind) {
    if (o->depth == o->room) {
        size_t room = 2 * o->room;
        Frame *f = realloc(o->frames == o->first ? NULL : o->frames, room * sizeof *f);
        if (f == NULL) abort();
        if (o->frames == o->first) memcpy(f, o->first, sizeof o->first);
        o->frames = f, o->room = room;
    }
    Frame *f = &o->frames[o->depth++];
    f->kind = kind;
    return f;
}
static void push_array(Out *o, const Term *at, size_t n) {
    if (n == 0) return;
    Frame *f = push(o, ARRAY);
    f->at = at, f->left = n;
}

/* ---- compound terms ---- */

/* Cells of the list; *text: whether it is a proper list of bytes that STRING_EXT can hold. */
static uint64_t list_cells(Term t, bool *text) {
    uint64_t n = 0;
    bool bytes = true;
    for (; term_is_cons(t); t = term_tail(t), n++)
        bytes = bytes && (term_head(t) & ~(Term)0x3FC) == 0;
    brc_ctx_pause(3 * n);
    *text = bytes && n <= ETF_STRING_MAX && term_is_nil(t);
    return n;
}

static void put_text(Out *o, Term t, size_t n) {
    if (o->w.bin == NULL) {
        o->w.elsewhere += n;
        return;
    }
    etf_reserve(&o->w, n);
    for (; term_is_cons(t); t = term_tail(t))
        etf_put8(&o->w, (unsigned)(term_head(t) >> 2));
}

static void put_list(Out *o, Term t) {
    bool text;
    uint64_t n = list_cells(t, &text);
    etf_reserve(&o->w, 5);
    if (text) {
        etf_put8(&o->w, ETF_STRING);
        etf_put16(&o->w, (unsigned)n);
        put_text(o, t, (size_t)n);
        return;
    }
    if (n > UINT32_MAX) o->too_large = true;
    etf_put8(&o->w, ETF_LIST);
    etf_put32(&o->w, n);
    push(o, REST)->rest = t;
}

static void put_tuple(Out *o, const Term *box) {
    size_t n = BRC_HEADER_WORDS(box[0]);
    etf_reserve(&o->w, 5);
    if (n < 256) {
        etf_put8(&o->w, ETF_SMALL_TUPLE);
        etf_put8(&o->w, (unsigned)n);
    } else {
        etf_put8(&o->w, ETF_LARGE_TUPLE);
        etf_put32(&o->w, n);
    }
    push_array(o, box + 1, n);
}

static int compare_keys(const void *a, const void *b) {
    return brc_term_compare_exact(*(const Term *)a, *(const Term *)b);
}

static void push_hashmap(Out *o, Term map, size_t n) {
    Term *pairs = malloc(n * 2 * sizeof *pairs), *to = pairs;
    if (pairs == NULL) abort();
    MapIter it;
    brc_term_map_iter_list(&it, map);
    while (brc_term_map_next(&it, &to[0], &to[1]))
        to += 2;
    if ((o->w.flags & BRC_ETF_DETERMINISTIC) != 0) qsort(pairs, n, 2 * sizeof *pairs, compare_keys);
    Frame *f = push(o, OWNED);
    f->at = f->owned = pairs;
    f->left = 2 * n;
}

static void put_map(Out *o, Term t) {
    const Term *box = term_box(t);
    size_t n = brc_term_map_size(t);
    etf_reserve(&o->w, 5);
    etf_put8(&o->w, ETF_MAP);
    etf_put32(&o->w, n);
    if (n == 0) return;
    if (BRC_HEADER_KIND(box[0]) == BRC_HASHMAP) {
        push_hashmap(o, t, n);
        return;
    }
    Frame *f = push(o, PAIRS);
    f->at = term_tuple_elements(box[1]);
    f->values = box + 2;
    f->left = 2 * n;
}

/* Notes a large off-heap binary instead of copying its bytes; false: copy them. */
static bool cut_out(Out *o, const BitsView *v, Term t) {
    uint64_t bytes = v->bit_size >> 3;
    if (o->cuts == NULL || bytes <= BRC_HEAPBIN_MAX || (v->bit_offset & 7) != 0 ||
        !term_is_kind(v->original, BRC_REFBIN))
        return false;
    EtfCuts *c = o->cuts;
    if (c->count == c->room) {
        c->room = c->room ? 2 * c->room : 8;
        c->at = realloc(c->at, c->room * sizeof *c->at);
        if (c->at == NULL) abort();
    }
    c->at[c->count++] = (EtfCut){etf_filled(&o->w), t};
    o->w.elsewhere += bytes;
    return true;
}

static void put_bitstring(Out *o, Term t) {
    BitsView v;
    brc_term_bits_view(t, &v);
    unsigned odd = (unsigned)v.bit_size & 7;
    uint64_t bytes = (v.bit_size + 7) >> 3;
    if (bytes > UINT32_MAX) o->too_large = true;
    etf_reserve(&o->w, 6);
    etf_put8(&o->w, odd ? ETF_BIT_BINARY : ETF_BINARY);
    etf_put32(&o->w, bytes);
    if (odd) etf_put8(&o->w, odd);
    uint64_t left_out = cut_out(o, &v, t) ? v.bit_size & ~UINT64_C(7) : 0;
    brc_term_etf_put_bits(&o->w, v.data, v.bit_offset + left_out, v.bit_size - left_out);
}

static void put_fun(Out *o, const Term *box) {
    const FunEntry *e = (const FunEntry *)box[1];
    if (e->index < 0) {
        etf_reserve(&o->w, 1);
        etf_put8(&o->w, ETF_EXPORT);
        brc_term_etf_put_atom(&o->w, e->module);
        brc_term_etf_put_atom(&o->w, e->name);
        brc_term_etf_put_int(&o->w, e->arity);
        return;
    }
    size_t nfree = BRC_HEADER_WORDS(box[0]) - 1;
    etf_reserve(&o->w, 30);
    brc_term_etf_note_fun(e);
    etf_put8(&o->w, ETF_NEW_FUN);
    Frame *end = push(o, FUN_END);
    end->start = etf_position(&o->w);
    end->patch = etf_filled(&o->w);
    etf_put32(&o->w, 0);
    etf_put8(&o->w, e->arity);
    memcpy(o->w.at, e->uniq, 16);
    o->w.at += 16;
    etf_put32(&o->w, (uint32_t)e->index);
    etf_put32(&o->w, nfree);
    brc_term_etf_put_atom(&o->w, e->module);
    brc_term_etf_put_int(&o->w, term_small(e->old_index));
    brc_term_etf_put_int(&o->w, e->old_uniq);
    brc_term_etf_put_local_pid(&o->w, o->self);
    push_array(o, box + 2, nfree);
}

static void put_boxed(Out *o, Term t) {
    const Term *box = term_box(t);
    switch (BRC_HEADER_KIND(box[0])) {
    case BRC_TUPLE: put_tuple(o, box); break;
    case BRC_FLATMAP:
    case BRC_HASHMAP: put_map(o, t); break;
    case BRC_FUN: put_fun(o, box); break;
    case BRC_HEAPBIN:
    case BRC_REFBIN:
    case BRC_SUBBITS: put_bitstring(o, t); break;
    default: brc_term_etf_put_boxed_leaf(&o->w, box); break;
    }
}

/* ---- the loop ---- */

static void end_fun(Out *o, const Frame *f) {
    if (o->w.bin == NULL) return;
    uint32_t size = __builtin_bswap32((uint32_t)(etf_position(&o->w) - f->start));
    memcpy(o->w.bin->data + f->patch, &size, sizeof size);
}

/* The next term that waits on the stack; false: none. */
static bool next_term(Out *o, Term *t) {
    while (o->depth != 0) {
        Frame *f = &o->frames[o->depth - 1];
        switch (f->kind) {
        case FUN_END:
            end_fun(o, f);
            o->depth--;
            continue;
        case REST:
            if (term_is_cons(f->rest)) {
                *t = term_head(f->rest);
                f->rest = term_tail(f->rest);
            } else {
                *t = f->rest;
                o->depth--;
            }
            return true;
        case PAIRS:
            if (f->left == 0) break;
            *t = (f->left-- & 1) == 0 ? *f->at++ : *f->values++;
            return true;
        default:
            if (f->left == 0) break;
            f->left--;
            *t = *f->at++;
            return true;
        }
        if (f->kind == OWNED) free(f->owned);
        o->depth--;
    }
    return false;
}

static void encode(Out *o, Term t) {
    o->frames = o->first;
    o->room = sizeof o->first / sizeof *o->first;
    etf_reserve(&o->w, 1);
    etf_put8(&o->w, ETF_VERSION);
    do {
        brc_ctx_pause(20);
        if (term_is_boxed(t))
            put_boxed(o, t);
        else if (term_is_cons(t))
            put_list(o, t);
        else
            brc_term_etf_put_immediate(&o->w, t);
    } while (next_term(o, &t));
    if (o->frames != o->first) free(o->frames);
}

SharedBin *brc_term_etf_encode(Term t, unsigned flags, Term self, EtfCuts *cuts) {
    Out o;
    o.w.bin = brc_ctx_sharedbin_new(0, 256);
    o.w.at = o.w.bin->data;
    o.w.end = o.w.bin->data + o.w.bin->room_bytes;
    o.w.elsewhere = 0, o.cuts = cuts, o.w.flags = flags, o.too_large = false, o.self = self;
    o.depth = 0;
    encode(&o, t);
    o.w.bin->size_bytes = etf_filled(&o.w);
    if (!o.too_large) return o.w.bin;
    brc_ctx_sharedbin_unref(o.w.bin);
    return NULL;
}

uint64_t brc_term_etf_size(Term t, unsigned flags) {
    Out o;
    o.w.bin = NULL;
    o.w.at = o.w.scratch;
    o.w.end = o.w.scratch + sizeof o.w.scratch;
    o.w.elsewhere = 0, o.cuts = NULL, o.w.flags = flags, o.too_large = false;
    o.self = BRC_TAG_PID;
    o.depth = 0;
    encode(&o, t);
    return o.too_large ? 0 : etf_position(&o.w);
}
