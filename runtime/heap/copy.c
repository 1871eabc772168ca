/* copy.c: copies terms from one heap to another: messages, ETS, spawn arguments.
 *
 * The copy is its own queue, as in the collector: an object is first copied with its pointers as
 * they are, and as scanning comes to them, what they point to is appended. As nothing is marked
 * in the source, a part that is shared is copied once for each use, as in OTP. Literals that stay
 * for good are not copied, others only where a message or a new process takes them (heap.h); shared
 * bytes get one more reference. Sizes are found with a stack of pending terms.
 *
 * A sub-binary of a HEAPBIN takes only its own bytes along: a HEAPBIN where it is of whole bytes,
 * else a small HEAPBIN and a SUBBITS. */
#include "heap/heap.h"
#include "base/panic.h"
#include "term/litarea.h"
#include <stdlib.h>

/* ---- size ---- */

typedef struct Pending {
    Term *at;
    size_t count, room;
    Term first[128];
} Pending;

static void pending_grow(Pending *s) {
    size_t room = s->room * 2;
    Term *at =
        s->at == s->first ? malloc(room * sizeof(Term)) : realloc(s->at, room * sizeof(Term));
    if (!at) brc_base_panic("out of memory (copying a term)");
    if (s->at == s->first) memcpy(at, s->first, sizeof s->first);
    s->at = at;
    s->room = room;
}

static inline void pending_push(Pending *s, Term t) {
    if (s->count == s->room) pending_grow(s);
    s->at[s->count++] = t;
}

/* Bytes that a SUBBITS' part of its original touches. */
static size_t part_bytes(const Term *sub) {
    uint64_t offset = (uint64_t)term_small(sub[2]), bits = (uint64_t)term_small(sub[3]);
    return ((offset & 7) + bits + 7) / 8;
}
static bool part_is_whole(const Term *sub) {
    return ((term_small(sub[2]) | term_small(sub[3])) & 7) == 0;
}
static size_t heapbin_words(size_t bytes) {
    return 2 + (bytes + 7) / 8;
}

static bool takes_part(const Term *sub, Term limit) {
    return sub[1] >= limit && term_is_kind(sub[1], BRC_HEAPBIN);
}

/* The words of a boxed object; the pointers in it wait. */
static inline size_t size_box(Pending *s, const Term *box, Term limit) {
    size_t n = BRC_HEADER_WORDS(box[0]);
    unsigned kind = BRC_HEADER_KIND(box[0]);
    if (kind >= BRC_KIND_RAW) return 1 + n;
    if (kind == BRC_SUBBITS && takes_part(box, limit))
        return heapbin_words(part_bytes(box)) + (part_is_whole(box) ? 0 : 5);
    for (size_t i = 1; i <= n; i++)
        if (term_is_pointer(box[i]) && box[i] >= limit) pending_push(s, box[i]);
    return 1 + n;
}

/* limit: pointers below it are not followed. */
static size_t size_words(Term t, Term limit) {
    Pending s; /* not initialised as a whole: that would be a kilobyte for each message */
    s.at = s.first, s.count = 0, s.room = sizeof s.first / sizeof *s.first;
    size_t words = 0;
    for (;;) {
        while (term_is_cons(t) && t >= limit) {
            Term head = term_head(t);
            words += 2;
            t = term_tail(t);
            if (!term_is_pointer(head) || head < limit) continue;
            if (term_is_boxed(head))
                words += size_box(&s, term_box(head), limit);
            else
                pending_push(&s, head);
        }
        if (term_is_boxed(t) && t >= limit) words += size_box(&s, term_box(t), limit);
        if (s.count == 0) break;
        t = s.at[--s.count];
    }
    if (s.at != s.first) free(s.at);
    return words;
}

_Thread_local Term brc_heap_message_limit;

static Term message_limit(void) {
    return brc_heap_message_limit ? brc_heap_message_limit : term_static_limit();
}

size_t brc_heap_size_words(Term t) {
    return term_is_pointer(t) ? size_words(t, term_static_limit()) : 0;
}
size_t brc_heap_message_words(Term t) {
    return term_is_pointer(t) ? size_words(t, message_limit()) : 0;
}
size_t brc_heap_flat_words(Term t) {
    return term_is_pointer(t) ? size_words(t, 0) : 0;
}

/* ---- copy ---- */

typedef struct Copier {
    Term *hp;
    Term *start;
    Term *offheap;
    Term limit; /* pointers below stay as they are */
} Copier;

/* All cells of a list, side by side, up to what is no cell or a literal. */
static Term copy_cells(Copier *c, Term t) {
    Term first = term_make_list(c->hp);
    for (;;) {
        Term *at = c->hp, tail = term_tail(t);
        at[0] = term_head(t);
        c->hp += 2;
        if (!term_is_cons(tail) || tail < c->limit) {
            at[1] = tail;
            return first;
        }
        at[1] = term_make_list(c->hp);
        t = tail;
    }
}

static Term copy_part(Copier *c, const Term *sub) {
    size_t bytes = part_bytes(sub), words = heapbin_words(bytes);
    Term *at = c->hp;
    const uint8_t *data =
        (const uint8_t *)(term_box(sub[1]) + 2) + (uint64_t)term_small(sub[2]) / 8;
    at[words - 1] = 0;
    at[0] = BRC_HEADER(BRC_HEAPBIN, words - 1);
    at[1] = bytes;
    memcpy(at + 2, data, bytes);
    c->hp += words;
    if (part_is_whole(sub)) return term_make_boxed(at);
    Term *part = c->hp;
    c->hp += 5;
    part[0] = BRC_HEADER(BRC_SUBBITS, 4);
    part[1] = term_make_boxed(at);
    part[2] = BRC_SMALL(term_small(sub[2]) & 7);
    part[3] = sub[3];
    part[4] = BRC_SMALL(0);
    return term_make_boxed(part);
}

static void take_reference(Copier *c, Term *at) {
    if (BRC_HEADER_KIND(at[0]) == BRC_REFBIN)
        brc_ctx_sharedbin_ref((SharedBin *)at[3]);
    else
        brc_ctx_magic_ref((Magic *)at[5]);
    *brc_ctx_offheap_link(at) = (Term)c->offheap;
    c->offheap = at;
}

static Term copy_box(Copier *c, Term t) {
    const Term *box = term_box(t);
    Term header = box[0], *at = c->hp;
    unsigned kind = BRC_HEADER_KIND(header);
    if (kind == BRC_SUBBITS && takes_part(box, c->limit)) return copy_part(c, box);
    if (kind == BRC_MATCHCTX) brc_base_panic("a match context is no term to copy");
    size_t words = 1 + BRC_HEADER_WORDS(header);
#pragma clang loop vectorize(disable) unroll(disable)
    for (size_t i = 0; i < words; i++) /* mostly few */
        at[i] = box[i];
    c->hp += words;
    if (kind == BRC_TUPLE) return term_make_boxed(at);
    if (kind == BRC_SUBBITS) at[4] = BRC_SMALL(0); /* only the first owner appends in place */
    if (kind == BRC_REFBIN || header == BRC_HEADER(BRC_REF, 5)) take_reference(c, at);
    return term_make_boxed(at);
}

static inline Term copy_pointer(Copier *c, Term t) {
    if (t < c->limit) return t;
    if (t - (Term)c->start < (Term)((char *)c->hp - (char *)c->start)) return t; /* done */
    return term_is_cons(t) ? copy_cells(c, t) : copy_box(c, t);
}

static Term copy(Term t, Term **hp, Term **offheap, Term limit) {
    if (!term_is_pointer(t)) return t;
    Copier c = {.hp = *hp, .start = *hp, .offheap = *offheap, .limit = limit};
    t = copy_pointer(&c, t);
    for (Term *s = c.start; s < c.hp;) {
        Term word = *s;
        if (term_is_pointer(word))
            *s++ = copy_pointer(&c, word);
        else if ((word & BRC_NIBBLE_MASK) == BRC_TAG_HEADER &&
                 BRC_HEADER_KIND(word) >= BRC_KIND_RAW)
            s += 1 + BRC_HEADER_WORDS(word);
        else
            s++;
    }
    *hp = c.hp;
    *offheap = c.offheap;
    return t;
}

Term brc_heap_copy(Term t, Term **hp, Term **offheap) {
    return copy(t, hp, offheap, term_static_limit());
}
Term brc_heap_message_copy(Term t, Term **hp, Term **offheap) {
    return copy(t, hp, offheap, message_limit());
}

Frag *brc_heap_copy_to_frag(Term t) {
    if (!term_is_pointer(t) || term_is_static(t)) return NULL;
    size_t words = brc_heap_size_words(t);
    Frag *f = brc_ctx_frag_new(words);
    Term *hp = f->data;
    f->term = brc_heap_copy(t, &hp, &f->offheap);
    f->used = words;
    BRC_CHECK(hp == f->data + words);
    return f;
}

Term brc_heap_copy_to_proc(Proc *p, Term t) {
    if (!term_is_pointer(t)) return t;
    size_t words = brc_heap_message_words(t);
    if (words == 0) return t;
    Term *at = brc_ctx_alloc(p, words), *before = p->offheap;
    Term copied = brc_heap_message_copy(t, &at, &p->offheap);
    size_t bytes = 0;
    for (Term *o = p->offheap; o != before; o = (Term *)*brc_ctx_offheap_link(o))
        bytes += brc_ctx_offheap_object_bytes(o);
    if (bytes) brc_ctx_offheap_grew(p, bytes);
    return copied;
}
