/* The module `every`: each C type there is, in and out. */
// beamrc: flags -DBIAS=40
// beamrc: link m
#include <beamrc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- numbers ---- */
#define SAME(name, type)                                                                           \
    BRC_EXPORT type every_##name(type n) {                                                         \
        return n;                                                                                  \
    }
SAME(i8, int8_t)
SAME(u8, uint8_t)
SAME(i16, int16_t)
SAME(u16, uint16_t)
SAME(i32, int32_t)
SAME(u32, uint32_t)
SAME(i64, int64_t)
SAME(u64, uint64_t)
SAME(size, size_t)
SAME(flt, float)
SAME(dbl, double)
SAME(boolean, bool)
SAME(long_long, long long)

BRC_EXPORT int biased(int n) {
    return n + BIAS;
}
BRC_EXPORT double root(double d) {
    return sqrt(d);
}
BRC_EXPORT int64_t sum8(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f, int64_t g,
                        double h) {
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + (int64_t)h;
}
static int called;
BRC_EXPORT void hit(void) {
    called++;
}
BRC_EXPORT int hits(void) {
    return called;
}

/* ---- atoms ---- */
enum color { COLOR_RED, COLOR_DARK_BLUE = -7, COLOR_GREEN = 3 };
BRC_EXPORT enum color other(enum color c) {
    return c == COLOR_RED ? COLOR_DARK_BLUE : c == COLOR_GREEN ? (enum color)99 : COLOR_RED;
}
BRC_EXPORT brc_atom atom(brc_atom a) {
    return strcmp(a.text, "none") ? a : BRC_ATOM(NULL);
}
BRC_EXPORT size_t atom_size(brc_atom a) {
    return strlen(a.text);
}

/* ---- bytes ---- */
BRC_EXPORT size_t length(const char *text) {
    return strlen(text);
}
BRC_EXPORT const char *borrowed(int which) {
    return which == 0 ? "grün" : which == 1 ? NULL : "\xff";
}
BRC_EXPORT char *greeting(const char *name) {
    char *text = malloc(strlen(name) + 8);
    sprintf(text, "hello %s", name);
    return text;
}
BRC_EXPORT uint64_t total(brc_binary b) {
    uint64_t n = 0;
    for (size_t i = 0; i < b.size; i++)
        n += b.data[i];
    return n;
}
BRC_EXPORT uint64_t total2(const uint8_t *a, size_t m, int by, const void *b, size_t n) {
    return total((brc_binary){a, m}) + (uint64_t)by * total((brc_binary){b, n});
}
BRC_EXPORT brc_binary tail(brc_binary b) {
    return (brc_binary){b.data + 1, b.size - 1};
}
BRC_EXPORT brc_buffer zeros(size_t n) {
    return (brc_buffer){calloc(n + 1, 1), n};
}

/* ---- terms ---- */
BRC_EXPORT brc_term itself(brc_term t) {
    return t;
}
BRC_EXPORT brc_term pair(brc_env *env, brc_term a, int n) {
    return n < 0 ? enif_make_badarg(env) : enif_make_tuple2(env, a, enif_make_int(env, n));
}
BRC_EXPORT brc_term me(brc_env *env) {
    ErlNifPid pid;
    return enif_self(env, &pid) ? enif_make_pid(env, &pid) : enif_make_badarg(env);
}
BRC_EXPORT int raises(brc_env *env, brc_term reason) {
    enif_raise_exception(env, reason);
    return 1;
}

/* ---- results ---- */
BRC_EXPORT brc_result divided(int64_t a, int64_t b) {
    if (b == 0) return brc_error(BRC_ATOM("zero"));
    if (a == 0) return brc_raise("nothing to divide");
    return brc_ok(a / b);
}
BRC_EXPORT brc_value value(int kind) {
    static const uint8_t bytes[] = {1, 2};
    switch (kind) {
    case 0: return brc_nil();
    case 1: return brc_of((short)-5);
    case 2: return brc_of(UINT64_MAX);
    case 3: return brc_of(2.5f);
    case 4: return brc_of((bool)1);
    case 5: return brc_of(BRC_ATOM("ä"));
    case 6: return brc_of("text");
    case 7: return brc_own_string(strdup("mine"));
    case 8: return brc_of(((brc_binary){bytes, 2}));
    case 9: return brc_of(((brc_buffer){malloc(1), 0}));
    default: return brc_of(NAN);
    }
}
BRC_EXPORT brc_result list(brc_env *env, brc_term t) {
    return brc_ok(brc_of_term(enif_make_list1(env, t)));
}

/* ---- resources ---- */
typedef struct box {
    int64_t n;
    bool is_open;
} box;
typedef struct other_box other_box;
static _Atomic(int) alive;
static void drop(box *b) {
    free(b);
    alive--;
}
BRC_RESOURCE(box, drop);
BRC_RESOURCE(other_box, free);
BRC_EXPORT box *make_box(int64_t n) {
    if (n < 0) return NULL;
    box *b = malloc(sizeof *b);
    *b = (box){n, true};
    alive++;
    return b;
}
BRC_EXPORT other_box *make_other(void) {
    return malloc(1);
}
BRC_EXPORT brc_result try_box(int64_t n) {
    return n < 0 ? brc_error("negative") : brc_ok(brc_resource(box, make_box(n)));
}
BRC_EXPORT int64_t box_add(box *b, int64_t n) {
    return b->n += n;
}
BRC_EXPORT int64_t box_value(const box *b) {
    return b->n;
}
BRC_EXPORT int boxes(void) {
    return alive;
}

/* ---- dirty ---- */
static _Atomic(int) gate;
BRC_DIRTY_IO int wait_for(int value, brc_binary kept, const char *text) {
    while (gate != value)
        usleep(100);
    return (int)(kept.size + strlen(text));
}
BRC_EXPORT void open_gate(int value) {
    gate = value;
}
BRC_DIRTY_CPU brc_result compute(brc_env *env, int64_t n, brc_term t, int a, int b, int c, int d,
                                 int e) {
    int where = enif_thread_type() == ERL_NIF_THR_DIRTY_CPU_SCHEDULER;
    if (n < 0) return brc_error(brc_of_term(enif_make_tuple1(env, t)));
    return brc_ok(brc_of_term(enif_make_list3(env, enif_make_int64(env, n * n),
                                              enif_make_int(env, a + b + c + d + e),
                                              enif_make_int(env, where))));
}
