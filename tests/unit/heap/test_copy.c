/* test_copy.c: copying between heaps: structure, shared bytes, parts of binaries, literals. */
#include "graph.h"
#include <criterion/criterion.h>

static const Term literal_cell[2] __attribute__((aligned(16))) = {BRC_SMALL(1), BRC_NIL};

Test(copy, literals_and_immediates_stay) {
    cr_assert_null(brc_heap_copy_to_frag(BRC_SMALL(5)));
    cr_assert_null(brc_heap_copy_to_frag(AM(ok)));
    cr_assert_null(brc_heap_copy_to_frag(term_make_list(literal_cell)));
    cr_assert_eq(brc_heap_size_words(term_make_list(literal_cell)), 0);
    cr_assert_eq(brc_heap_flat_words(term_make_list(literal_cell)), 2);
}

Test(copy, literal_within) {
    Proc *p = fake_proc_new(233);
    Term *at = brc_ctx_alloc(p, 3);
    Term t = term_tuple2(at, term_make_list(literal_cell), BRC_SMALL(2));
    cr_assert_eq(brc_heap_size_words(t), 3);
    Frag *f = brc_heap_copy_to_frag(t);
    cr_assert_eq(term_tuple_elements(f->term)[0], term_make_list(literal_cell));
    brc_ctx_frag_free(f);
    fake_proc_free(p);
}

Test(copy, improper_and_nested_lists) {
    Proc *p = fake_proc_new(5000);
    Term t = AM(ok);
    for (int i = 0; i < 1000; i++) {
        Term inner = term_cons(brc_ctx_alloc(p, 2), BRC_SMALL(i), AM(error));
        t = term_cons(brc_ctx_alloc(p, 2), inner, t);
    }
    cr_assert_eq(brc_heap_size_words(t), 4000);
    Frag *f = brc_heap_copy_to_frag(t);
    cr_assert_eq(graph_hash(f->term), graph_hash(t));
    Term c = brc_heap_copy_to_proc(p, f->term);
    cr_assert_eq(graph_hash(c), graph_hash(t));
    brc_ctx_frag_free(f);
    cr_assert_eq(graph_hash(c), graph_hash(t));
    fake_proc_free(p);
}

static Term heapbin(Proc *p, const char *text) {
    size_t n = strlen(text), words = 2 + (n + 7) / 8;
    Term *at = brc_ctx_alloc(p, words);
    memset(at, 0, words * 8);
    at[0] = BRC_HEADER(BRC_HEAPBIN, words - 1);
    at[1] = n;
    memcpy(at + 2, text, n);
    return term_make_boxed(at);
}

static Term sub(Proc *p, Term original, int offset, int bits) {
    Term *at = brc_ctx_alloc(p, 5);
    at[0] = BRC_HEADER(BRC_SUBBITS, 4);
    at[1] = original;
    at[2] = BRC_SMALL(offset), at[3] = BRC_SMALL(bits), at[4] = BRC_SMALL(1);
    return term_make_boxed(at);
}

Test(copy, part_of_a_heap_binary) {
    Proc *p = fake_proc_new(500);
    Term b = heapbin(p, "abcdefghijklmnopqrstuvwxyz");
    Term whole = sub(p, b, 16, 24); /* <<"cde">> */
    cr_assert_eq(brc_heap_size_words(whole), 3);
    Frag *f = brc_heap_copy_to_frag(whole);
    cr_assert(term_is_kind(f->term, BRC_HEAPBIN));
    cr_assert_eq(term_box(f->term)[1], 3);
    cr_assert_eq(memcmp(term_box(f->term) + 2, "cde", 3), 0);
    brc_ctx_frag_free(f);

    Term bits = sub(p, b, 19, 9);
    cr_assert_eq(brc_heap_size_words(bits), 3 + 5);
    f = brc_heap_copy_to_frag(term_cons(brc_ctx_alloc(p, 2), bits, whole));
    Term c = term_head(f->term);
    cr_assert(term_is_kind(c, BRC_SUBBITS));
    cr_assert_eq(term_box(c)[2], BRC_SMALL(3));
    cr_assert_eq(term_box(c)[3], BRC_SMALL(9));
    cr_assert_eq(term_box(c)[4], BRC_SMALL(0));
    cr_assert_eq(memcmp(term_box(term_box(c)[1]) + 2, "cd", 2), 0);
    brc_ctx_frag_free(f);

    Term empty = sub(p, b, 208, 0);
    f = brc_heap_copy_to_frag(empty);
    cr_assert(term_is_kind(f->term, BRC_HEAPBIN));
    cr_assert_eq(term_box(f->term)[1], 0);
    brc_ctx_frag_free(f);
    fake_proc_free(p);
}

Test(copy, shared_bytes_are_shared) {
    Proc *p = fake_proc_new(500), *q = fake_proc_new(500);
    SharedBin *b = brc_ctx_sharedbin_new(100, 100);
    memset(b->data, 7, 100);
    Term r = brc_ctx_refbin(p, b, b->data, 100);
    Term t = term_tuple2(brc_ctx_alloc(p, 3), r, sub(p, r, 8, 16));
    Frag *f = brc_heap_copy_to_frag(t);
    cr_assert_eq(b->refs, 3); /* sharing within the term is lost */
    Term part = term_tuple_elements(f->term)[1];
    cr_assert(term_is_kind(part, BRC_SUBBITS));
    cr_assert_eq(term_box(part)[4], BRC_SMALL(0));
    cr_assert(term_is_kind(term_box(part)[1], BRC_REFBIN));
    brc_ctx_frag_attach(q, f);
    q->x[0] = f->term;
    brc_heap_check(q, 1);
    brc_heap_collect_gc(q, 0, 1);
    brc_heap_check(q, 1);
    cr_assert_eq(b->refs, 3);
    q->x[0] = brc_heap_copy_to_proc(q, term_tuple_elements(q->x[0])[0]);
    cr_assert_eq(b->refs, 4);
    brc_heap_major_gc(q, 0, 1);
    cr_assert_eq(b->refs, 2);
    fake_proc_free(q);
    cr_assert_eq(b->refs, 1);
    fake_proc_free(p);
    cr_assert_eq(brc_ctx_sharedbin_bytes(), 0);
}

/* Blocks may lie side by side: a fragment's end is no reason to take the heap back. */
Test(alloc, trimming_a_fragment_that_ends_where_the_heap_begins) {
    Term block[sizeof(Frag) / sizeof(Term) + 16] = {0};
    Frag *f = (Frag *)block;
    Term *heap = f->data + 8;
    f->words = f->used = 8;
    Proc p = {.heap = heap, .hp = heap, .frags = f, .frag_words = 8};
    brc_ctx_trim(&p, f->data + 2, 6, f->data + 3);
    cr_assert_eq(p.hp, heap);
    cr_assert_eq(f->used, 3);
    cr_assert_eq(p.frag_words, 3);
}

Test(alloc, trim_gives_back) {
    Proc *p = fake_proc_new(100);
    Term *at = brc_ctx_alloc(p, 50);
    at[0] = BRC_HEADER(BRC_TUPLE, 1), at[1] = BRC_NIL;
    brc_ctx_trim(p, at, 50, at + 2);
    p->x[0] = term_make_boxed(at);
    brc_heap_check(p, 1);
    Term *big = brc_ctx_alloc(p, 5000); /* a fragment */
    cr_assert_not_null(p->frags);
    big[0] = BRC_HEADER(BRC_TUPLE, 0);
    brc_ctx_trim(p, big, 5000, big + 1);
    p->x[1] = term_make_boxed(big);
    brc_heap_check(p, 2);
    brc_heap_collect_gc(p, 0, 2);
    cr_assert_null(p->frags);
    cr_assert_eq(term_header(p->x[1]), BRC_HEADER(BRC_TUPLE, 0));
    fake_proc_free(p);
}

Test(alloc, sizes_are_otps) {
    size_t sizes[] = {12, 38, 51, 90, 142, 233, 376, 610, 987, 1598, 2586, 4185, 6772};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        cr_assert_eq(brc_heap_next_size(sizes[i]), sizes[i]);
        if (i) cr_assert_eq(brc_heap_next_size(sizes[i - 1] + 1), sizes[i]);
    }
}

Test(alloc, blocks_lie_above_4_gb_and_are_reused) {
    for (size_t n = 1; n < 3000000; n += n / 9 + 1) {
        size_t room, again;
        void *b = brc_base_block_alloc(n, &room);
        cr_assert((uintptr_t)b >= BRC_LITERAL_LIMIT && room >= n && room % 16 == 0);
        memset(b, 1, room);
        brc_base_block_free(b, room, room);
        void *c = brc_base_block_alloc(n, &again);
        cr_assert(again >= n);
        room = brc_base_block_shrink(c, again, n / 3);
        cr_assert(room >= n / 3 && room <= again);
        memset(c, 2, room);
        brc_base_block_free(c, room, n / 3);
    }
}
