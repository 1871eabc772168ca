/* natives.h: the first thing in a function that may be replaced while the program runs. */
#pragma once
#include "abi/natives.h"

/* In p->fbif: the next such function is entered as if it had no gate. */
#define BRC_NATIVE_PASS ((const Bif *)1)

/* Where the call goes on, or NULL: in the function itself. */
static inline Code *brc_native_gate(Proc *p, NativeRow *row) {
    /* pairs with the releases of nif/ */
    Code *to = atomic_load_explicit(&row->gate, memory_order_acquire);
    if (__builtin_expect(to == 0, 1)) return 0;
    if (p->fbif == BRC_NATIVE_PASS) {
        p->fbif = 0;
        return 0;
    }
    p->fbif = &row->bif;
    return to;
}
