/* table.c: the process table: slots in chunks that are made when needed and never freed, so that
 * finding one takes no lock: slot numbers come from pids, whose serial tells whether the process
 * is still the one that was meant.
 *
 * Identifiers grow from spawn to spawn: they are compared by serial, then by slot. So slots are
 * given out in their order, round after round, all with the number of the round as serial. A round
 * that ends with more than half of the slots in use makes more slots instead of the next round. */
#include "proc/proc.h"
#include "base/lock.h"
#include "base/panic.h"
#include "term/cmp.h"
#include <stdlib.h>

#define CHUNK_BITS  10u
#define CHUNK_SLOTS (1u << CHUNK_BITS)
#define MAX_CHUNKS  (1u << 17) /* 2^27 processes */
#define WORD_SLOTS  64u
#define LEAST_SLOTS 512u /* before the second round */
#define SERIAL_MASK 0x3FFFFFFFu

static struct {
    BrcLock lock; /* taking and giving */
    _Atomic(ProcSlot *) *chunks;
    _Atomic(uint32_t) used; /* slots ever taken: those below are made */
    uint64_t *taken;        /* a bit for each slot */
    uint32_t next;          /* where the round goes on */
    uint32_t round;
    _Atomic(uint32_t) live, ports; /* live counts ports, too */
    uint32_t limit;
} table = {.limit = BRC_PROC_LIMIT};

void brc_proc_set_limit(uint32_t limit) {
    table.limit = limit > MAX_CHUNKS * CHUNK_SLOTS ? MAX_CHUNKS * CHUNK_SLOTS : limit;
}
uint32_t brc_proc_limit(void) {
    return table.limit;
}
uint32_t brc_proc_count(void) {
    return atomic_load(&table.live) - atomic_load(&table.ports);
}
uint32_t brc_proc_port_count(void) {
    return atomic_load(&table.ports);
}

static ProcSlot *slot_at(uint32_t i) {
    /* pairs with the release in slot_new: a slot below `used` is there */
    if (i >= atomic_load_explicit(&table.used, memory_order_acquire)) return NULL;
    ProcSlot *chunk = atomic_load_explicit(&table.chunks[i >> CHUNK_BITS], memory_order_relaxed);
    return chunk + (i & (CHUNK_SLOTS - 1));
}

ProcSlot *brc_proc_slot_of(Term pid) {
    ProcSlot *s = slot_at(pid_slot(pid));
    if (!s || atomic_load(&s->serial) != pid_serial(pid)) return NULL;
    /* relaxed: written before the state is, and whoever has the identifier got it after that */
    if (atomic_load_explicit(&s->is_port, memory_order_relaxed) != term_is_local_port(pid))
        return NULL;
    return atomic_load(&s->state) == BRC_PROC_FREE ? NULL : s;
}

static void fetch_lines(const void *from, size_t size) {
    for (size_t at = 0; at < size; at += 64)
        __builtin_prefetch((const char *)from + at);
}

void brc_proc_fetch_slot(Term pid) {
    const ProcSlot *s = slot_at(pid_slot(pid));
    if (s) fetch_lines(s, sizeof *s);
}

/* Not looked into: it may be gone. */
void brc_proc_fetch(Term pid) {
    ProcSlot *s = slot_at(pid_slot(pid));
    const Proc *p = s ? s->p : NULL;
    if (p) fetch_lines(p, sizeof(Proc) + sizeof(ProcRest));
}

bool brc_proc_is_alive(Term pid) {
    ProcSlot *s = brc_proc_slot_of(pid);
    return s && atomic_load(&s->state) != BRC_PROC_EXITING;
}

static void give_out(int part, uint32_t n) {
    if (n > atomic_load_explicit(&brc_term_pid_most[part], memory_order_relaxed))
        atomic_store_explicit(&brc_term_pid_most[part], n, memory_order_relaxed);
}

static ProcSlot *slot_new_locked(void) {
    uint32_t i = atomic_load_explicit(&table.used, memory_order_relaxed);
    if (!table.chunks) { /* address space only, where not used */
        table.chunks = calloc(MAX_CHUNKS, sizeof *table.chunks);
        table.taken = calloc(MAX_CHUNKS * (CHUNK_SLOTS / WORD_SLOTS), sizeof *table.taken);
        BRC_CHECK(table.chunks != NULL && table.taken != NULL);
    }
    if ((i & (CHUNK_SLOTS - 1)) == 0) {
        ProcSlot *chunk = calloc(CHUNK_SLOTS, sizeof *chunk);
        BRC_CHECK(chunk != NULL);
        atomic_store_explicit(&table.chunks[i >> CHUNK_BITS], chunk, memory_order_relaxed);
    }
    ProcSlot *chunk = atomic_load_explicit(&table.chunks[i >> CHUNK_BITS], memory_order_relaxed);
    ProcSlot *s = chunk + (i & (CHUNK_SLOTS - 1));
    s->index = i;
    atomic_init(&s->name, BRC_NONE);
    give_out(0, i);
    atomic_store_explicit(&table.used, i + 1, memory_order_release); /* pairs with slot_at */
    return s;
}

/* The first free slot at or after `at`, or NULL. */
static ProcSlot *free_from_locked(uint32_t at) {
    uint32_t used = atomic_load_explicit(&table.used, memory_order_relaxed);
    while (at < used) {
        uint64_t free_ = ~table.taken[at / WORD_SLOTS] >> at % WORD_SLOTS;
        if (free_) {
            at += (uint32_t)__builtin_ctzll(free_);
            break;
        }
        at = (at / WORD_SLOTS + 1) * WORD_SLOTS;
    }
    return at < used ? slot_at(at) : NULL;
}

static ProcSlot *next_locked(void) {
    ProcSlot *s = free_from_locked(table.next);
    if (s) return s;
    uint32_t used = atomic_load_explicit(&table.used, memory_order_relaxed);
    if (used < LEAST_SLOTS || atomic_load(&table.live) > used / 2) return slot_new_locked();
    table.round = (table.round + 1) & SERIAL_MASK;
    give_out(1, table.round);
    return free_from_locked(0);
}

ProcSlot *brc_proc_slot_take(void) {
    ProcSlot *s = NULL;
    brc_base_lock(&table.lock);
    if (atomic_load(&table.live) < table.limit) {
        s = next_locked();
        table.next = s->index + 1;
        table.taken[s->index / WORD_SLOTS] |= UINT64_C(1) << s->index % WORD_SLOTS;
        atomic_store(&s->serial, table.round);
        atomic_fetch_add_explicit(&s->life, 1, memory_order_relaxed);
        atomic_fetch_add(&table.live, 1);
    }
    brc_base_unlock(&table.lock);
    return s;
}

void brc_proc_make_port(Proc *p) {
    ProcSlot *s = p->rest->slot;
    p->pid = p->rest->pid = (p->rest->pid & ~(Term)BRC_IMM2_MASK) | BRC_TAG_PORT;
    atomic_store_explicit(&s->is_port, true, memory_order_relaxed);
    atomic_fetch_add(&table.ports, 1);
}

void brc_proc_slot_give(ProcSlot *s) {
    brc_base_lock(&table.lock);
    if (atomic_exchange_explicit(&s->is_port, false, memory_order_relaxed))
        atomic_fetch_sub(&table.ports, 1);
    atomic_store(&s->state, BRC_PROC_FREE);
    s->p = NULL;
    table.taken[s->index / WORD_SLOTS] &= ~(UINT64_C(1) << s->index % WORD_SLOTS);
    atomic_fetch_sub(&table.live, 1);
    brc_base_unlock(&table.lock);
}

/* As stock numbers them: 15 bits of slot, 13 of serial. */
uint32_t brc_proc_next_number(void) {
    brc_base_lock(&table.lock);
    uint32_t n = (table.round & 0x1FFF) << 15 | (table.next & 0x7FFF);
    brc_base_unlock(&table.lock);
    return n;
}
void brc_proc_set_next_number(uint32_t n) {
    brc_base_lock(&table.lock);
    table.round = n >> 15 & 0x1FFF;
    table.next = n & 0x7FFF;
    brc_base_unlock(&table.lock);
}

Term brc_proc_next(uint32_t *at) {
    for (ProcSlot *s; (s = slot_at((*at)++)) != NULL;) {
        Term pid = pid_make(s->index, atomic_load(&s->serial));
        if (atomic_load(&s->is_port)) pid = (pid & ~(Term)BRC_IMM2_MASK) | BRC_TAG_PORT;
        if (brc_proc_is_alive(pid)) return pid;
    }
    return BRC_NONE;
}
