/* create.c: the memory of a process: one block holds Proc, ProcRest and the first heap, about 1 KB
 * in all; where its first terms need more, the heap is a block of its own from the start. */
#include "proc/proc.h"
#include "base/pages.h"
#include "base/panic.h"
#include "code/raise.h"
#include <stdlib.h>

#define BLOCK_BYTES 1024u
#define STACK_SPARE 16u /* words left for the stack beside the first terms */

const SpawnOptions brc_proc_default_options = {
    .priority = BRC_PRIORITY_NORMAL,
    .min_heap_words = -1,
    .fullsweep_after = -1,
    .max_heap_words = -1,
    .min_bin_vheap = -1,
    .max_heap_kill = -1,
    .max_heap_log = -1,
    .tag = BRC_NONE,
    .group_leader = BRC_NONE,
};

static void set_heap_options(ProcRest *r, const SpawnOptions *o) {
    r->heap.min_heap_words = o->min_heap_words < 0
                                 ? brc_proc_defaults.min_heap_words
                                 : (uint32_t)brc_heap_next_size((size_t)o->min_heap_words);
    r->heap.fullsweep_after =
        o->fullsweep_after < 0 ? brc_proc_defaults.fullsweep_after : (uint32_t)o->fullsweep_after;
    r->heap.max_heap_words =
        o->max_heap_words < 0 ? brc_proc_defaults.max_heap_words : (uint64_t)o->max_heap_words;
    r->heap.min_vheap_bytes = o->min_bin_vheap < 0 ? brc_proc_defaults.min_vheap_bytes
                                                   : (uint64_t)o->min_bin_vheap * sizeof(Term);
    r->max_heap_kill =
        o->max_heap_kill < 0 ? brc_proc_defaults.max_heap_kill : (uint8_t)o->max_heap_kill;
    r->max_heap_log =
        o->max_heap_log < 0 ? brc_proc_defaults.max_heap_log : (uint8_t)o->max_heap_log;
}

ProcDefaults brc_proc_defaults = {
    .min_heap_words = BRC_MIN_HEAP_WORDS,
    .fullsweep_after = BRC_FULLSWEEP_AFTER,
    .min_vheap_bytes = BRC_MIN_VHEAP_WORDS * sizeof(Term),
    .max_heap_kill = 1,
    .max_heap_log = 1,
};

/* The heap between `at` and `end`, with a stack of one word: the bottom. */
static void set_heap(Proc *p, Term *at, Term *end) {
    p->heap = p->hp = p->high_water = at;
    p->stack_end = end;
    p->sp = end - 1;
    p->sp[0] = (Term)brc_code_process_end + BRC_TAG_RETURN;
}

static Proc *allocate(size_t words) {
    size_t room, fixed = sizeof(Proc) + sizeof(ProcRest);
    Proc *p = brc_base_block_alloc(BLOCK_BYTES, &room);
    memset(p, 0, fixed);
    ProcRest *r = (ProcRest *)(p + 1);
    p->rest = r;
    r->block_room = room;
    Term *first = (Term *)(r + 1), *end = (Term *)((char *)p + room);
    end -= (end - first) & 1;
    if (words + STACK_SPARE <= (size_t)(end - first)) {
        r->heap.block_borrowed = 1;
        set_heap(p, first, end);
        return p;
    }
    size_t heap_room;
    Term *heap =
        brc_base_block_alloc((words + words / 4 + BRC_MIN_HEAP_WORDS) * sizeof(Term), &heap_room);
    r->heap.block_bytes = heap_room;
    set_heap(p, heap, (Term *)((char *)heap + heap_room));
    return p;
}

Proc *brc_proc_create(Sched *s, const SpawnOptions *o, size_t words) {
    ProcSlot *slot = brc_proc_slot_take();
    if (!slot) return NULL;
    if (o->min_heap_words > 0 && words < (size_t)o->min_heap_words)
        words = (size_t)o->min_heap_words;
    Proc *p = allocate(words);
    ProcRest *r = p->rest;
    set_heap_options(r, o);
    r->slot = slot;
    r->pid = pid_make(slot->index, atomic_load(&slot->serial));
    r->sched = s;
    r->priority = o->priority;
    r->queue_off_heap = o->message_queue_off_heap;
    r->messages_end = r->position = &r->messages;
    r->asked_end = &r->asked;
    r->parent = BRC_NONE;
    r->group_leader = o->group_leader == BRC_NONE ? r->pid : o->group_leader;
    r->error_handler = AM(error_handler);
    p->x = s->x;
    p->pid = r->pid;
    p->ftrace = BRC_NONE;
    slot->p = p;
    atomic_store_explicit(&slot->woken, 0, memory_order_relaxed);
    atomic_store_explicit(&slot->is_system, 0, memory_order_relaxed);
    atomic_store_explicit(&slot->is_noted, 0, memory_order_relaxed);
    atomic_store_explicit(&slot->peer, 0, memory_order_relaxed);
    atomic_store(&slot->inbox, NULL); /* open again; who still means the last one is refused */
    atomic_store(&slot->state, BRC_PROC_READY);
    return p;
}

_Atomic(uint32_t) brc_proc_orphans;

void brc_proc_destroy(Proc *p) {
    ProcRest *r = p->rest;
    ProcSlot *slot = r->slot;
    brc_heap_free(p);
    if (r->orphan) atomic_fetch_sub(&brc_proc_orphans, 1);
    if (r->exit_reason) brc_ctx_frag_free(r->exit_reason);
    if (r->answer) brc_ctx_frag_free(r->answer);
    brc_proc_idmap_free(&r->links);
    brc_proc_idmap_free(&r->monitors);
    brc_proc_idmap_free(&r->monitored_by);
    brc_proc_idmap_free(&r->suspending);
    brc_proc_idmap_free(&r->aliases);
    brc_proc_dict_free(&r->dict);
    free(r->saved_more);
    free(r->markers);
    free(r->trace);
    if (r->steps) free(r->steps->calls);
    free(r->steps);
    brc_base_block_free(p, r->block_room, r->block_room);
    brc_proc_slot_give(slot);
}
