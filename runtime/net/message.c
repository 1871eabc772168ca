/* message.c: what sockets tell processes, built in the message itself. */
#include "net/socket.h"
#include "sig/signal.h"
#include "term/bits.h"

static Frag *letter(size_t words, Term **at) {
    Frag *f = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, words);
    f->used = words;
    *at = f->data;
    return f;
}

void brc_net_tell2(Socket *s, Term tag) {
    Term *at;
    Frag *f = letter(3, &at);
    f->term = term_tuple2(at, tag, s->q->id);
    brc_sig_push_mt(s->q->owner, f);
}

void brc_net_tell_closed(Socket *s) {
    if (!s->told_closed) brc_net_tell2(s, AM(tcp_closed));
    s->told_closed = true;
}

void brc_net_tell3(Socket *s, Term tag, Term what) {
    Term *at;
    Frag *f = letter(4, &at);
    f->term = term_tuple3(at, tag, s->q->id, what);
    brc_sig_push_mt(s->q->owner, f);
}

void brc_net_reply(Socket *s, Term to, Term status) {
    Term *at;
    if (s->now && to == proc_pid(s->now->p)) {
        s->now->answer = status;
        return;
    }
    Frag *f = letter(4, &at);
    f->term = term_tuple3(at, AM(inet_reply), s->q->id, status);
    brc_sig_push_mt(to, f);
}

void brc_net_reply_error(Socket *s, Term to, Term reason) {
    Term *at;
    if (s->now && to == proc_pid(s->now->p)) {
        s->now->answer = term_tuple2(brc_ctx_alloc(s->now->p, 3), AM(error), reason);
        return;
    }
    Frag *f = letter(7, &at);
    f->term = term_tuple3(at, AM(inet_reply), s->q->id, term_tuple2(at + 4, AM(error), reason));
    brc_sig_push_mt(to, f);
}

/* ---- data ---- */

static size_t binary_words(size_t n) {
    return n > BRC_HEAPBIN_MAX ? 5 : 2 + (n + 7) / 8;
}

/* How much of n bytes is a list. */
static size_t listed(const Socket *s, size_t n) {
    return !s->binary || n < s->header ? n : s->header;
}

size_t brc_net_data_words(const Socket *s, size_t n) {
    size_t list = listed(s, n);
    return 2 * list + (s->binary && list == s->header ? binary_words(n - list) : 0);
}

static Term binary(Frag *f, const uint8_t *bytes, size_t n, SharedBin *shared) {
    Term *at = f->data + f->used;
    f->used += binary_words(n);
    if (n <= BRC_HEAPBIN_MAX) {
        at[0] = BRC_HEADER(BRC_HEAPBIN, 1 + (n + 7) / 8);
        at[1] = n;
        if (n) at[1 + (n + 7) / 8] = 0;
        memcpy(at + 2, bytes, n);
        return term_make_boxed(at);
    }
    if (shared) {
        brc_ctx_sharedbin_ref(shared);
    } else {
        shared = brc_ctx_sharedbin_new(n, n);
        memcpy(shared->data, bytes, n);
        bytes = shared->data;
    }
    at[0] = BRC_HEADER(BRC_REFBIN, 4);
    at[1] = n;
    at[2] = (Term)f->offheap;
    at[3] = (Term)shared;
    at[4] = (Term)bytes;
    f->offheap = at;
    return term_make_boxed(at);
}

Term brc_net_data(Frag *f, const Socket *s, const uint8_t *bytes, size_t n, SharedBin *shared) {
    size_t list = listed(s, n);
    Term data =
        s->binary && list == s->header ? binary(f, bytes + list, n - list, shared) : BRC_NIL;
    Term *cells = f->data + f->used + 2 * list;
    f->used += 2 * list;
    while (list-- > 0)
        data = term_cons(cells -= 2, BRC_SMALL(bytes[list]), data);
    return data;
}

/* ---- active mode ---- */

void brc_net_count_active(Socket *s, Term passive) {
    if (s->active == NET_ONCE) s->active = NET_PASSIVE;
    if (s->active != NET_MULTI || --s->active_count > 0) return;
    s->active = NET_PASSIVE;
    s->active_count = 0;
    brc_net_tell2(s, passive);
}
