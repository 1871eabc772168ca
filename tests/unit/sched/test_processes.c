/* test_processes.c: processes that send, wait, time out and share the processor. */
#include "world.h"
#include "abi/bif.h"

/* ---- ping-pong ---- */
enum { ROUNDS = 20000 };
static int pongs, pings, started;

BODY(echo) { /* sends {Self, N} back as N */
    CODE_OUT();
    for (Term m; (m = brc_sig_peek(p)) != BRC_NONE;) {
        brc_sig_remove(p);
        pongs++;
        const Term *e = term_tuple_elements(m);
        brc_sig_send(p, e[0], e[1]);
    }
    hp = p->hp;
    WAIT(echo, NULL);
}

static Term echo_pid;
static void send_ping(Proc *p, int64_t n) {
    Term *t = brc_ctx_alloc(p, 3);
    brc_sig_send(p, echo_pid, term_tuple2(t, proc_pid(p), BRC_SMALL(n)));
}

BODY(ping) {
    CODE_OUT();
    if (!started++) send_ping(p, 0);
    for (Term m; (m = brc_sig_peek(p)) != BRC_NONE;) {
        cr_assert_eq(term_small(m), pings);
        brc_sig_remove(p);
        if (++pings == ROUNDS)
            brc_sched_stop(p->rest->sched);
        else
            send_ping(p, pings);
    }
    hp = p->hp;
    WAIT(ping, NULL);
}

Test(processes, ping_pong) {
    world();
    echo_pid = world_spawn(echo, BRC_NIL);
    world_spawn(ping, BRC_NIL);
    world_run();
    cr_assert_eq(pings, ROUNDS);
    cr_assert_eq(pongs, ROUNDS);
    Proc *p = world_find(echo_pid);
    cr_assert_lt(brc_heap_total_words(p), 20000u, "messages must not pile up");
    cr_assert_eq(p->rest->message_count, 0u);
}

/* ---- selective receive: skipped messages stay, in order ---- */
static int64_t order[4];
static int taken;

BODY(select_even_first) {
    CODE_OUT();
    Term m;
    while ((m = brc_sig_peek(p)) != BRC_NONE) {
        if (term_small(m) % 2 == 0 || taken >= 2) {
            order[taken++] = term_small(m);
            brc_sig_remove(p);
            if (taken == 4) brc_sched_stop(p->rest->sched);
        } else {
            brc_sig_skip(p);
        }
    }
    WAIT(select_even_first, NULL);
}

Test(processes, selective_receive) {
    world();
    Term pid = world_spawn(select_even_first, BRC_NIL);
    for (int64_t n = 1; n <= 4; n++)
        brc_sig_send_message(pid, BRC_SMALL(n));
    world_run();
    int64_t expected[4] = {2, 4, 1, 3};
    cr_assert_arr_eq(order, expected, sizeof order);
}

/* ---- a message looked at survives a collection ---- */
static Term kept_head;
BODY(collect_while_looking) {
    CODE_OUT();
    Term m = brc_sig_peek(p);
    if (m == BRC_NONE) WAIT(collect_while_looking, NULL);
    p->x[0] = term_head(m);
    brc_heap_major_gc(p, 10, 1);
    Term again = brc_sig_peek(p);
    cr_assert_eq(term_head(again), p->x[0]);
    cr_assert_eq(p->rest->heap_messages, 1u);
    brc_sig_remove(p);
    cr_assert_eq(p->rest->heap_messages, 0u);
    brc_heap_major_gc(p, 10, 1);
    kept_head = term_tuple_elements(p->x[0])[1];
    brc_heap_check(p, 1);
    brc_sched_stop(p->rest->sched);
    hp = p->hp, sp = p->sp;
    WAIT(collect_while_looking, NULL);
}

Test(processes, collection_during_receive) {
    world();
    Term pid = world_spawn(collect_while_looking, BRC_NIL);
    static Term words[16];
    Term inner = term_tuple2(words, AM(ok), BRC_SMALL(77));
    Frag *f = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, 8);
    Term *hp = f->data;
    Term *tuple = hp;
    memcpy(tuple, term_box(inner), 3 * sizeof(Term));
    f->term = term_cons(hp + 3, term_make_boxed(tuple), BRC_NIL);
    f->used = 5;
    brc_sig_push_mt(pid, f);
    world_run();
    cr_assert_eq(kept_head, BRC_SMALL(77));
}

/* ---- timeouts ---- */
static uint64_t began_ns, timed_out_ns;
static int others;

BODY(timed_out) {
    CODE_OUT();
    brc_sig_timeout_done(p);
    timed_out_ns = brc_proc_clock_ns();
    brc_sched_stop(p->rest->sched);
    WAIT(timed_out, NULL);
}
BODY(wait_30_ms) { /* other messages come and do not disarm the timer */
    CODE_OUT();
    while (brc_sig_peek(p) != BRC_NONE) {
        others++;
        brc_sig_skip(p);
    }
    int armed = brc_sig_timeout_arm(p, BRC_SMALL(30));
    if (armed == 0) JUMP(timed_out, BRC_NIL);
    WAIT(wait_30_ms, timed_out);
}

Test(processes, timeout_over_messages) {
    Sched *s = world();
    began_ns = brc_proc_clock_ns();
    Term pid = world_spawn(wait_30_ms, BRC_NIL);
    Proc *p = world_find(pid);
    Term *at = brc_ctx_alloc(p, 8);
    (void)at;
    for (int i = 0; i < 3; i++)
        brc_bif_erlang_send_after_3(p, BRC_SMALL(5 * i), pid, BRC_SMALL(i));
    cr_assert_eq(s->timers.count, 3u);
    world_run();
    cr_assert_eq(others, 3);
    uint64_t took = (timed_out_ns - began_ns) / 1000000;
    cr_assert_geq(took, 30u);
    cr_assert_lt(took, 500u);
}

Test(processes, bad_timeout) {
    world();
    Proc *p = world_find(world_spawn(echo, BRC_NIL));
    cr_assert_eq(brc_sig_timeout_arm(p, AM(normal)), -1);
    cr_assert_eq(p->freason, AM(timeout_value));
    cr_assert_eq(brc_sig_timeout_arm(p, BRC_SMALL(-1)), -1);
    cr_assert_eq(brc_sig_timeout_arm(p, BRC_SMALL(0)), 0);
    cr_assert_eq(brc_sig_timeout_arm(p, AM(infinity)), 1);
}

/* ---- turns ---- */
static int64_t work_done[2];
BODY(work) { /* x0: which counter */
    while (reds-- > 0)
        work_done[term_small(x0)]++;
    CODE_OUT();
    if (work_done[0] + work_done[1] > 400000) brc_sched_stop(p->rest->sched);
    p->resume = work;
    p->live = 1;
    JUMP(brc_code_yield, x0);
}

Test(processes, fair_turns) {
    world();
    world_spawn(work, BRC_SMALL(0));
    world_spawn(work, BRC_SMALL(1));
    world_run();
    int64_t d = work_done[0] - work_done[1];
    cr_assert_leq(d < 0 ? -d : d, BRC_TURN_REDUCTIONS + 1);
}

Test(processes, low_priority_gets_an_eighth) {
    world();
    SpawnOptions low = brc_proc_default_options;
    low.priority = BRC_PRIORITY_LOW;
    work_done[0] = work_done[1] = 0;
    world_spawn_by(NULL, &low, work, BRC_SMALL(0), NULL);
    world_spawn(work, BRC_SMALL(1));
    world_run();
    cr_assert_gt(work_done[0], 0);
    cr_assert_gt(work_done[1], 5 * work_done[0]);
}

/* ---- many ---- */
enum { MANY = 100000 };
static int answered;
BODY(answer) {
    CODE_OUT();
    Term m = brc_sig_peek(p);
    if (m == BRC_NONE) WAIT(answer, NULL);
    brc_sig_remove(p);
    if (++answered == MANY) brc_sched_stop(p->rest->sched);
    JUMP(brc_code_process_end, BRC_NIL);
}

Test(processes, a_hundred_thousand) {
    world();
    size_t before, kept, after;
    brc_base_blocks_count(&before, &kept);
    static Term pids[MANY];
    for (int i = 0; i < MANY; i++)
        pids[i] = world_spawn(answer, BRC_NIL);
    brc_base_blocks_count(&after, &kept);
    cr_assert_leq((after - before) / MANY, 1024u, "a fresh process fits in 1 KB");
    cr_assert_eq(brc_proc_count(), (uint32_t)MANY);
    for (int i = 0; i < MANY; i++)
        brc_sig_send_message(pids[i], AM(ok));
    world_run();
    cr_assert_eq(answered, MANY);
    cr_assert_leq(brc_proc_count(), 1u);
    cr_assert_eq(world_find(pids[7]), NULL);
    Term again = world_spawn(answer, BRC_NIL);
    cr_assert_neq(again, pids[MANY - 1], "a slot's next process has another serial");
}
