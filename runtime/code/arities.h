/* arities.h: CODE_ARITIES(of) is of(00) of(01)... of(ff): one for each arity of a function, in hex
 * digits that `0x##n` makes a number and `name_##n` a name. */
#pragma once

/* clang-format off */
#define CODE_SIXTEEN(of, h)                                                                             \
    of(h##0) of(h##1) of(h##2) of(h##3) of(h##4) of(h##5) of(h##6) of(h##7) of(h##8) of(h##9)      \
        of(h##a) of(h##b) of(h##c) of(h##d) of(h##e) of(h##f)
#define CODE_ARITIES(of)                                                                                    \
    CODE_SIXTEEN(of, 0)                                                                                 \
    CODE_SIXTEEN(of, 1)                                                                                 \
    CODE_SIXTEEN(of, 2)                                                                                 \
    CODE_SIXTEEN(of, 3)                                                                                 \
    CODE_SIXTEEN(of, 4) CODE_SIXTEEN(of, 5) CODE_SIXTEEN(of, 6) CODE_SIXTEEN(of, 7) CODE_SIXTEEN(of, 8) CODE_SIXTEEN(of, 9)      \
        CODE_SIXTEEN(of, a) CODE_SIXTEEN(of, b) CODE_SIXTEEN(of, c) CODE_SIXTEEN(of, d) CODE_SIXTEEN(of, e) CODE_SIXTEEN(of, f)
/* clang-format on */
