/* test_relations.c: links, monitors, exit signals, aliases. */
#include "../sched/world.h"
#include "abi/bif.h"

static Term seen[16];
static int seen_count, wanted;

static Term keep(Term t) { /* as a literal, to look at later */
    static Term area[4096];
    static Term *hp = area;
    Term *offheap = NULL;
    return term_is_pointer(t) ? brc_heap_copy(t, &hp, &offheap) : t;
}

BODY(collect_messages) { /* notes each message; stops after `wanted` */
    CODE_OUT();
    for (Term m; (m = brc_sig_peek(p)) != BRC_NONE;) {
        seen[seen_count++] = keep(m);
        brc_sig_remove(p);
        if (seen_count == wanted) brc_sched_stop(p->rest->sched);
    }
    WAIT(collect_messages, NULL);
}

BODY(idle_body) {
    CODE_OUT();
    while (brc_sig_peek(p) != BRC_NONE)
        brc_sig_remove(p);
    WAIT(idle_body, NULL);
}

BODY(end_with) { /* exits with its argument */
    CODE_OUT();
    Code *died = brc_hook_process_died;
    CODE_JUMP(died, x0, AM(exit), BRC_NIL, BRC_NIL, BRC_NIL, BRC_NIL);
}

static Proc *watcher(void) {
    seen_count = 0;
    return world_find(world_spawn(collect_messages, BRC_NIL));
}

static void check_exit(Term t, Term from, Term reason) {
    cr_assert(term_is_tuple_of(t, 3));
    const Term *e = term_tuple_elements(t);
    cr_assert_eq(e[0], AM(EXIT));
    cr_assert_eq(e[1], from);
    cr_assert_eq(e[2], reason);
}

static void check_down(Term t, Term from, Term reason) {
    cr_assert(term_is_tuple_of(t, 5));
    const Term *e = term_tuple_elements(t);
    cr_assert_eq(e[0], AM(DOWN));
    cr_assert_eq(e[2], AM(process));
    cr_assert_eq(e[3], from);
    cr_assert_eq(e[4], reason);
}

Test(relations, link_and_trap) {
    world();
    Proc *p = watcher();
    p->rest->trap_exit = 1;
    SpawnOptions o = brc_proc_default_options;
    o.link = true;
    Term a = world_spawn_by(p, &o, end_with, AM(normal), NULL);
    Term b = world_spawn_by(p, &o, end_with, AM(badarg), NULL);
    wanted = 2;
    world_run();
    check_exit(seen[0], a, AM(normal));
    check_exit(seen[1], b, AM(badarg));
    cr_assert_eq(p->rest->links.count, 0u);
}

/* p has ended a link and made it again while q, which has not seen that yet, ended its side: q's
 * end of the first link does not take the second one away from one side only. */
Test(relations, link_again) {
    world();
    Proc *p = watcher(), *q = world_find(world_spawn(idle_body, BRC_NIL));
    brc_bif_erlang_link_1(p, proc_pid(q));
    brc_sig_fetch(q);
    brc_bif_erlang_unlink_1(q, proc_pid(p));
    brc_bif_erlang_unlink_1(p, proc_pid(q));
    brc_bif_erlang_link_1(p, proc_pid(q));
    for (int i = 0; i < 3; i++) {
        brc_sig_fetch(p);
        brc_sig_fetch(q);
    }
    cr_assert_eq(p->rest->links.count, q->rest->links.count);
}

Test(relations, link_kills) {
    world();
    Proc *p = watcher();
    Term victim = world_spawn(idle_body, BRC_NIL);
    Term normal = world_spawn(idle_body, BRC_NIL);
    Term other = world_spawn(end_with, AM(badarg));
    Term fine = world_spawn(end_with, AM(normal));
    brc_bif_erlang_link_1(world_find(victim), other);
    brc_bif_erlang_link_1(world_find(normal), fine);
    brc_bif_erlang_monitor_2(p, AM(process), victim);
    wanted = 1;
    world_run();
    check_down(seen[0], victim, AM(badarg));
    cr_assert_eq(world_find(victim), NULL);
    cr_assert_neq(world_find(normal), NULL);
}

Test(relations, link_to_nobody) {
    world();
    Proc *p = watcher();
    Term nobody = pid_make(5, 123456);
    cr_assert_eq(brc_bif_erlang_link_1(p, nobody), BRC_NONE);
    cr_assert_eq(p->freason, AM(noproc));
    p->rest->trap_exit = 1;
    cr_assert_eq(brc_bif_erlang_link_1(p, nobody), AM(true));
    wanted = 1;
    world_run();
    check_exit(seen[0], nobody, AM(noproc));
}

Test(relations, unlink_silences) {
    world();
    Proc *p = watcher();
    p->rest->trap_exit = 1;
    Term a = world_spawn(end_with, AM(badarg));
    brc_bif_erlang_link_1(p, a);
    brc_bif_erlang_unlink_1(p, a);
    brc_sig_send_message(proc_pid(p), AM(ok));
    wanted = 1;
    world_run();
    cr_assert_eq(seen[0], AM(ok));
}

Test(relations, kill_and_normal) {
    world();
    Proc *p = watcher(), *q = world_find(world_spawn(idle_body, BRC_NIL));
    Term pid = proc_pid(q);
    q->rest->trap_exit = 1;
    brc_bif_erlang_monitor_2(p, AM(process), pid);
    brc_bif_erlang_exit_2(p, pid, AM(normal)); /* becomes a message */
    cr_assert(brc_sig_fetch(q));
    brc_bif_erlang_exit_2(p, pid, AM(kill));
    wanted = 1;
    world_run();
    check_down(seen[0], pid, AM(killed));
}

Test(relations, monitor_name_and_dead) {
    world();
    Proc *p = watcher();
    Term pid = world_spawn(end_with, AM(killed));
    brc_bif_erlang_register_2(p, AM(file), pid);
    brc_bif_erlang_monitor_2(p, AM(process), AM(file));
    brc_bif_erlang_monitor_2(p, AM(process), AM(line)); /* no such name */
    wanted = 2;
    world_run();
    for (int i = 0; i < 2; i++) {
        const Term *e = term_tuple_elements(seen[i]);
        cr_assert(term_is_tuple_of(e[3], 2));
        Term name = term_tuple_elements(e[3])[0];
        cr_assert_eq(term_tuple_elements(e[3])[1], AM(nonode_nohost));
        cr_assert_eq(e[4], name == AM(file) ? AM(killed) : AM(noproc));
    }
    cr_assert_eq(brc_proc_whereis(AM(file)), BRC_NONE, "a name goes with its process");
}

Test(relations, demonitor_flush) {
    world();
    Proc *p = watcher();
    Term dead = pid_make(9, 99);
    Term ref = brc_bif_erlang_monitor_2(p, AM(process), dead);
    static Term cells[4];
    Term flush_info = term_cons(cells, AM(flush), term_cons(cells + 2, AM(info), BRC_NIL));
    cr_assert_eq(brc_bif_erlang_demonitor_2(p, ref, flush_info), AM(true));
    brc_sig_fetch(p);
    cr_assert_eq(p->rest->message_count, 0u, "DOWN behind demonitor is dropped");
    ref = brc_bif_erlang_monitor_2(p, AM(process), dead);
    brc_sig_fetch(p);
    cr_assert_eq(p->rest->message_count, 1u);
    cr_assert_eq(brc_bif_erlang_demonitor_2(p, ref, flush_info), AM(false));
    cr_assert_eq(p->rest->message_count, 0u);
}

Test(relations, alias) {
    world();
    Proc *p = watcher();
    Term alias = brc_bif_erlang_alias_0(p);
    brc_sig_send(p, alias, BRC_SMALL(1));
    brc_sig_fetch(p);
    cr_assert_eq(p->rest->message_count, 1u);
    brc_sig_send(p, alias, BRC_SMALL(2)); /* under way when the alias ends */
    cr_assert_eq(brc_bif_erlang_unalias_1(p, alias), AM(true));
    cr_assert_eq(brc_bif_erlang_unalias_1(p, alias), AM(false));
    brc_sig_send(p, alias, BRC_SMALL(3));
    brc_sig_fetch(p);
    cr_assert_eq(p->rest->message_count, 1u);
    static Term cells[2];
    alias = brc_bif_erlang_alias_1(p, term_cons(cells, AM(reply), BRC_NIL));
    brc_sig_send(p, alias, BRC_SMALL(4));
    brc_sig_send(p, alias, BRC_SMALL(5));
    brc_sig_fetch(p);
    cr_assert_eq(p->rest->message_count, 2u, "a reply alias takes one");
}

Test(relations, order_of_signals) {
    world();
    Proc *p = watcher(), *q = world_find(world_spawn(collect_messages, BRC_NIL));
    brc_bif_erlang_monitor_2(p, AM(process), proc_pid(q));
    brc_sig_send(p, proc_pid(q), BRC_SMALL(1));
    brc_bif_erlang_exit_2(p, proc_pid(q), AM(badarg));
    brc_sig_send(p, proc_pid(q), BRC_SMALL(2));
    wanted = 1;
    world_run();
    cr_assert_eq(seen_count, 1);
    check_down(seen[0], pid_make(1, 0), AM(badarg));
}

Test(relations, receive_markers) {
    world();
    Proc *p = watcher();
    Term pid = proc_pid(p);
    for (int i = 0; i < 3; i++)
        brc_sig_send_message(pid, BRC_SMALL(i));
    Term marker = brc_sig_marker_reserve(p);
    Term ref = brc_bif_erlang_make_ref_0(p);
    brc_sig_marker_bind(p, marker, ref);
    brc_sig_send_message(pid, BRC_SMALL(100));
    brc_sig_marker_use(p, ref);
    cr_assert_eq(brc_sig_peek(p), BRC_SMALL(100), "old messages are skipped");
    brc_sig_timeout_done(p);
    for (int i = 0; i < 3; i++) { /* the marker moves as what it stands on goes */
        cr_assert_eq(brc_sig_peek(p), BRC_SMALL(i));
        brc_sig_remove(p);
    }
    brc_sig_marker_use(p, ref);
    cr_assert_eq(brc_sig_peek(p), BRC_SMALL(100));
    brc_sig_remove(p);
    brc_sig_marker_clear(p, ref);
    brc_sig_marker_use(p, ref);
    cr_assert_eq(brc_sig_peek(p), BRC_NONE);
}
