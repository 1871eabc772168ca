/* test_chars.c: character data as bytes of a stream. */
#include "../sched/world.h"
#include "io/chars.h"
#include "term/bits.h"

static Proc *p;
static OutStream *o;
static void setup(void) {
    world();
    p = world_find(world_spawn(brc_code_process_end, BRC_NIL));
    o = brc_io_out_stream(1);
    o->start = o->end = 0;
}

static Term list(const int64_t *chars, size_t n, Term tail) {
    Term l = tail;
    while (n-- > 0)
        l = term_cons(brc_ctx_alloc(p, 2), BRC_SMALL(chars[n]), l);
    return l;
}
static Term bin(const char *text) {
    return brc_term_bin_new(p, (const uint8_t *)text, strlen(text));
}
static void check(Term t, enum Encoding from, enum Encoding to, const char *text) {
    o->start = o->end = 0;
    bool ok = brc_io_put_chars(o, t, from, to);
    cr_assert_eq(ok, text != NULL);
    size_t n = text ? strlen(text) : 0;
    cr_assert_eq(o->end - o->start, n);
    if (n) cr_assert_arr_eq(o->bytes + o->start, text, n);
    o->start = o->end = 0;
}
#define L(...)                                                                                     \
    list((const int64_t[]){__VA_ARGS__}, sizeof((const int64_t[]){__VA_ARGS__}) / 8, BRC_NIL)

Test(chars, encodings, .init = setup) {
    check(L('a', 0xE5, 0x20AC), BRC_ENC_UTF8, BRC_ENC_UTF8, "a\xC3\xA5\xE2\x82\xAC");
    check(L('a', 0xE5, 0x20AC), BRC_ENC_UTF8, BRC_ENC_LATIN1, "a\xE5\\x{20AC}");
    check(L('a', 0xE5), BRC_ENC_LATIN1, BRC_ENC_UTF8, "a\xC3\xA5");
    check(L('a', 0x20AC), BRC_ENC_LATIN1, BRC_ENC_UTF8, NULL);
    check(bin("\xC3\xA5"), BRC_ENC_UTF8, BRC_ENC_LATIN1, "\xE5");
    check(bin("\xE5"), BRC_ENC_LATIN1, BRC_ENC_UTF8, "\xC3\xA5");
    check(bin("\xE5"), BRC_ENC_UTF8, BRC_ENC_UTF8, "\xE5"); /* untouched */
    check(bin("\xE5"), BRC_ENC_UTF8, BRC_ENC_LATIN1, NULL);
    check(L(0xD800), BRC_ENC_UTF8, BRC_ENC_UTF8, NULL);
    check(L(-1), BRC_ENC_UTF8, BRC_ENC_UTF8, NULL);
}

Test(chars, nesting, .init = setup) {
    Term inner = list((const int64_t[]){'b'}, 1, bin("c"));
    Term t = term_cons(brc_ctx_alloc(p, 2), inner, L('d'));
    t = term_cons(brc_ctx_alloc(p, 2), BRC_SMALL('a'), t);
    check(t, BRC_ENC_UTF8, BRC_ENC_UTF8, "abcd");
    check(BRC_NIL, BRC_ENC_UTF8, BRC_ENC_UTF8, "");
    check(AM(ok), BRC_ENC_UTF8, BRC_ENC_UTF8, NULL);
    check(list((const int64_t[]){'a'}, 1, AM(ok)), BRC_ENC_UTF8, BRC_ENC_UTF8, NULL);
    check(list((const int64_t[]){'a'}, 1, BRC_SMALL('b')), BRC_ENC_UTF8, BRC_ENC_UTF8, NULL);
    Term deep = L('x');
    for (int i = 0; i < 100000; i++)
        deep = term_cons(brc_ctx_alloc(p, 2), deep, BRC_NIL);
    check(deep, BRC_ENC_UTF8, BRC_ENC_UTF8, "x");
}

Test(chars, character_over_binaries, .init = setup) {
    Term t = term_cons(brc_ctx_alloc(p, 2), bin("\xE2\x82"), BRC_NIL);
    check(t, BRC_ENC_UTF8, BRC_ENC_UTF8, NULL);
    t = term_cons(brc_ctx_alloc(p, 2), bin("\xE2"),
                  term_cons(brc_ctx_alloc(p, 2), bin("\x82\xAC!"), BRC_NIL));
    check(t, BRC_ENC_UTF8, BRC_ENC_UTF8, "\xE2\x82\xAC!");
}
