/* test_map.c: maps: the step from flat to trie and back, sharing of key tuples, merging, walking,
 * literals. Contents are checked against a plain array of what should be there. */
#include <criterion/criterion.h>
#include "abi/bif.h"
#include "support/fakeproc.h"
#include "term/cmp.h"
#include "term/map.h"

static Term n(int64_t i) {
    return BRC_SMALL(i);
}

static Term map_of(Proc *p, int64_t from, int64_t to, int64_t plus) {
    Term map = brc_term_map_empty();
    for (int64_t i = from; i <= to; i++)
        map = brc_term_map_put(p, map, n(i), n(i + plus));
    return map;
}

static void expect_range(Term map, int64_t from, int64_t to, int64_t plus) {
    cr_assert_eq(brc_term_map_size(map), (size_t)(to - from + 1));
    cr_expect_eq(term_kind(map), to - from + 1 > BRC_FLATMAP_MAX ? BRC_HASHMAP : BRC_FLATMAP);
    for (int64_t i = from; i <= to; i++)
        cr_assert_eq(brc_term_map_get(map, n(i)), n(i + plus));
    cr_expect_eq(brc_term_map_get(map, n(from - 1)), BRC_NONE);
    cr_expect_eq(brc_term_map_get(map, n(to + 1)), BRC_NONE);
}

Test(map, grows_and_shrinks) {
    Proc *p = fake_proc_new(4096);
    Term map = brc_term_map_empty();
    for (int64_t i = 1; i <= 200; i++) {
        map = brc_term_map_put(p, map, n(i), n(i + 7));
        expect_range(map, 1, i, 7);
    }
    for (int64_t i = 1; i < 200; i++) {
        map = brc_term_map_remove(p, map, n(i));
        expect_range(map, i + 1, 200, 7);
        cr_expect_eq(brc_term_map_remove(p, map, n(i)), map);
    }
    map = brc_term_map_remove(p, map, n(200));
    cr_expect_eq(map, brc_term_map_empty());
    fake_proc_free(p);
}

Test(map, same_contents_same_shape) {
    Proc *p = fake_proc_new(4096);
    Term a = map_of(p, 1, 5000, 0), b = brc_term_map_empty();
    for (int64_t i = 6000; i >= 1; i--)
        b = brc_term_map_put(p, b, n(i), n(-i));
    for (int64_t i = 5001; i <= 6000; i++)
        b = brc_term_map_remove(p, b, n(i));
    for (int64_t i = 1; i <= 5000; i++)
        b = brc_term_map_put(p, b, n(i), n(i));
    MapIter x, y;
    Term k, v, l, w;
    brc_term_map_iter(&x, a);
    brc_term_map_iter(&y, b);
    while (brc_term_map_next(&x, &k, &v)) {
        cr_assert(brc_term_map_next(&y, &l, &w));
        cr_assert(k == l && v == w);
    }
    cr_expect(!brc_term_map_next(&y, &l, &w));
    fake_proc_free(p);
}

Test(map, flat_keys_stand_in_exact_term_order) {
    Proc *p = fake_proc_new(512);
    Term f = term_make_float(brc_ctx_alloc(p, 2), 1.0);
    Term t = term_tuple2(brc_ctx_alloc(p, 3), n(1), n(2));
    Term pairs[] = {BRC_NIL, n(0), t, n(1), AM(ok), n(2), f, n(3), n(9), n(4), n(1), n(5)};
    Term order[] = {n(1), n(9), f, AM(ok), t, BRC_NIL};
    Term map = brc_term_map_from_pairs(p, pairs, 6), key, value;
    MapIter it;
    brc_term_map_iter(&it, map);
    for (int i = 0; i < 6; i++) {
        cr_assert(brc_term_map_next(&it, &key, &value));
        cr_expect_eq(key, order[i], "place %d", i);
    }
    cr_expect(!brc_term_map_next(&it, &key, &value));
    cr_expect_eq(brc_term_map_get(map, f), n(3));
    cr_expect_eq(brc_term_map_get(map, n(1)), n(5));
    fake_proc_free(p);
}

Test(map, updates_share_the_keys) {
    Proc *p = fake_proc_new(512);
    Term a = map_of(p, 1, 5, 0), b = brc_term_map_put(p, a, n(3), AM(ok));
    cr_expect_neq(a, b);
    cr_expect_eq(term_box(a)[1], term_box(b)[1]);
    cr_expect_eq(brc_term_map_put(p, b, n(3), AM(ok)), b);
    Term pairs[] = {n(1), AM(error), n(2), AM(error), n(1), AM(ok)};
    Term c = brc_term_map_put_pairs(p, b, pairs, 3, true);
    cr_expect_eq(term_box(c)[1], term_box(a)[1]);
    cr_expect_eq(brc_term_map_get(c, n(1)), AM(ok));
    fake_proc_free(p);
}

Test(map, put_pairs) {
    Proc *p = fake_proc_new(512);
    Term pairs[400];
    for (int64_t i = 0; i < 200; i++)
        pairs[2 * i] = n(i + 1), pairs[2 * i + 1] = n(i + 1);
    for (size_t some = 0; some <= 200; some++) {
        expect_range(brc_term_map_from_pairs(p, pairs, some), 1, (int64_t)some, 0);
        Term had = map_of(p, 1, 30, 1);
        Term got = brc_term_map_put_pairs(p, had, pairs, some, false);
        if (some >= 30)
            expect_range(got, 1, (int64_t)some, 0);
        else
            cr_expect_eq(brc_term_map_size(got), 30);
    }
    cr_expect_eq(brc_term_map_put_pairs(p, map_of(p, 1, 9, 0), pairs, 10, true), BRC_NONE);
    cr_expect(term_is_tuple_of(p->freason, 2));
    cr_expect_eq(term_tuple_elements(p->freason)[0], AM(badkey));
    cr_expect_eq(term_tuple_elements(p->freason)[1], n(10));
    fake_proc_free(p);
}

Test(map, from_pairs_with_repeated_keys) {
    Proc *p = fake_proc_new(512);
    Term pairs[2000];
    for (int64_t i = 0; i < 1000; i++)
        pairs[2 * i] = n(i % 20 + 1), pairs[2 * i + 1] = n(i);
    expect_range(brc_term_map_from_pairs(p, pairs, 1000), 1, 20, 979);
    for (int64_t i = 0; i < 1000; i++)
        pairs[2 * i] = AM(ok);
    Term one = brc_term_map_from_pairs(p, pairs, 1000);
    cr_expect_eq(brc_term_map_size(one), 1);
    cr_expect_eq(brc_term_map_get(one, AM(ok)), n(999));
    fake_proc_free(p);
}

Test(map, merge) {
    static const int64_t ends[] = {0, 1, 20, 32, 33, 60, 1000};
    Proc *p = fake_proc_new(4096);
    for (int i = 0; i < 7; i++)
        for (int j = 0; j < 7; j++) {
            Term a = map_of(p, 1, ends[i], 1), b = map_of(p, 1, ends[j], 2);
            Term m = brc_bif_maps_merge_2(p, a, b);
            int64_t both = ends[i] < ends[j] ? ends[i] : ends[j];
            int64_t all = ends[i] > ends[j] ? ends[i] : ends[j];
            cr_assert_eq(brc_term_map_size(m), (size_t)all);
            cr_expect_eq(term_kind(m), all > BRC_FLATMAP_MAX ? BRC_HASHMAP : BRC_FLATMAP);
            for (int64_t k = 1; k <= all; k++)
                cr_assert_eq(brc_term_map_get(m, n(k)),
                             n(k + (k <= both || ends[j] == all ? 2 : 1)));
            expect_range(brc_bif_maps_merge_2(p, a, map_of(p, ends[i] + 1, ends[i] + ends[j], 1)),
                         1, ends[i] + ends[j], 1);
        }
    Term big = map_of(p, 1, 100, 0);
    cr_expect_eq(brc_bif_maps_merge_2(p, big, big), big);
    cr_expect_eq(brc_bif_maps_merge_2(p, AM(ok), big), BRC_NONE);
    fake_proc_free(p);
}

Test(map, lists_of_large_maps_are_reversed) {
    Proc *p = fake_proc_new(4096);
    Term map = map_of(p, 1, 40, 0), key, value;
    Term keys = brc_bif_maps_keys_1(p, map), values = brc_bif_maps_values_1(p, map);
    Term pairs = brc_bif_erts_internal_map_next_3(p, n(0), map, BRC_NIL), back = BRC_NIL;
    MapIter it;
    cr_expect_eq(term_head(keys), n(33)); /* as OTP gives them */
    brc_term_map_iter_list(&it, map);
    for (; term_is_cons(keys); keys = term_tail(keys)) {
        cr_assert(brc_term_map_next(&it, &key, &value));
        cr_expect(term_head(keys) == key && term_head(values) == value);
        cr_expect(term_tuple_elements(term_head(pairs))[0] == key);
        values = term_tail(values), pairs = term_tail(pairs);
        back = term_cons(brc_ctx_alloc(p, 2), key, back);
    }
    brc_term_map_iter(&it, map);
    for (; term_is_cons(back); back = term_tail(back)) {
        cr_assert(brc_term_map_next(&it, &key, &value));
        cr_expect_eq(term_head(back), key);
    }
    fake_proc_free(p);
}

Test(map, paths_resume_where_they_stopped) {
    Proc *p = fake_proc_new(4096);
    Term map = map_of(p, 1, 3000, 0), key, value, step = term_cons(brc_ctx_alloc(p, 2), n(0), map);
    MapIter it;
    brc_term_map_iter(&it, map);
    for (int seen = 0; step != AM(none);) {
        if (term_is_cons(step)) {
            p->reds = 1 + seen * 7 % 300;
            step = brc_bif_erts_internal_map_next_3(p, term_head(step), map, AM(iterator));
            cr_assert_neq(step, BRC_NONE);
            continue;
        }
        cr_assert(brc_term_map_next(&it, &key, &value));
        cr_assert(term_tuple_elements(step)[0] == key && term_tuple_elements(step)[1] == value);
        step = term_tuple_elements(step)[2];
        seen++;
    }
    cr_expect(!brc_term_map_next(&it, &key, &value));
    cr_expect_eq(brc_bif_erts_internal_map_next_3(p, n(-1), map, AM(iterator)), BRC_NONE);
    cr_expect_eq(brc_bif_erts_internal_map_next_3(p, AM(ok), map, AM(iterator)), BRC_NONE);
    cr_expect_eq(brc_bif_erts_internal_map_next_3(p, n(0), map, AM(ok)), BRC_NONE);
    cr_expect_eq(brc_bif_erts_internal_map_next_3(p, n(1), brc_term_map_empty(), BRC_NIL),
                 BRC_NONE);
    fake_proc_free(p);
}

Test(map, built_ins_and_their_errors) {
    Proc *p = fake_proc_new(512);
    Term map = map_of(p, 1, 2, 0), e = brc_term_map_empty();
    cr_expect_eq(brc_bif_maps_get_2(p, n(1), map), n(1));
    cr_expect_eq(brc_bif_maps_get_2(p, n(3), map), BRC_NONE);
    cr_expect_eq(term_tuple_elements(p->freason)[0], AM(badkey));
    cr_expect_eq(brc_bif_maps_get_2(p, n(3), AM(ok)), BRC_NONE);
    cr_expect_eq(term_tuple_elements(p->freason)[0], AM(badmap));
    cr_expect_eq(term_tuple_elements(p->freason)[1], AM(ok));
    cr_expect_eq(brc_bif_maps_find_2(p, n(3), map), AM(error));
    cr_expect_eq(term_tuple_elements(brc_bif_maps_find_2(p, n(2), map))[1], n(2));
    cr_expect_eq(brc_bif_maps_take_2(p, n(3), map), AM(error));
    Term taken = brc_bif_maps_take_2(p, n(2), map);
    cr_expect_eq(term_tuple_elements(taken)[0], n(2));
    expect_range(term_tuple_elements(taken)[1], 1, 1, 0);
    cr_expect_eq(brc_bif_maps_update_3(p, n(3), n(3), map), BRC_NONE);
    cr_expect_eq(brc_bif_maps_is_key_2(p, n(2), map), AM(true));
    cr_expect_eq(brc_bif_erlang_map_size_1(p, map), n(2));
    cr_expect_eq(brc_bif_maps_from_list_1(p, BRC_NIL), e);
    Term bad = term_cons(brc_ctx_alloc(p, 2), AM(ok), BRC_NIL);
    cr_expect_eq(brc_bif_maps_from_list_1(p, bad), BRC_NONE);
    cr_expect_eq(p->freason, AM(badarg));
    cr_expect_eq(brc_bif_maps_from_keys_2(p, AM(ok), n(1)), BRC_NONE);
    cr_expect_eq(brc_term_map_get(brc_bif_maps_from_keys_2(p, bad, n(1)), AM(ok)), n(1));
    fake_proc_free(p);
}

Test(map, literals_lie_low) {
    Term pairs[200];
    for (int64_t i = 0; i < 100; i++)
        pairs[2 * i] = n(i + 1), pairs[2 * i + 1] = n(i + 1);
    Term small = brc_term_map_from_pairs_literal(pairs, 10);
    Term large = brc_term_map_from_pairs_literal(pairs, 100);
    cr_expect(term_is_literal(small) && term_is_literal(large));
    cr_expect(term_is_literal(term_box(large)[2]));
    expect_range(small, 1, 10, 0);
    expect_range(large, 1, 100, 0);
}

/* What maps:iterator(M, ordered) of OTP 26 and later goes by. */
Test(map, key_lists_are_paths_too) {
    Proc *p = fake_proc_new(4096);
    for (int64_t size = 10; size <= 100; size += 90) {
        Term map = map_of(p, 1, size, 3), keys = BRC_NIL;
        for (int64_t i = size; i > 0; i--)
            keys = term_cons(brc_ctx_alloc(p, 2), n(i), keys);
        Term step = term_cons(brc_ctx_alloc(p, 2), keys, map);
        for (int64_t i = 1; i <= size; i++) {
            if (term_is_cons(step))
                step = brc_bif_erts_internal_map_next_3(p, term_head(step), map, AM(iterator));
            cr_assert(term_is_tuple_of(step, 3));
            cr_expect_eq(term_tuple_elements(step)[0], n(i));
            cr_expect_eq(term_tuple_elements(step)[1], n(i + 3));
            step = term_tuple_elements(step)[2];
        }
        cr_expect_eq(step, AM(none));
        Term odd = term_cons(brc_ctx_alloc(p, 2), AM(ok), BRC_NIL);
        cr_expect_eq(brc_bif_erts_internal_map_next_3(p, odd, map, AM(iterator)), BRC_NONE);
    }
    cr_expect_eq(brc_bif_erts_internal_map_next_3(p, BRC_NIL, brc_term_map_empty(), AM(iterator)),
                 AM(none));
    fake_proc_free(p);
}

/* OTP's figures count the nodes, so they also tell that the tries have OTP's shape. */
Test(map, flat_size_is_otps) {
    Proc *p = fake_proc_new(4096);
    cr_expect_eq(brc_bif_erts_debug_flat_size_1(p, brc_term_map_empty()), n(3));
    cr_expect_eq(brc_bif_erts_debug_flat_size_1(p, map_of(p, 1, 1, 0)), n(6));
    cr_expect_eq(brc_bif_erts_debug_flat_size_1(p, map_of(p, 1, 33, 0)), n(127));
    cr_expect_eq(brc_bif_erts_debug_flat_size_1(p, map_of(p, 1, 100, 0)), n(366));
    fake_proc_free(p);
}
