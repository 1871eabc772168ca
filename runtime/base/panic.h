/* panic.h: the end of a program whose own invariants are broken, or that cannot go on. */
#pragma once

/* One line on standard error, then abort(). */
_Noreturn void brc_base_panic(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same where a limit is reached that the user may set: the exit status is 1. */
_Noreturn void brc_base_exhausted(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Writes down what there is to know before the abort, given that line; or NULL. */
extern void (*brc_base_panic_dump)(const char *slogan);

/* Always checked; for what must hold whatever the input. */
#define BRC_CHECK(cond)                                                                            \
    do {                                                                                           \
        if (__builtin_expect(!(cond), 0))                                                          \
            brc_base_panic("%s:%d: not true: %s", __FILE__, __LINE__, #cond);                      \
    } while (0)
/* Checked in stress builds only. */
#ifdef BRC_STRESS
#define BRC_ASSERT(cond) BRC_CHECK(cond)
#else
#define BRC_ASSERT(cond) ((void)0)
#endif
