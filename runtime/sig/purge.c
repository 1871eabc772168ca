/* purge.c: literals are given back in two rounds of questions to all processes.
 *
 *   1. Each process, at rest, copies what it holds of them to its own heap. From its next turn on
 *      it sends no literals of the area by reference (brc_sig_purging), so it passes none on that
 *      it still gets from those that have not answered yet.
 *   2. Now nobody sends any, and what was under way has arrived: each looks once more. Processes
 *      made meanwhile by those that had not answered are among them.
 *
 * Then nothing refers to them, save a call of a dirty pool whose process was killed: such literals
 * wait for the next time. The one who answers last begins the next round. */
#include "sig/purge.h"
#include "base/lock.h"
#include "base/panic.h"
#include "heap/evacuate.h"
#include "term/litarea.h"
#include <stdlib.h>

#define MANY_BYTES 262144u /* waiting: begin, urgent or not */

_Atomic(bool) brc_sig_purging;
static BrcLock lock; /* guards `waiting`, `active` */
static Retired *waiting;
static size_t waiting_bytes;
static bool active;
/* Written between rounds, by the one that begins the next: */
static Retired *leaving;
static Evacuees evacuees;
static int round_;
static _Atomic(uint32_t) unanswered;

/* ---- one process ---- */

static Frag *copy_of_message(const Frag *m) {
    Frag *g = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, brc_heap_size_words(m->term));
    *sig_meta(g) = *sig_meta((Frag *)m);
    Term *hp = g->data;
    g->term = brc_heap_copy(m->term, &hp, &g->offheap);
    g->used = (uint64_t)(hp - g->data);
    return g;
}

static void purge_messages(ProcRest *r) {
    for (Frag **link = &r->messages, *m; (m = *link) != NULL; link = &(*link)->next) {
        if (sig_meta(m)->kind == BRC_SIG_ON_HEAP) continue;
        if (!brc_heap_evacuee_of(&evacuees, m->term) &&
            !brc_heap_refers_to(&evacuees, m->data, m->data + m->used))
            continue;
        Frag *g = copy_of_message(m);
        g->next = m->next;
        *link = g;
        if (r->messages_end == &m->next) r->messages_end = &g->next;
        if (r->position == &m->next) r->position = &g->next;
        if (r->markers) brc_sig_markers_moved(r, &m->next, &g->next);
        m->next = NULL;
        brc_ctx_frag_free(m);
    }
}

/* An answer that has come and is not taken yet. */
static void purge_answer(ProcRest *r) {
    Frag *f = r->answer;
    if (!f || !brc_heap_refers_to(&evacuees, &f->term, &f->term + 1)) {
        if (!f || !brc_heap_refers_to(&evacuees, f->data, f->data + f->used)) return;
    }
    r->answer = copy_of_message(f);
    brc_ctx_frag_free(f);
}

static void purge(Proc *p) {
    ProcRest *r = p->rest;
    uint32_t n = r->saved_live, here = n < BRC_REG_ARGS ? n : BRC_REG_ARGS;
    TermRange saved[2] = {{r->saved_x, r->saved_x + here}, {NULL, NULL}};
    if (n > BRC_REG_ARGS) saved[1] = (TermRange){r->saved_more, r->saved_more + (n - BRC_REG_ARGS)};
    if (evacuees.count == 0) return;
    bool found = brc_heap_evacuate(p, &evacuees, saved, 2);
    purge_messages(r);
    purge_answer(r);
    if (found) brc_sig_collect(p, true);
}

/* ---- rounds ---- */

static void next_round(void);

static void answered_one(void) {
    if (atomic_fetch_sub(&unanswered, 1) == 1) next_round();
}

static Term answer(Proc *p, Term from, Term what) {
    (void)from, (void)what;
    if (p) purge(p);
    answered_one();
    return BRC_NONE;
}

static void ask_all(void) {
    uint32_t at = 0;
    atomic_store(&unanswered, 1); /* ourselves, until all are asked */
    for (Term pid; (pid = brc_proc_next(&at)) != BRC_NONE;) {
        atomic_fetch_add(&unanswered, 1);
        brc_sig_tell(BRC_NONE, pid, answer, BRC_NIL);
    }
    answered_one();
}

static int by_address(const void *a, const void *b) {
    uint64_t x = ((const Evacuee *)a)->from, y = ((const Evacuee *)b)->from;
    return x < y ? -1 : x > y;
}

static void list_evacuees(void) {
    size_t n = 0;
    for (Retired *r = leaving; r; r = r->next)
        n += r->block != NULL;
    Evacuee *at = malloc((n + 1) * sizeof *at);
    if (!at) brc_base_panic("out of memory (literals that go)");
    n = 0;
    for (Retired *r = leaving; r; r = r->next)
        if (r->block) at[n++] = (Evacuee){(uint64_t)r->block, (uint64_t)(r->block + r->words)};
    qsort(at, n, sizeof *at, by_address);
    evacuees = (Evacuees){n, at};
}

static void give_back(Retired *r) {
    for (Term *o = r->offheap, *next; o; o = next) {
        next = (Term *)*brc_ctx_offheap_link(o);
        brc_ctx_offheap_release(o);
    }
    if (r->block) brc_term_keep_free(r->block, r->words);
    free(r->memory);
    free(r);
}

/* False: there is nothing to begin with. */
static bool begin(void) {
    brc_base_lock(&lock);
    leaving = waiting;
    waiting = NULL;
    waiting_bytes = 0;
    active = leaving != NULL;
    brc_base_unlock(&lock);
    if (!leaving) return false;
    list_evacuees();
    atomic_store(&brc_sig_purging, true); /* before any question is sent */
    return true;
}

static void end(void) {
    Retired *all = leaving, *next;
    free((void *)evacuees.at);
    evacuees = (Evacuees){0, NULL};
    atomic_store(&brc_sig_purging, false);
    if (atomic_load(&brc_proc_orphans) == 0) {
        for (; all; all = next) {
            next = all->next;
            give_back(all);
        }
        return;
    }
    brc_base_lock(&lock);
    while (all) {
        next = all->next;
        all->next = waiting;
        waiting = all;
        all = next;
    }
    brc_base_unlock(&lock);
}

static void next_round(void) {
    if (round_ == 1) {
        round_ = 2;
        ask_all();
        return;
    }
    end();
    brc_base_lock(&lock);
    bool more = waiting_bytes != 0;
    active = more;
    brc_base_unlock(&lock);
    if (!more || !begin()) return;
    round_ = 1;
    ask_all();
}

bool brc_sig_is_purging(void) {
    brc_base_lock(&lock);
    bool is = active;
    brc_base_unlock(&lock);
    return is;
}

void brc_sig_retire(Retired *r, bool urgent) {
    brc_base_lock(&lock);
    r->next = waiting;
    waiting = r;
    waiting_bytes += sizeof *r + r->words * sizeof(Term);
    bool go = !active && (urgent || waiting_bytes >= MANY_BYTES);
    if (go) active = true;
    brc_base_unlock(&lock);
    if (!go || !begin()) return;
    round_ = 1;
    ask_all();
}
