/* bifcode.h: a built-in as Code. */
#pragma once
#include "code/enter.h"
#include "code/fail.h"
#include "code/raise.h"

/* Registers that hold nothing of use. */
#define BRC_NO_TERMS(a, b, c, d, e)                                                                \
    Term a, b, c, d, e;                                                                            \
    __asm__("" : "=r"(a), "=r"(b), "=r"(c), "=r"(d), "=r"(e))

/* Of the built-in brc_bif_<cname>_<n>; behind n its arguments, a comma before each: , x0, x1. Its
 * descriptor is the program's. Only its own arguments are kept, for a failure's trace. */
#define BRC_BIF_CODE(cname, n, ...)                                                                \
    extern const Bif brc_bifdesc_##cname##_##n;                                                    \
    Code brc_bifcode_##cname##_##n;                                                                \
    __attribute__((section(".text.brc_bifcode_" #cname "_" #n))) CODE_FN(                          \
        brc_bifcode_##cname##_##n) {                                                               \
        CODE_OUT();                                                                                \
        Term result = brc_bif_##cname##_##n(p __VA_ARGS__);                                        \
        hp = p->hp, reds = p->reds;                                                                \
        BRC_NO_TERMS(a, b, c, d, e);                                                               \
        if (__builtin_expect(result != BRC_NONE, 1)) {                                             \
            Code *back = (Code *)(sp[0] - BRC_TAG_RETURN);                                         \
            CODE_JUMP(back, result, a, b, c, d, e);                                                \
        }                                                                                          \
        p->fbif = &brc_bifdesc_##cname##_##n;                                                      \
        CODE_JUMP(brc_code_bif_fail_via, (n) > 0 ? x0 : a, (n) > 1 ? x1 : a, (n) > 2 ? x2 : b,     \
                  (n) > 3 ? x3 : c, (n) > 4 ? x4 : d, (n) > 5 ? x5 : e);                           \
    }
