/* test_tables.c: the maps, the timer heap, the dictionary. */
#include "../sched/world.h"
#include <stdlib.h>

Test(tables, idmap_against_model) {
    enum { KEYS = 500 };
    static uint64_t model[KEYS + 1];
    IdMap m = {0};
    srand(7);
    for (int i = 0; i < 200000; i++) {
        uint64_t key = (uint64_t)(rand() % KEYS) + 1, value = (uint64_t)rand() + 1;
        if (rand() % 2) {
            cr_assert_eq(brc_proc_idmap_put(&m, key << 20, value), model[key] == 0);
            model[key] = value;
        } else {
            uint64_t got = 0;
            cr_assert_eq(brc_proc_idmap_remove(&m, key << 20, &got), model[key] != 0);
            cr_assert_eq(got, model[key]);
            model[key] = 0;
        }
    }
    uint32_t count = 0, at = 0;
    for (uint64_t k = 1; k <= KEYS; k++) {
        const uint64_t *v = brc_proc_idmap_get(&m, k << 20);
        cr_assert_eq(v ? *v : 0, model[k]);
        count += model[k] != 0;
    }
    cr_assert_eq(m.count, count);
    while (brc_proc_idmap_next(&m, &at))
        count--;
    cr_assert_eq(count, 0u);
    brc_proc_idmap_free(&m);
}

static uint64_t fired_at, fired;
static void note(Timer *t) {
    cr_assert_geq(t->at_ns, fired_at);
    fired_at = t->at_ns;
    fired++;
}

Test(tables, timers_in_order) {
    enum { COUNT = 20000 };
    static Timer timers[COUNT];
    TimerHeap h = {0};
    srand(11);
    for (int i = 0; i < COUNT; i++) {
        timers[i].fire = note;
        brc_proc_timer_arm(&h, &timers[i], (uint64_t)(rand() % 1000));
    }
    for (int i = 0; i < COUNT; i += 3)
        brc_proc_timer_disarm(&timers[i]);
    brc_proc_timer_disarm(&timers[0]); /* not armed: nothing */
    brc_proc_timer_run(&h, 499);
    cr_assert_gt(brc_proc_timer_next_ns(&h), 499u);
    brc_proc_timer_run(&h, 1000);
    cr_assert_eq(fired, (uint64_t)(COUNT - (COUNT + 2) / 3));
    cr_assert_eq(brc_proc_timer_next_ns(&h), UINT64_MAX);
}

static uint64_t ages[3];
static int age_count;
static void note_age(Timer *t) {
    ages[age_count++] = t->age;
}
Test(tables, equal_times_by_age) {
    TimerHeap h = {0};
    Timer t[3] = {0};
    for (int i = 0; i < 3; i++)
        t[i].fire = note_age, brc_proc_timer_arm(&h, &t[i], 5);
    brc_proc_timer_run(&h, 5);
    cr_assert(ages[0] < ages[1] && ages[1] < ages[2]);
}

Test(tables, dictionary) {
    world();
    Proc *p = world_find(world_spawn(brc_code_process_end, BRC_NIL));
    Dict **at = &p->rest->dict;
    cr_assert_eq(brc_proc_dict_get(*at, AM(ok)), BRC_NONE);
    for (int64_t i = 0; i < 1000; i++) {
        Term key = term_tuple2(brc_ctx_alloc(p, 3), AM(ok), BRC_SMALL(i));
        cr_assert_eq(brc_proc_dict_put(at, key, BRC_SMALL(i)), BRC_NONE);
    }
    brc_heap_major_gc(p, 0, 0);
    brc_heap_check(p, 0);
    for (int64_t i = 0; i < 1000; i++) {
        Term key = term_tuple2(brc_ctx_alloc(p, 3), AM(ok), BRC_SMALL(i));
        cr_assert_eq(brc_proc_dict_get(*at, key), BRC_SMALL(i));
        if (i % 2) cr_assert_eq(brc_proc_dict_erase(*at, key), BRC_SMALL(i));
    }
    cr_assert_eq((*at)->count, 500u);
    for (int64_t i = 0; i < 1000; i++) {
        Term key = term_tuple2(brc_ctx_alloc(p, 3), AM(ok), BRC_SMALL(i));
        cr_assert_eq(brc_proc_dict_get(*at, key), i % 2 ? BRC_NONE : BRC_SMALL(i));
        cr_assert_eq(brc_proc_dict_put(at, key, BRC_SMALL(-i)), i % 2 ? BRC_NONE : BRC_SMALL(i));
    }
    cr_assert_eq((*at)->count, 1000u);
    Term list = brc_proc_dict_list(p, *at); /* the latest key first */
    cr_assert(term_tuple_elements(term_head(list))[1] == BRC_SMALL(-999));
}

Test(tables, references) {
    Term words[8];
    uint64_t key, key2;
    Term a = brc_proc_ref_new(words, &key);
    brc_proc_ref_new(words + 4, &key2);
    cr_assert_neq(key, key2);
    Term again[4];
    cr_assert_eq(brc_proc_ref_key(brc_proc_ref_from_key(again, key)), key);
    cr_assert_arr_eq(again, term_box(a), sizeof again);
}
