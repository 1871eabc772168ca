/* signal.c: making signals and handing them over. */
#include "sig/signal.h"

Frag *brc_sig_new(enum SigKind kind, Term from, size_t words) {
    Frag *f = brc_ctx_frag_new(words + BRC_SIG_META_WORDS);
    SigMeta *meta = sig_meta(f);
    meta->kind = kind;
    meta->from = from;
    meta->key = 0;
    return f;
}

Term brc_sig_copy_into(Frag *f, Term t) {
    if (!term_is_pointer(t)) return t;
    Term *hp = f->data + f->used;
    Term copy = brc_heap_message_copy(t, &hp, &f->offheap);
    f->used = (uint64_t)(hp - f->data);
    return copy;
}

static size_t copy_words(Term t) {
    return brc_heap_message_words(t);
}

/* A tuple of few words that refers to nothing: most messages. Its words, or 0. */
static inline size_t flat_words(Term t) {
    if (!term_is_boxed(t) || t < BRC_LITERAL_LIMIT) return 0;
    const Term *box = term_box(t);
    size_t n = BRC_HEADER_WORDS(box[0]);
    if (BRC_HEADER_KIND(box[0]) != BRC_TUPLE || n > 6) return 0;
    for (size_t i = 1; i <= n; i++)
        if (term_is_pointer(box[i])) return 0;
    return 1 + n;
}

static Frag *new_flat(const Term *box, size_t words) {
    Frag *f = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, words);
    f->term = term_make_boxed(f->data);
    f->used = words;
#pragma clang loop vectorize(disable) unroll(disable)
    for (size_t i = 0; i < words; i++)
        f->data[i] = box[i];
    return f;
}

Frag *brc_sig_new_message(Term t) {
    size_t flat = flat_words(t);
    if (flat) return new_flat(term_box(t), flat);
    Frag *f = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, copy_words(t));
    f->term = brc_sig_copy_into(f, t);
    return f;
}

Frag *brc_sig_new_kept(Term t) {
    Term limit = brc_heap_message_limit;
    brc_heap_message_limit = 0;
    Frag *f = brc_sig_new_message(t);
    brc_heap_message_limit = limit;
    return f;
}

/* Who pushes does not look at the process behind the slot: that may be ending. */
static bool push(ProcSlot *slot, Term pid, Frag *f) {
    if (!slot || atomic_load_explicit(&slot->state, memory_order_relaxed) == BRC_PROC_EXITING) {
        brc_ctx_frag_free(f);
        return false;
    }
    SigMeta *meta = sig_meta(f);
    meta->serial = pid_serial(pid);
    bool message = meta->kind == BRC_SIG_MESSAGE || meta->kind == BRC_SIG_ALIAS_MESSAGE;
    Frag *first = atomic_load_explicit(&slot->inbox, memory_order_relaxed);
    do {
        if (first == BRC_PROC_INBOX_CLOSED) { /* it has ended since that look at its state */
            brc_ctx_frag_free(f);
            return false;
        }
        f->next = first;
    } while (!atomic_compare_exchange_weak_explicit(&slot->inbox, &first, f, memory_order_seq_cst,
                                                    memory_order_relaxed));
    /* A process parked in a built-in takes messages later, but must answer to other signals. */
    brc_proc_make_ready_mt(slot, !message);
    return true;
}

bool brc_sig_push_mt(Term pid, Frag *f) {
    return push(brc_proc_slot_of(pid), pid, f);
}

void brc_sig_send_message(Term pid, Term message) {
    ProcSlot *slot = brc_proc_slot_of(pid);
    if (slot) push(slot, pid, brc_sig_new_message(message));
}

void brc_sig_send_plain(enum SigKind kind, Term from, Term to, uint64_t key) {
    Frag *f = brc_sig_new(kind, from, 0);
    sig_meta(f)->key = key;
    brc_sig_push_mt(to, f);
}

void brc_sig_send_exit(enum SigKind kind, Term from, Term to, Term reason) {
    if (!brc_proc_slot_of(to)) return;
    Frag *f = brc_sig_new(kind, from, 4 + copy_words(reason));
    f->used = 4;
    f->term = term_tuple3(f->data, AM(EXIT), from, brc_sig_copy_into(f, reason));
    brc_sig_push_mt(to, f);
}

void (*_Atomic brc_sig_watched_down)(uint64_t key, Term from);
Term (*_Atomic brc_sig_watcher)(Proc *p, uint64_t key);

void brc_sig_send_down(uint64_t key, Term from, Term to, Term reason) {
    if (to == BRC_SIG_WATCHER) {
        brc_sig_watched_down(key, from);
        return;
    }
    if (!brc_proc_slot_of(to)) return;
    Frag *f = brc_sig_new(BRC_SIG_DOWN, from, 6 + BRC_REF_WORDS + copy_words(reason));
    f->used = 6 + BRC_REF_WORDS;
    Term *t = f->data;
    t[1] = AM(DOWN);
    t[2] = brc_proc_ref_from_key(f->data + 6, key);
    t[3] = term_is_local_port(from) ? AM(port) : AM(process);
    t[4] = from;
    t[5] = brc_sig_copy_into(f, reason);
    f->term = term_tuple_begin(t, 5);
    sig_meta(f)->key = key;
    brc_sig_push_mt(to, f);
}

bool brc_sig_send_port(Term port, Term from, uint64_t key, Term what, Term argument) {
    if (!brc_proc_slot_of(port)) return false;
    Frag *f = brc_sig_new(BRC_SIG_PORT, from, 3 + copy_words(argument));
    f->used = 3;
    f->term = term_tuple2(f->data, what, brc_sig_copy_into(f, argument));
    sig_meta(f)->key = key;
    return brc_sig_push_mt(port, f);
}

void brc_sig_send_from_runtime(Term pid, Term message) {
    Frag *f = brc_sig_new_message(message);
    sig_meta(f)->from = BRC_SIG_RUNTIME;
    brc_sig_push_mt(pid, f);
}

void brc_sig_answer(Term to, uint64_t key, Term answer) {
    Frag *f = brc_sig_new(BRC_SIG_MESSAGE, BRC_SIG_RUNTIME, 3 + BRC_REF_WORDS + copy_words(answer));
    f->used = 3 + BRC_REF_WORDS;
    Term ref = brc_proc_ref_from_key(f->data + 3, key);
    f->term = term_tuple2(f->data, ref, brc_sig_copy_into(f, answer));
    brc_sig_push_mt(to, f);
}
