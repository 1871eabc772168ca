/* dirtycode.c: what generated code calls of bif.def's rows with DIRTY_IO or DIRTY_CPU: built-ins
 * that hand the call over to their pool. Each is a section of its own: a program links those it
 * names. */
#include "sched/dirty.h"

#define ARGS_0
#define ARGS_1 , Term a
#define ARGS_2 ARGS_1, Term b
#define ARGS_3 ARGS_2, Term c
#define ARGS_4 ARGS_3, Term d
#define ARGS_5 ARGS_4, Term e
#define ARGS_6 ARGS_5, Term f
#define STORE_0
#define STORE_1 p->x[0] = a;
#define STORE_2 STORE_1 p->x[1] = b;
#define STORE_3 STORE_2 p->x[2] = c;
#define STORE_4 STORE_3 p->x[3] = d;
#define STORE_5 STORE_4 p->x[4] = e;
#define STORE_6 STORE_5 p->x[5] = f;

#define SEND(n, cname, pool)                                                                       \
    __attribute__((section(".text.brc_bif_" #cname "_" #n))) Term brc_bif_##cname##_##n(           \
        Proc *p ARGS_##n) {                                                                        \
        STORE_##n return brc_sched_dirty_call(p, pool, (void *)brc_dirty_##cname##_##n, n);        \
    }
#define ROW_0(n, cname)
#define ROW_ALLOC(n, cname)
#define ROW_TRAP(n, cname)
#define ROW_DIRTY_IO(n, cname)          SEND(n, cname, BRC_DIRTY_IO)
#define ROW_DIRTY_CPU(n, cname)         SEND(n, cname, BRC_DIRTY_CPU)
#define BIF(mod, name, n, cname, flags) ROW_##flags(n, cname)
#include "abi/bif.def"
