/* limit.c: the report of a process that has outgrown its max_heap_size. */
#include "ctx/alloc.h"
#include "io/main.h"
#include "sig/signal.h"

static const char format[] = "     Process:            ~p ~n"
                             "     Context:            maximum heap size reached~n"
                             "     Max Heap Size:      ~p~n"
                             "     Total Heap Size:    ~p~n"
                             "     Kill:               ~p~n"
                             "     Error Logger:       ~p~n"
                             "     Message Queue Len:  ~p~n"
                             "     GC Info:            ~p~n";

/* p is in the middle of a collection: what is told of it is built apart. */
void brc_io_limit_report(Proc *p, size_t total_words) {
    Proc q;
    ProcRest rest;
    const ProcRest *r = p->rest;
    brc_sig_double_make(p, &q, &rest);
    Term of[] = {r->pid,
                 BRC_SMALL(r->heap.max_heap_words),
                 BRC_SMALL(total_words),
                 term_bool(r->max_heap_kill),
                 term_bool(r->max_heap_log),
                 BRC_SMALL(r->message_count),
                 brc_sig_collection_info(&q, p, p->frag_words + brc_sig_queue_words(r))};
    enum { N = sizeof of / sizeof *of };
    Term args = BRC_NIL, *at = brc_ctx_alloc(&q, 2 * N);
    for (size_t i = N; i-- > 0; at += 2)
        args = term_cons(at, of[i], args);
    brc_io_log_error(&q, format, args);
    brc_sig_double_free(&q);
}
