/* collect.c: when and where the collector moves things: generations, sizes of blocks.
 *
 *      heap        high_water      hp              sp           stack_end
 *      | mature      | young         |    free     | stack          |        the heap block
 *
 *      old_heap                  old_hp         old_end
 *      | old generation             |    free      |                         the old block
 *
 * A minor collection moves what lives of the mature part to the old block and of the rest (and of
 * the fragments) to a new heap block, where all of it is mature; so a term is moved twice at most
 * until the next major collection. From a large heap block all that lives moves to the old block
 * at once, and the heap block stays: there a second block of the size would cost more in fresh
 * pages than what dies young a little later. A major one moves all that lives to a new old block
 * with room for as much again, and leaves the heap block empty. It is due when the old block has
 * no room for what may move there, after `fullsweep_after` minor ones, or on request.
 *
 * The part of a block between heap and stack_end may be smaller than the block: the block must
 * hold the worst case, the part follows what was found to live. */
#include "heap/evacuate.h"
#include "heap/heap.h"
#include "heap/settle.h"
#include "heap/move.h"
#include "term/hash.h"
#include "base/hooks.h"
#include "base/pages.h"
#include "base/panic.h"

/* In a stress build the heap block has room for just what was asked (and where much lives a little
 * more, or a large program would never end), every collection moves it, the
 * old memory is overwritten, and all is checked before and after. */
#ifdef BRC_STRESS
enum { STRESS = 1 };
#else
enum { STRESS = 0 };
#endif
enum {
    SHRINK_FLOOR_WORDS = 1598, /* a minor collection never makes a larger block smaller than this */
    OLD_GROWTH = 1,            /* the old generation may grow by its 1/OLD_GROWTH */
    OLD_PER_YOUNG = 8,         /* a process with much old data has a heap block in proportion, */
    YOUNG_PART_WORDS = 1 << 18, /* up to 2 MB (a core's cache), so that it collects less often; */
    MOST_PER_OLD = 2,           /* up to half of the old data where much of it survives */
    LARGE_WORDS = 1 << 15,      /* blocks from here on are emptied in one go */
    NURSERY_LEAST_WORDS = 1024, /* what a process that collects often is given, doubled each time */
    NURSERY_MOST_WORDS = 32768, /* that it does so twice in a turn; halved in turns with one */
    POISON_BYTE = 0xEE,
    STRESS_SHARE = 64, /* of what lives: the room above what was asked for */
};

static size_t stack_words(const Proc *p) {
    return (size_t)(p->stack_end - p->sp);
}
static size_t block_words(const Proc *p) {
    return (size_t)(p->stack_end - p->heap);
}

static void free_block(void *block, size_t bytes, size_t used_bytes) {
    if (STRESS) memset(block, POISON_BYTE, bytes);
    brc_base_block_free(block, bytes, STRESS ? bytes : used_bytes);
}

static void free_old_block(Proc *p) {
    size_t used = (size_t)(p->old_hp - p->old_heap) * sizeof(Term);
    if (p->old_heap) free_block(p->old_heap, brc_heap_opts(p)->old_block_bytes, used);
}

static void free_heap_block(Proc *p) {
    HeapOpts *o = brc_heap_opts(p);
    if (!o->block_borrowed) {
        free_block(p->heap, o->block_bytes, o->block_bytes);
        return;
    }
    o->block_borrowed = 0;
    if (STRESS) memset(p->heap, POISON_BYTE, block_words(p) * sizeof(Term));
}

static void free_frags(Proc *p) {
    for (Frag *f = p->frags; f;) {
        Frag *next = f->next;
        f->offheap = NULL; /* swept */
        if (STRESS) memset(f->data, POISON_BYTE, f->used * sizeof(Term));
        brc_ctx_frag_free(f);
        f = next;
    }
    p->frags = NULL;
    p->frag_words = 0;
}

/* What the heap block should span when `want` words of it are in use or asked for. */
static size_t young_size(const Proc *p, size_t want) {
    size_t size = block_words(p), least = brc_heap_opts(p)->min_heap_words;
    size_t part = (size_t)(p->old_hp - p->old_heap) / OLD_PER_YOUNG;
    if (STRESS) return want + (want + (size_t)(p->old_hp - p->old_heap)) / STRESS_SHARE;
    if (part > YOUNG_PART_WORDS) part = YOUNG_PART_WORDS;
    if (least < part) least = brc_heap_next_size(part);
    if (least < brc_heap_opts(p)->nursery_words) least = brc_heap_opts(p)->nursery_words;
    /* As much room as there is stack, as each collection goes through all of it. */
    if (stack_words(p) > least / 2) least = brc_heap_next_size(stack_words(p) * 2);
    if (want + want / 3 > size)
        size = brc_heap_next_size(want + want / 3);
    else if (size > SHRINK_FLOOR_WORDS && want < size / 16)
        size = brc_heap_next_size(want * 4 > SHRINK_FLOOR_WORDS ? want * 4 : SHRINK_FLOOR_WORDS);
    return size < least ? least : size;
}

/* Makes a block of room `bytes` at `to`, filled up to `top`, the heap block. The stack moves to
 * its end. */
static void set_heap_block(Proc *p, Term *to, size_t bytes, Term *top, size_t size) {
    size_t stack = stack_words(p);
    Term *end = to + size;
    BRC_CHECK(size <= bytes / sizeof(Term) && top + stack <= end);
    memcpy(end - stack, p->sp, stack * sizeof(Term));
    free_heap_block(p);
    p->heap = to;
    p->hp = top;
    p->stack_end = end;
    p->sp = end - stack;
    brc_heap_opts(p)->block_bytes = bytes;
}

static uint64_t least_vheap(const HeapOpts *o) {
    return o->min_vheap_bytes ? o->min_vheap_bytes : BRC_MIN_VHEAP_WORDS * sizeof(Term);
}

/* Do dead binaries have to be looked for among the old? */
static bool old_vheap_full(const HeapOpts *o) {
    uint64_t limit = o->old_vheap_limit_bytes;
    return o->old_offheap_bytes > (limit ? limit : least_vheap(o));
}

/* The off-heap lists, after the objects have moved; the old generation's only where it moved. */
static void sweep(Proc *p, Sweep *w, bool with_old) {
    HeapOpts *o = brc_heap_opts(p);
    brc_heap_sweep_offheap(w, p->offheap);
    for (Frag *f = p->frags; f; f = f->next)
        brc_heap_sweep_offheap(w, f->offheap);
    if (with_old)
        brc_heap_sweep_offheap(w, p->old_offheap);
    else
        w->old_bytes += o->old_offheap_bytes;
    p->offheap = w->young;
    p->old_offheap = w->old;

    uint64_t least = least_vheap(o);
    o->old_offheap_bytes = w->old_bytes;
    o->offheap_live_bytes = w->young_bytes + w->old_bytes;
    o->vheap_limit_bytes = o->offheap_live_bytes > least ? o->offheap_live_bytes : least;
    p->offheap_bytes = 0;
}

/* Bytes of the heap block's terms if all that is young lies there, or 0. */
static uintptr_t block_alone(const Proc *p) {
    return p->frags ? 0 : (uintptr_t)p->hp - (uintptr_t)p->heap;
}

/* Moves the young part to a new block of at least `room` words; the mature part goes to the old
 * block, which has the room. Returns what the heap block should span; where that is more than it
 * spans now, the caller moves once more. */
static size_t move_young(Proc *p, size_t need, uint32_t live, size_t room) {
    size_t bytes;
    Term *to = brc_base_block_alloc(room * sizeof(Term), &bytes);
    Mover m = {
        .from_lo = (uintptr_t)p->heap,
        .from_bytes = block_alone(p),
        .keep_lo = (uintptr_t)p->old_heap,
        .keep_bytes = (uintptr_t)p->old_end - (uintptr_t)p->old_heap,
        .moved_lo = (uintptr_t)to,
        .moved_bytes = bytes,
        .mature_lo = (uintptr_t)p->heap,
        .mature_bytes = (uintptr_t)p->high_water - (uintptr_t)p->heap,
        .to = to,
        .to_start = to,
        .old = p->old_hp,
        .old_start = p->old_hp,
    };
    brc_heap_move(&m, p, live);
    BRC_CHECK(m.old <= p->old_end);
    p->old_hp = m.old;

    Sweep w = {.old_lo = p->old_heap, .old_hi = p->old_hp, .old = p->old_offheap};
    sweep(p, &w, false);

    size_t wanted = young_size(p, (size_t)(m.to - to) + stack_words(p) + need);
    size_t most = bytes / sizeof(Term);
    set_heap_block(p, to, bytes, m.to, wanted < most ? wanted : most);
    p->high_water = p->hp;
    free_frags(p);
    return wanted;
}

/* May `words` more move to the old generation? Makes an old block where there is none. */
static bool old_has_room(Proc *p, size_t words) {
    HeapOpts *o = brc_heap_opts(p);
    if (words > 0 && !p->old_heap) {
        size_t bytes;
        p->old_heap = brc_base_block_alloc(brc_heap_next_size(words * 2) * sizeof(Term), &bytes);
        p->old_hp = p->old_heap;
        p->old_end = p->old_heap + bytes / sizeof(Term);
        o->old_block_bytes = bytes;
        o->old_limit_words = bytes / sizeof(Term);
    }
    if ((size_t)(p->old_hp - p->old_heap) > o->old_limit_words) return false;
    return (size_t)(p->old_end - p->old_hp) >= words;
}

/* The emptied heap block: stays or, where it has not the right size, is replaced. */
static void set_emptied(Proc *p, size_t size) {
    p->hp = p->high_water = p->heap;
    if (size == block_words(p) && !STRESS) return;
    size_t bytes;
    Term *to = brc_base_block_alloc(size * sizeof(Term), &bytes);
    set_heap_block(p, to, bytes, to, size);
    p->high_water = p->heap;
}

/* The size of a large heap block of whose `used` words `lived` were moved: larger where much
 * survived, as what is given more time may die, and down again where next to nothing did. */
static size_t large_size(const Proc *p, size_t want, size_t used, size_t lived) {
    size_t least = young_size(p, want), size = block_words(p);
    size_t most = (size_t)(p->old_hp - p->old_heap) / MOST_PER_OLD;
    if (STRESS) return least;
    if (lived > used / 8 && size * 2 <= most)
        size *= 2;
    else if (lived < used / 32 && size / 2 >= YOUNG_PART_WORDS)
        size /= 2;
    return size > least && least >= LARGE_WORDS ? size : least;
}

/* Moves all that lives of a large heap block to the old block. */
static bool promote_all(Proc *p, size_t need, uint32_t live) {
    size_t used = (size_t)(p->hp - p->heap) + p->frag_words;
    if (!old_has_room(p, used)) return false;
    Mover m = {
        .from_lo = (uintptr_t)p->heap,
        .from_bytes = block_alone(p),
        .keep_lo = (uintptr_t)p->old_heap,
        .keep_bytes = (uintptr_t)p->old_end - (uintptr_t)p->old_heap,
        .to = p->old_hp,
        .to_start = p->old_hp,
    };
    brc_heap_move(&m, p, live);
    size_t lived = (size_t)(m.to - p->old_hp);
    p->old_hp = m.to;
    Sweep w = {.old_lo = p->old_heap, .old_hi = p->old_hp, .old = p->old_offheap};
    sweep(p, &w, false);
    free_frags(p);
    set_emptied(p, large_size(p, stack_words(p) + need, used, lived));
    return true;
}

static bool age(Proc *p, size_t need, uint32_t live) {
    if (!old_has_room(p, (size_t)(p->high_water - p->heap))) return false;
    size_t room = (size_t)(p->hp - p->high_water) + p->frag_words + stack_words(p) + need;
    if (room < block_words(p)) room = block_words(p);
    size_t wanted = move_young(p, need, live, room);
    while (wanted > block_words(p)) {
        p->high_water = p->heap; /* it has just been moved: not old yet */
        wanted = move_young(p, need, live, wanted);
    }
    return true;
}

static bool minor(Proc *p, size_t need, uint32_t live) {
    HeapOpts *o = brc_heap_opts(p);
    bool large = block_words(p) >= LARGE_WORDS;
    if (!(large ? promote_all(p, need, live) : age(p, need, live))) return false;
    o->gen_gcs++;
    o->minor_gcs++;
    return true;
}

/* Words for an old block where `lives` words live: to the limit, and beyond it room for what one
 * more collection may bring, which is address space only until then. Small blocks have none such.
 */
static size_t old_room(const Proc *p, size_t lives, size_t *limit) {
    *limit = brc_heap_next_size(lives + lives / OLD_GROWTH + 1);
    return lives < LARGE_WORDS ? *limit : *limit + *limit / MOST_PER_OLD + block_words(p);
}

/* Moves all that lives to a new old block. */
static void move_all(Proc *p, uint32_t live, bool tight) {
    HeapOpts *o = brc_heap_opts(p);
    size_t worst = (size_t)(p->hp - p->heap) + (size_t)(p->old_hp - p->old_heap) + p->frag_words;
    size_t bytes = 0, limit = 0;
    Term *to = NULL;
    if (worst > 0) {
        size_t room = tight ? worst : old_room(p, worst, &limit);
        to = brc_base_block_alloc(room * sizeof(Term), &bytes);
    }
    Mover m = {
        .from_lo = (uintptr_t)p->heap,
        .from_bytes = p->old_heap ? 0 : block_alone(p),
        .moved_lo = (uintptr_t)to,
        .moved_bytes = bytes,
        .to = to,
        .to_start = to,
    };
    brc_heap_move(&m, p, live);

    Sweep w = {.old_lo = to, .old_hi = m.to};
    sweep(p, &w, true);
    free_old_block(p);
    free_frags(p);

    size_t lives = (size_t)(m.to - to);
    if (to && lives == 0) {
        brc_base_block_free(to, bytes, 0);
        to = m.to = NULL;
        bytes = 0;
    } else if (to) {
        size_t room = tight ? (limit = lives) : old_room(p, lives, &limit);
        bytes = brc_base_block_shrink(to, bytes, room * sizeof(Term));
    }
    o->old_limit_words = to ? limit : 0;
    p->old_heap = to;
    p->old_hp = m.to;
    p->old_end = to ? to + bytes / sizeof(Term) : NULL;
    o->old_block_bytes = bytes;
}

/* The size of the emptied heap block after a major collection: where major ones are frequent
 * (fullsweep_after is low) it must bear a proportion to what they copy. */
static size_t emptied_size(const Proc *p, size_t need) {
    size_t size = young_size(p, stack_words(p) + need);
    size_t lives = (size_t)(p->old_hp - p->old_heap);
    size_t least = lives / (1 + (size_t)brc_heap_opts(p)->fullsweep_after);
    return size < least && !STRESS ? brc_heap_next_size(least) : size;
}

static void major(Proc *p, size_t need, uint32_t live, bool tight) {
    HeapOpts *o = brc_heap_opts(p);
    move_all(p, live, tight);
    set_emptied(p, tight ? stack_words(p) + need : emptied_size(p, need));
    o->gen_gcs = 0;
    o->old_vheap_limit_bytes = o->old_offheap_bytes * 2;
    if (o->old_vheap_limit_bytes < least_vheap(o)) o->old_vheap_limit_bytes = least_vheap(o);
    o->major_gcs++;
}

size_t brc_heap_total_words(const Proc *p) {
    size_t old = (size_t)(p->old_end - p->old_heap), limit = brc_heap_opts(p)->old_limit_words;
    return block_words(p) + (old < limit ? old : limit) + p->frag_words;
}

static size_t used_words(const Proc *p) {
    return (size_t)(p->hp - p->heap) + (size_t)(p->old_hp - p->old_heap) + p->frag_words;
}

/* Twice in one turn: the block is too small for what the process does; once: large enough. */
static void size_nursery(HeapOpts *o) {
    uint32_t n = o->nursery_words;
    if (++o->turn_gcs >= 2)
        n = n ? n * 2 : NURSERY_LEAST_WORDS;
    else if (n > NURSERY_LEAST_WORDS)
        n -= n / 8;
    o->nursery_words = n > NURSERY_MOST_WORDS ? NURSERY_MOST_WORDS : n;
}

enum Want { ANY, MAJOR, TIGHT };

static void collect(Proc *p, size_t need, uint32_t live, enum Want want) {
    HeapOpts *o = brc_heap_opts(p);
    if (brc_hook_gc_begin) brc_hook_gc_begin(p);
    if (want == ANY)
        size_nursery(o);
    else if (want == TIGHT)
        o->nursery_words = 0;
    brc_term_hash_forget();
    size_t before = used_words(p);
    BRC_ASSERT(p->heap <= p->high_water && p->high_water <= p->hp && p->hp <= p->sp);
    if (STRESS && !brc_heap_evacuated) brc_heap_check(p, live);
    brc_heap_evacuated = false;
    if (need > SIZE_MAX / 64) brc_base_panic("out of memory (%zu words asked for)", need);
    bool full = want != ANY || o->gen_gcs >= o->fullsweep_after || old_vheap_full(o) ||
                !minor(p, need, live);
    if (full) major(p, need, live, want == TIGHT);
    p->flags &= ~BRC_PROC_GC_SOON;
    BRC_CHECK((size_t)(p->sp - p->hp) >= need);
    if (STRESS) brc_heap_check(p, live);
    size_t after = used_words(p);
    if (before > after) o->words_reclaimed += before - after;
    if (brc_hook_gc_done) brc_hook_gc_done(p, full, before, after);
    if (o->max_heap_words && brc_hook_max_heap) {
        brc_hook_max_heap(p, block_words(p) + (size_t)(p->old_hp - p->old_heap));
    }
}

#if defined(__x86_64__)
__attribute__((force_align_arg_pointer))
#endif
Proc *
brc_heap_collect_gc(Proc *p, size_t need, uint32_t live) {
    collect(p, need, live, ANY);
    return p;
}

void brc_heap_major_gc(Proc *p, size_t need, uint32_t live) {
    collect(p, need, live, MAJOR);
}

void brc_heap_hibernate_gc(Proc *p, uint32_t live) {
    collect(p, 0, live, TIGHT);
}

void brc_heap_move_stack(Proc *p, Term *home, size_t words) {
    HeapOpts *o = brc_heap_opts(p);
    if (o->block_borrowed || p->hp != p->heap || stack_words(p) > words) return;
    set_heap_block(p, home, words * sizeof(Term), home, words);
    p->high_water = home;
    o->block_borrowed = 1;
}

static void release_list(Term *list) {
    while (list) {
        Term *next = (Term *)*brc_ctx_offheap_link(list);
        brc_ctx_offheap_release(list);
        list = next;
    }
}

void brc_heap_free(Proc *p) {
    brc_term_hash_forget();
    release_list(p->offheap);
    release_list(p->old_offheap);
    for (Frag *f = p->frags; f; f = f->next) {
        release_list(f->offheap);
        f->offheap = NULL;
    }
    free_frags(p);
    free_old_block(p);
    free_heap_block(p);
    p->heap = p->hp = p->sp = p->stack_end = p->high_water = NULL;
    p->old_heap = p->old_hp = p->old_end = NULL;
    p->offheap = p->old_offheap = NULL;
}
