/* bifcode.h: a built-in as Code. */
#pragma once
#include "code/enter.h"
#include "code/fail.h"
#include "code/raise.h"

/* Of the built-in brc_bif_<cname>_<n>; behind n its arguments, a comma before each: , x0, x1. Its
 * descriptor is the program's. */
#define BRC_BIF_CODE(cname, n, ...)                                                                \
    extern const Bif brc_bifdesc_##cname##_##n;                                                    \
    Code brc_bifcode_##cname##_##n;                                                                \
    __attribute__((section(".text.brc_bifcode_" #cname "_" #n))) CODE_FN(                          \
        brc_bifcode_##cname##_##n) {                                                               \
        CODE_OUT();                                                                                \
        Term result = brc_bif_##cname##_##n(p __VA_ARGS__);                                        \
        hp = p->hp, reds = p->reds;                                                                \
        if (__builtin_expect(result != BRC_NONE, 1)) {                                             \
            Code *back = (Code *)(sp[0] - BRC_TAG_RETURN);                                         \
            CODE_JUMP(back, result, x1, x2, x3, x4, x5);                                           \
        }                                                                                          \
        p->fbif = &brc_bifdesc_##cname##_##n;                                                      \
        CODE_JUMP(brc_code_bif_fail_via, x0, x1, x2, x3, x4, x5);                                  \
    }
