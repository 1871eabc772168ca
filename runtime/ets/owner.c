/* owner.c: who owns tables, who inherits them, who has fixed them.
 *
 * For each process that has to do with tables, two lists (its tables, its safe_fixtables) hang on
 * its pid in one of a number of stripes, each with a lock. ProcSlot.has_tables tells that a process
 * may be in one, so that the end of any other looks no further. */
#include "ets/table.h"
#include "base/hooks.h"
#include "base/panic.h"
#include "ctx/slice.h"
#include "proc/clock.h"
#include "sig/signal.h"
#include <stdlib.h>

enum {
    STRIPES = 64,
    TABLE_NS = 10000, /* what the end of a table counts beside its objects */
};

typedef struct Stripe {
    BrcLock lock;
    IdMap tables; /* pid -> Ets * */
    IdMap fixes;  /* pid -> EtsFix * */
} Stripe;
static Stripe stripes[STRIPES];

static Stripe *stripe_of(Term pid) {
    return &stripes[pid_slot(pid) % STRIPES];
}
void brc_ets_stripe_lock(Term pid) {
    brc_base_lock(&stripe_of(pid)->lock);
}
void brc_ets_stripe_unlock(Term pid) {
    brc_base_unlock(&stripe_of(pid)->lock);
}

static void note(Term pid) {
    ProcSlot *slot = brc_proc_slot_of(pid);
    /* relaxed: pairs with nothing, the stripe's lock orders it before the end of the process */
    if (slot) atomic_store_explicit(&slot->has_tables, 1, memory_order_relaxed);
}

static void *head_of(IdMap *m, Term pid) {
    const uint64_t *found = brc_proc_idmap_get(m, pid);
    return found ? (void *)*found : NULL;
}
static void set_head(IdMap *m, Term pid, void *head) {
    brc_proc_idmap_remove(m, pid, NULL);
    if (head) brc_proc_idmap_put(m, pid, (uint64_t)head);
}

/* ---- owning ---- */
void brc_ets_own_locked(Ets *t, Term pid) {
    BRC_KEEPS(start);
    Stripe *s = stripe_of(pid);
    Ets *first = head_of(&s->tables, pid);
    t->owned_before = NULL;
    t->owned_next = first;
    if (first) first->owned_before = t;
    set_head(&s->tables, pid, t);
    atomic_store_explicit(&t->owner, pid, memory_order_relaxed);
    note(pid);
}

void brc_ets_disown_locked(Ets *t, Term pid) {
    if (t->owned_next) t->owned_next->owned_before = t->owned_before;
    if (t->owned_before)
        t->owned_before->owned_next = t->owned_next;
    else
        set_head(&stripe_of(pid)->tables, pid, t->owned_next);
    t->owned_next = t->owned_before = NULL;
}

bool brc_ets_is_there(Term pid) {
    ProcSlot *slot = brc_proc_slot_of(pid);
    return slot && atomic_load(&slot->state) != BRC_PROC_EXITING;
}

/* From the one's list to the other's. The owner calls it, or its end. */
bool brc_ets_give(Ets *t, Term to) {
    Term from = atomic_load_explicit(&t->owner, memory_order_relaxed);
    Stripe *a = stripe_of(from), *b = stripe_of(to);
    if (a > b) {
        Stripe *swap = a;
        a = b, b = swap;
    }
    brc_base_lock(&a->lock);
    if (a != b) brc_base_lock(&b->lock);
    bool there = brc_ets_is_there(to);
    if (there) {
        brc_ets_disown_locked(t, from);
        brc_ets_own_locked(t, to);
    }
    if (a != b) brc_base_unlock(&b->lock);
    brc_base_unlock(&a->lock);
    return there;
}

/* {'ETS-TRANSFER', Table, From, Data} */
void brc_ets_transfer_message(Ets *t, Term to, Term from, Term data) {
    enum { TUPLE = 5, REF = 6 };
    size_t words =
        TUPLE + (t->named ? 0 : REF) + (term_is_pointer(data) ? brc_heap_size_words(data) : 0);
    Frag *f = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, words);
    Term *at = f->data, handle = atomic_load_explicit(&t->name, memory_order_relaxed);
    f->used = TUPLE;
    if (!t->named) {
        Term *ref = at + TUPLE;
        ref[0] = BRC_HEADER(BRC_REF, 5);
        memcpy(ref + 1, t->magic.id, sizeof t->magic.id);
        ref[4] = (Term)f->offheap;
        ref[5] = (Term)&t->magic;
        brc_ctx_magic_ref(&t->magic);
        f->offheap = ref;
        f->used += REF;
        handle = term_make_boxed(ref);
    }
    at[1] = AM(ETS_TRANSFER);
    at[2] = handle;
    at[3] = from;
    at[4] = brc_sig_copy_into(f, data);
    f->term = term_tuple_begin(at, 4);
    brc_sig_push_mt(to, f);
}

/* relaxed: only to tell a process from a later one, after its identifier has come round */
static uint32_t life_of(Term pid) {
    const ProcSlot *slot = pid == BRC_NONE ? NULL : brc_proc_slot_of(pid);
    return slot ? atomic_load_explicit(&slot->life, memory_order_relaxed) : 0;
}

void brc_ets_set_heir_locked(Ets *t, Term heir, Term data) {
    if (t->heir_data) brc_ctx_frag_free(t->heir_data);
    t->heir = heir;
    t->heir_life = life_of(heir);
    t->heir_data = brc_heap_copy_to_frag(data);
    t->heir_term = t->heir_data ? t->heir_data->term : data;
}

/* ---- fixing ---- */
void brc_ets_hold(Ets *t) {
    atomic_fetch_add_explicit(&t->fixed, 1, memory_order_relaxed);
}

/* True: nobody fixes it any more. */
static bool release(Ets *t, uint32_t count) {
    return atomic_fetch_sub_explicit(&t->fixed, count, memory_order_relaxed) == count;
}
void brc_ets_unhold(Ets *t) {
    if (release(t, 1)) brc_ets_sweep_soon(t);
}

static EtsFix **fix_of(Ets *t, Term pid) {
    EtsFix **at = &t->fixes;
    while (*at && (*at)->pid != pid)
        at = &(*at)->next_of_table;
    return at;
}

void brc_ets_fix(Ets *t, Term pid) {
    Stripe *s = stripe_of(pid);
    brc_ets_hold(t);
    brc_base_lock(&s->lock);
    brc_base_lock(&t->fix_lock);
    EtsFix *f = *fix_of(t, pid);
    if (!f) {
        f = calloc(1, sizeof *f);
        if (!f) brc_base_panic("out of memory (fixing a table)");
        brc_ctx_magic_ref(&t->magic);
        if (!t->fixes) t->fix_time = brc_proc_clock_ns();
        f->table = t;
        f->pid = pid;
        f->next_of_table = t->fixes;
        t->fixes = f;
        f->next_of_process = head_of(&s->fixes, pid);
        set_head(&s->fixes, pid, f);
        note(pid);
    }
    f->count++;
    brc_base_unlock(&t->fix_lock);
    brc_base_unlock(&s->lock);
}

/* Out of the process's list and the table's. False: the process has ended, its end takes it. */
static bool drop_locked(Stripe *s, EtsFix **at) {
    EtsFix *f = *at, *first = head_of(&s->fixes, f->pid), **link = &first;
    while (*link && *link != f)
        link = &(*link)->next_of_process;
    if (!*link) return false;
    *link = f->next_of_process;
    set_head(&s->fixes, f->pid, first);
    *at = f->next_of_table;
    return true;
}

void brc_ets_unfix(Ets *t, Term pid) {
    Stripe *s = stripe_of(pid);
    brc_base_lock(&s->lock);
    brc_base_lock(&t->fix_lock);
    EtsFix **at = fix_of(t, pid), *f = *at;
    bool was = f != NULL, over = was && --f->count == 0 && drop_locked(s, at);
    brc_base_unlock(&t->fix_lock);
    brc_base_unlock(&s->lock);
    if (was) release(t, 1);
    if (over) {
        brc_ctx_magic_unref(&t->magic);
        free(f);
    }
}

/* The pid of the first fix, or of the one behind that of `pid`; BRC_NONE: there is none. */
static Term next_fixer(Ets *t, Term pid) {
    brc_base_lock(&t->fix_lock);
    const EtsFix *f = pid == BRC_NONE ? t->fixes : *fix_of(t, pid);
    if (f && pid != BRC_NONE) f = f->next_of_table;
    Term next = f ? f->pid : BRC_NONE;
    brc_base_unlock(&t->fix_lock);
    return next;
}

/* What the fixes of a table that is gone hold would be kept for as long as its processes live. */
void brc_ets_drop_fixes(Ets *t) {
    for (Term pid = next_fixer(t, BRC_NONE), next; pid != BRC_NONE; pid = next) {
        Stripe *s = stripe_of(pid);
        next = next_fixer(t, pid);
        brc_base_lock(&s->lock);
        brc_base_lock(&t->fix_lock);
        EtsFix **at = fix_of(t, pid), *f = *at;
        bool dropped = f && drop_locked(s, at);
        brc_base_unlock(&t->fix_lock);
        brc_base_unlock(&s->lock);
        if (!dropped) continue;
        release(t, f->count);
        brc_ctx_magic_unref(&t->magic);
        free(f);
    }
}

/* ---- the end of a process ---- */
static void end_fixes(Term pid) {
    Stripe *s = stripe_of(pid);
    brc_base_lock(&s->lock);
    EtsFix *f = head_of(&s->fixes, pid);
    set_head(&s->fixes, pid, NULL);
    brc_base_unlock(&s->lock);
    for (EtsFix *next; f; f = next) {
        Ets *t = f->table;
        next = f->next_of_process;
        brc_base_lock(&t->fix_lock);
        *fix_of(t, pid) = f->next_of_table;
        brc_base_unlock(&t->fix_lock);
        if (release(t, f->count))
            while (brc_ets_sweep(t)) {
            }
        brc_ctx_magic_unref(&t->magic);
        free(f);
    }
}

static bool inherit(Ets *t, Term from) {
    Term heir = t->heir;
    if (heir == BRC_NONE || heir == from || life_of(heir) != t->heir_life) return false;
    if (!brc_ets_give(t, heir)) return false;
    brc_ets_transfer_message(t, heir, from, t->heir_term);
    return true;
}

/* One of its tables, with a reference: another process may delete a public one meanwhile. */
static Ets *next_table(Stripe *s, Term pid) {
    brc_base_lock(&s->lock);
    Ets *t = head_of(&s->tables, pid);
    if (t) brc_ctx_magic_ref(&t->magic);
    brc_base_unlock(&s->lock);
    return t;
}

static void end_table(const Proc *p, Stripe *s, Ets *t, Term pid) {
    EtsAt at;
    if (!brc_ets_aim_again(p, t, BRC_ETS_WRITE, &at)) return;
    if (!brc_ets_try_parts(p, &at, ets_all_parts(t))) return;
    if (inherit(t, pid)) {
        brc_ets_leave(&at);
        return;
    }
    EtsLeft left;
    brc_base_lock(&s->lock);
    brc_ets_destroy(&at, &left);
    brc_base_unlock(&s->lock);
    brc_ets_drop_fixes(t);
    brc_ets_left_free(&left);
    brc_ctx_pause(TABLE_NS);
}

static void end_process(Proc *p, Term reason) {
    (void)reason;
    ProcRest *r = p->rest;
    if (!atomic_load_explicit(&r->slot->has_tables, memory_order_relaxed)) return;
    atomic_store_explicit(&r->slot->has_tables, 0, memory_order_relaxed);
    end_fixes(r->pid);
    Stripe *s = stripe_of(r->pid);
    for (Ets *t; (t = next_table(s, r->pid)) != NULL; brc_ctx_magic_unref(&t->magic))
        end_table(p, s, t, r->pid);
}

__attribute__((used)) static void start(void) {
    BRC_STARTS(start);
    brc_sig_on_end(end_process);
}
