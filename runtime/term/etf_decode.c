/* etf_decode.c: bytes to terms. Nothing in the bytes is trusted.
 *
 * One loop fills slots (words of terms already made) from the bytes; a compound term is made with
 * its slots open and leaves a frame that says which come next. A slot takes at least one byte of
 * input, so a count is refused that, with all slots still open, exceeds the bytes left: memory
 * stays within a small multiple of the input. Open slots hold [], so that what was made before an
 * error is sound, if useless. */
#include <stdlib.h>
#include "term/etf.h"
#include "ctx/slice.h"
#include "term/etf_read.h"
#include "term/etf_tags.h"
#include "term/bits.h"
#include "term/map.h"

enum FrameKind { SLOTS, LIST_HEADS, MAP_PAIRS };
typedef struct Frame {
    enum FrameKind kind;
    Term *slot; /* the next one */
    size_t left;
    Term *into;  /* MAP_PAIRS: where the map goes */
    Term *pairs; /* MAP_PAIRS: malloc'd */
    size_t count;
} Frame;

typedef struct In {
    EtfReader r;
    Frame *frames;
    size_t depth, room;
    uint64_t open; /* slots in all frames */
    Frame first[32];
} In;

static Frame *push(In *in, enum FrameKind kind, Term *slot, size_t n) {
    if (in->depth == in->room) {
        size_t room = 2 * in->room;
        Frame *f = realloc(in->frames == in->first ? NULL : in->frames, room * sizeof *f);
        if (f == NULL) abort();
        if (in->frames == in->first) memcpy(f, in->first, sizeof in->first);
        in->frames = f, in->room = room;
    }
    Frame *f = &in->frames[in->depth++];
    f->kind = kind, f->slot = slot, f->left = n;
    in->open += n;
    return f;
}

/* May n more slots be opened? */
static bool enough_input(const In *in, uint64_t n) {
    return in->open + n <= (uint64_t)(in->r.end - in->r.at);
}

static Term *open_slots(Term *at, size_t n) {
    for (size_t i = 0; i < n; i++)
        at[i] = BRC_NIL;
    return at;
}

/* ---- compound terms ---- */

static bool get_tuple(In *in, Term *slot, uint32_t n) {
    if (!enough_input(in, n)) return false;
    Term *box = room_take(&in->r.room, 1 + (size_t)n);
    *slot = term_tuple_begin(box, n);
    open_slots(box + 1, n);
    push(in, SLOTS, box + 1, n);
    return true;
}

static bool get_list(In *in, Term *slot) {
    uint32_t n;
    if (!etf_read32(&in->r, &n) || !enough_input(in, (uint64_t)n + 1)) return false;
    if (n == 0) { /* the tail is all there is */
        push(in, SLOTS, slot, 1);
        return true;
    }
    Term *cells = room_take(&in->r.room, 2 * (size_t)n);
    for (size_t i = 0; i < n; i++)
        term_cons(cells + 2 * i, BRC_NIL, term_make_list(cells + 2 * i + 2));
    cells[2 * (size_t)n - 1] = BRC_NIL;
    *slot = term_make_list(cells);
    push(in, LIST_HEADS, cells, n);
    in->open++; /* the tail */
    return true;
}

static bool get_string(In *in, Term *slot) {
    uint16_t n;
    const uint8_t *text;
    if (!etf_read16(&in->r, &n) || (text = etf_read_bytes(&in->r, n)) == NULL) return false;
    if (n == 0) {
        *slot = BRC_NIL;
        return true;
    }
    Term *cells = room_take(&in->r.room, 2 * (size_t)n);
    *slot = term_make_list(cells);
    for (size_t i = 0; i < n; i++)
        term_cons(cells + 2 * i, BRC_SMALL(text[i]), term_make_list(cells + 2 * i + 2));
    cells[2 * (size_t)n - 1] = BRC_NIL;
    return true;
}

static bool get_map(In *in, Term *slot) {
    uint32_t n;
    if (!etf_read32(&in->r, &n) || !enough_input(in, 2 * (uint64_t)n)) return false;
    if (n == 0) {
        *slot = brc_term_map_empty();
        return true;
    }
    Term *pairs = malloc(2 * (size_t)n * sizeof *pairs);
    if (pairs == NULL) abort();
    Frame *f = push(in, MAP_PAIRS, pairs, 2 * (size_t)n);
    f->into = slot;
    f->pairs = pairs;
    f->count = n;
    return true;
}

static bool finish_map(In *in, const Frame *f) {
    Term map = brc_term_map_from_pairs(in->r.room.p, f->pairs, f->count);
    free(f->pairs);
    *f->into = map;
    return brc_term_map_size(map) == f->count; /* no key twice */
}

static bool get_fun(In *in, Term *slot) {
    FunEntry like = {0};
    uint32_t size, index, nfree;
    uint8_t arity;
    const uint8_t *uniq;
    int64_t old_index, old_uniq;
    EtfReader *r = &in->r;
    Term maker;
    if (!etf_read32(r, &size) || !etf_read8(r, &arity) || (uniq = etf_read_bytes(r, 16)) == NULL ||
        !etf_read32(r, &index) || !etf_read32(r, &nfree) || nfree > ETF_FREE_MAX ||
        !brc_term_etf_atom(r, &like.module) || !brc_term_etf_small(r, &old_index) ||
        !brc_term_etf_small(r, &old_uniq) || !brc_term_etf_leaf(r, &maker) || !term_is_pid(maker) ||
        !enough_input(in, nfree) || (int32_t)index < 0)
        return false;
    memcpy(like.uniq, uniq, sizeof like.uniq);
    like.name = AM(empty);
    like.arity = arity, like.index = (int32_t)index, like.nfree = nfree;
    like.old_index = BRC_SMALL(old_index), like.old_uniq = (uint32_t)old_uniq;
    const FunEntry *e = brc_term_etf_fun(r, &like);
    if (e == NULL) return false;
    Term *box = room_take(&r->room, 2 + (size_t)nfree);
    box[0] = BRC_HEADER(BRC_FUN, 1 + nfree);
    box[1] = (Term)e;
    *slot = term_make_boxed(box);
    push(in, SLOTS, open_slots(box + 2, nfree), nfree);
    return true;
}

/* ---- the loop ---- */

static bool get_term(In *in, Term *slot) {
    uint8_t tag, n8;
    uint32_t n32;
    EtfReader *r = &in->r;
    if (r->at == r->end) return false;
    tag = *r->at;
    switch (tag) {
    case ETF_SMALL_TUPLE: r->at++; return etf_read8(r, &n8) && get_tuple(in, slot, n8);
    case ETF_LARGE_TUPLE: r->at++; return etf_read32(r, &n32) && get_tuple(in, slot, n32);
    case ETF_STRING: r->at++; return get_string(in, slot);
    case ETF_LIST: r->at++; return get_list(in, slot);
    case ETF_MAP: r->at++; return get_map(in, slot);
    case ETF_NEW_FUN: r->at++; return get_fun(in, slot);
    default: return brc_term_etf_leaf(r, slot);
    }
}

/* The next slot to fill, or NULL where none is open; *ok: false where a map is no map. */
static Term *next_slot(In *in, bool *ok) {
    while (in->depth != 0) {
        Frame *f = &in->frames[in->depth - 1];
        if (f->left != 0) {
            f->left--, in->open--;
            Term *slot = f->slot;
            f->slot += f->kind == LIST_HEADS ? 2 : 1;
            return slot;
        }
        in->depth--;
        if (f->kind == LIST_HEADS) {
            in->open--;
            return f->slot - 1;
        }
        if (f->kind == MAP_PAIRS && !finish_map(in, f)) {
            *ok = false;
            return NULL;
        }
    }
    return NULL;
}

static void drop_frames(In *in) {
    for (size_t i = 0; i < in->depth; i++)
        if (in->frames[i].kind == MAP_PAIRS) free(in->frames[i].pairs);
    if (in->frames != in->first) free(in->frames);
}

Term brc_term_etf_decode_body(Proc *p, const uint8_t *bytes, size_t size, unsigned flags,
                              EtfFindFun *find, size_t *used) {
    In in;
    in.r.at = bytes, in.r.end = bytes + size, in.r.flags = flags, in.r.find = find;
    room_begin(&in.r.room, p, size < 480 ? size / 2 + 8 : 256);
    in.frames = in.first, in.room = sizeof in.first / sizeof *in.first;
    in.depth = 0, in.open = 0;
    Term result = BRC_NIL;
    Term *slot = &result;
    bool ok = true;
    while (slot != NULL && ok) {
        brc_ctx_pause(30);
        ok = get_term(&in, slot);
        if (ok) slot = next_slot(&in, &ok);
    }
    drop_frames(&in);
    room_end(&in.r.room);
    *used = (size_t)(in.r.at - bytes);
    if (p != NULL) brc_ctx_charge(p, *used >> 9);
    return ok ? result : BRC_NONE;
}

Term brc_term_etf_decode_plain(Proc *p, const uint8_t *bytes, size_t size, EtfFindFun *find) {
    size_t used;
    if (size < 2 || bytes[0] != ETF_VERSION) return BRC_NONE;
    return brc_term_etf_decode_body(p, bytes + 1, size - 1, 0, find, &used);
}
