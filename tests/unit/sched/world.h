/* world.h: a scheduler with hand-written Code as process bodies. A test has bodies BODY(name),
 * started by world_spawn(name, argument), which enters them with the argument in x0; it runs until
 * a body calls world_stop or everything waits for ever (then the watchdog's alarm ends it). */
#pragma once
#include "../support/fakeproc.h"
#include "code/enter.h"
#include "code/raise.h"
#include "ctx/fail.h"
#include "sched/sched.h"
#include "sig/message.h"
#include "sig/signal.h"
#include <criterion/criterion.h>
#include <unistd.h>

#define BODY(name)                                                                                 \
    __attribute__((preserve_none)) static void name(                                               \
        Proc *p, Term *hp, Term *sp, int64_t reds, Term x0 __attribute__((unused)),                \
        Term x1 __attribute__((unused)), Term x2 __attribute__((unused)),                          \
        Term x3 __attribute__((unused)), Term x4 __attribute__((unused)),                          \
        Term x5 __attribute__((unused)))
#define JUMP(to, a0)  CODE_JUMP(to, a0, BRC_NIL, BRC_NIL, BRC_NIL, BRC_NIL, BRC_NIL)
#define RETURN(value) JUMP((Code *)(sp[0] - BRC_TAG_RETURN), value)
/* Waits for a message, then goes on at `again` (with x0 lost). */
#define WAIT(again, after)                                                                         \
    do {                                                                                           \
        p->resume = (again);                                                                       \
        p->trap = (after);                                                                         \
        JUMP(brc_sig_wait, BRC_NIL);                                                               \
    } while (0)

static inline Sched *world(void) {
    brc_sched_start(&brc_sched_first);
    alarm(60);
    return &brc_sched_first;
}
/* The process itself, which in a test is nobody else's; NULL: it has ended. */
static inline Proc *world_find(Term pid) {
    return brc_proc_is_alive(pid) ? brc_proc_slot_of(pid)->p : NULL;
}
static inline Term world_spawn_by(Proc *parent, const SpawnOptions *o, Code *body, Term argument,
                                  Term *ref) {
    Term none, pid = brc_sig_spawn(&brc_sched_first, parent, o, AM(erlang), AM(undefined), BRC_NIL,
                                   ref ? ref : &none);
    Proc *p = world_find(pid);
    p->resume = body;
    p->rest->saved_live = 1;
    p->rest->saved_x[0] = term_is_pointer(argument) ? brc_heap_copy_to_proc(p, argument) : argument;
    return pid;
}
static inline Term world_spawn(Code *body, Term argument) {
    return world_spawn_by(NULL, &brc_proc_default_options, body, argument, NULL);
}
static inline void world_run(void) {
    brc_sched_first.stop = false;
    brc_sched_run(&brc_sched_first);
}
