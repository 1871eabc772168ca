/* loop.h: the words that run.c's instructions are written in. pc is the instruction's own address;
 * its operands are pc[1], pc[2], ... */
#pragma once
#include "code/enter.h"
#include "code/gen.h"
#include "code/natives.h"
#include "interp/run.h"

#define NEXT(n)                                                                                    \
    do {                                                                                           \
        pc += (n);                                                                                 \
        goto *(void *)(uintptr_t)*pc;                                                              \
    } while (0)
#define JUMP(label)                                                                                \
    do {                                                                                           \
        pc = word_code(label);                                                                     \
        goto *(void *)(uintptr_t)*pc;                                                              \
    } while (0)
#define AT(w) (*(Term *)(bases[(w) & 3] + (w)))
#define R(n)  AT(pc[n])
/* Those whose base is known. */
#define RX(n) (*(Term *)((char *)x + pc[n]))
#define RY(n) (*(Term *)((char *)sp - BASE_Y + pc[n]))
#define RC(n) (*(Term *)(uintptr_t)(pc[n] - BASE_CONST))
#define F(n)  (*(double *)((char *)x + pc[n]))

#define SET_SP(to) (sp = (to), bases[BASE_Y] = (uintptr_t)sp - BASE_Y)
#define TEST(condition, n)                                                                         \
    do {                                                                                           \
        if (BRC_LIKELY(condition)) NEXT(n);                                                        \
        JUMP(pc[1]);                                                                               \
    } while (0)

/* Out of the loop. */
#define LEAVE(to)                                                                                  \
    do {                                                                                           \
        CODE_JUMP(to, x[0], x[1], x[2], x[3], x[4], x[5]);                                         \
    } while (0)
#define RAISE(n, to)                                                                               \
    do {                                                                                           \
        p->loc = (const Loc *)(uintptr_t)pc[n];                                                    \
        LEAVE(to);                                                                                 \
    } while (0)
#define RAISE_WITH(n, to, a, b)                                                                    \
    do {                                                                                           \
        p->loc = (const Loc *)(uintptr_t)pc[n];                                                    \
        CODE_JUMP(to, a, b, x[2], x[3], x[4], x[5]);                                               \
    } while (0)

/* A call comes back to the instruction n words on. */
#define COMES_BACK(n) (sp[0] = INTERP_RETURN, sp[1] = (Term)(uintptr_t)(pc + (n)))
#define POP(k)        SET_SP(sp + (k) + FRAME_EXTRA)
#define GO_TO(code)                                                                                \
    do {                                                                                           \
        pc = word_code(code);                                                                      \
        if (BRC_SPENT()) goto spent;                                                               \
        goto *(void *)(uintptr_t)*pc;                                                              \
    } while (0)

/* Room for words; live X registers. */
#define ENSURE(words, live)                                                                        \
    do {                                                                                           \
        if (BRC_NO_ROOM(words)) {                                                                  \
            BRC_COLLECT((words), (live));                                                          \
            SET_SP(sp);                                                                            \
        }                                                                                          \
    } while (0)
