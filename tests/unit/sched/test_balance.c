/* test_balance.c: what a thread takes of others' queues although it has work itself. */
#include "world.h"

enum { LATER_NS = 100000000 };
static Sched crowded = {.id = 2}, other = {.id = 3};

static Sched *at(uint32_t i) {
    return i == 0 ? &crowded : i == 1 ? &other : NULL;
}

static void queue(Sched *s, uint8_t priority, uint32_t bound, int n) {
    SpawnOptions o = brc_proc_default_options;
    o.priority = priority;
    o.scheduler = bound;
    while (n--) {
        Proc *p = brc_proc_create(s, &o, 0);
        p->rest->bound = bound;
        brc_proc_enqueue(s, p);
    }
}

static uint32_t waiting(const Sched *s, int priority) {
    return atomic_load(&s->waiting[priority]);
}

static void begin(void) {
    world();
    brc_proc_sched_at = at;
}

Test(balance, half_of_the_difference_of_each_priority) {
    begin();
    queue(&crowded, BRC_PRIORITY_NORMAL, 0, 10);
    queue(&crowded, BRC_PRIORITY_LOW, 0, 7);
    queue(&other, BRC_PRIORITY_LOW, 0, 1);
    brc_proc_balance(&other, LATER_NS);
    cr_assert_eq(waiting(&other, BRC_PRIORITY_NORMAL), 5u);
    cr_assert_eq(waiting(&crowded, BRC_PRIORITY_NORMAL), 5u);
    cr_assert_eq(waiting(&other, BRC_PRIORITY_LOW), 4u);
    cr_assert_eq(waiting(&crowded, BRC_PRIORITY_LOW), 4u);
    cr_assert_eq(atomic_load(&crowded.queued), 9u);
    brc_proc_balance(&other, LATER_NS + 1); /* too soon, and there is nothing to do */
    cr_assert_eq(atomic_load(&other.queued), 9u);
}

Test(balance, bound_ones_stay) {
    begin();
    queue(&crowded, BRC_PRIORITY_NORMAL, 2, 10);
    brc_proc_balance(&other, LATER_NS);
    cr_assert_eq(atomic_load(&other.queued), 0u);
}

Test(balance, those_never_served_go_to_whom_has_nothing_above) {
    begin();
    queue(&crowded, BRC_PRIORITY_HIGH, 0, 1);
    queue(&crowded, BRC_PRIORITY_NORMAL, 0, 3);
    queue(&other, BRC_PRIORITY_NORMAL, 0, 5);
    for (uint64_t t = 1; t < 4; t++) { /* only the one of high priority runs there */
        brc_proc_enqueue(&crowded, brc_proc_dequeue(&crowded));
        brc_proc_balance(&crowded, t * LATER_NS);
    }
    cr_assert_eq(waiting(&crowded, BRC_PRIORITY_NORMAL), 3u);
    brc_proc_balance(&other, LATER_NS);
    cr_assert_eq(waiting(&other, BRC_PRIORITY_NORMAL), 8u);
    cr_assert_eq(waiting(&crowded, BRC_PRIORITY_HIGH), 1u);
}

Test(balance, counts_follow_the_queues) {
    begin();
    queue(&crowded, BRC_PRIORITY_LOW, 0, 3);
    queue(&crowded, BRC_PRIORITY_MAX, 0, 1);
    for (int n = 4; n > 0; n--)
        cr_assert_not_null(brc_proc_dequeue(&crowded));
    for (int i = 0; i < 4; i++)
        cr_assert_eq(waiting(&crowded, i), 0u);
    cr_assert_null(brc_proc_dequeue(&crowded));
}
