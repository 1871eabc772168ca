/* enter.h: how the runtime's own Code functions begin and end: what code/gen.h is for generated
 * code, for the few that are written by hand. */
#pragma once
#include "abi/layout.h"

#define CODE_FN(name) __attribute__((preserve_none)) void name(BRC_CODE_ARGS)
#define CODE_OUT()    (p->hp = hp, p->sp = sp, p->reds = reds)
#define CODE_JUMP(to, a0, a1, a2, a3, a4, a5)                                                      \
    __attribute__((musttail)) return (to)(p, hp, sp, reds, a0, a1, a2, a3, a4, a5)
/* X registers 0..5 into the process, and back with hp, sp and reds on the way to `to`. */
#define CODE_SAVE_X()                                                                              \
    (p->x[0] = x0, p->x[1] = x1, p->x[2] = x2, p->x[3] = x3, p->x[4] = x4, p->x[5] = x5)
#define CODE_GO(to)                                                                                \
    do {                                                                                           \
        Code *go_ = (to);                                                                          \
        hp = p->hp, sp = p->sp, reds = p->reds;                                                    \
        Term *x_ = p->x;                                                                           \
        CODE_JUMP(go_, x_[0], x_[1], x_[2], x_[3], x_[4], x_[5]);                                  \
    } while (0)
