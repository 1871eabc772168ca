/* test_etf.c: the external format: bytes as OTP 25 writes them, terms back from them, and damaged
 * bytes refused. */
#include "../support/fakeproc.h"
#include "bits_model.h"
#include "heap/heap.h"
#include "term/atom.h"
#include "term/bits.h"
#include "term/cmp.h"
#include "term/etf.h"
#include "term/int.h"
#include "term/map.h"
#include <criterion/criterion.h>

static const FunEntry list_map = {.module = AM(erlang), .name = AM(error), .arity = 2, .index = -1};
static FunEntry local_fun = {.module = AM(erlang),
                             .name = AM(ok),
                             .arity = 1,
                             .index = 7,
                             .nfree = 2,
                             .old_uniq = 99,
                             .uniq = "0123456789abcde",
                             .old_index = BRC_SMALL(7)};

static const FunEntry *find_fun(const FunEntry *like, bool existing) {
    if (like->index >= 0) return brc_term_etf_noted_fun(like);
    return !existing && like->module == AM(erlang) && like->name == AM(error) ? &list_map : NULL;
}

static size_t from_hex(const char *hex, uint8_t *to) {
    size_t n = strlen(hex) / 2;
    for (size_t i = 0; i < n; i++) {
        char pair[3] = {hex[2 * i], hex[2 * i + 1], 0};
        to[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return n;
}

static Term decode(Proc *p, const char *hex, unsigned flags) {
    uint8_t bytes[600];
    size_t n = from_hex(hex, bytes), used;
    uint8_t *exact = malloc(n); /* so that reading past the end shows */
    memcpy(exact, bytes, n);
    Term t = brc_term_etf_decode(p, exact, n, flags, find_fun, &used);
    free(exact);
    return t;
}

static void check_encoded(Term t, unsigned flags, const char *hex) {
    uint8_t want[600];
    size_t n = from_hex(hex, want);
    SharedBin *b = brc_term_etf_encode(t, flags, BRC_TAG_PID, NULL);
    cr_assert_eq(b->size_bytes, n, "%s", hex);
    cr_assert_arr_eq(b->data, want, n, "%s", hex);
    cr_assert_eq(brc_term_etf_size(t, flags), n);
    brc_ctx_sharedbin_unref(b);
}

/* From term_to_binary/1 of OTP 25; each is one term's only form. */
static const char *const canonical[] = {
    "836100",
    "8361FF",
    "836200000100",
    "8362FFFFFFFF",
    "83627FFFFFFF",
    "836E040000000080",
    "836280000000",
    "836E040101000080",
    "836E08000000000000000008",
    "836E0900000000000000000001",
    "836E0901000000000000000001",
    "83463FF8000000000000",
    "83468000000000000000",
    "8364000161",
    "83640001E9",
    "837702CF89",
    "836A",
    "836B0003616263",
    "836C0000000161016102",
    "836C0000000364000161610161026A",
    "836800",
    "83680261016102",
    "836D00000000",
    "836D0000000461626364",
    "834D000000020301A0",
    "837400000000",
    "83740000000461016103463FF00000000000006104640001616102640001626101",
    "8358640003614062000000050000000600000007", /* pid of a@b */
    "835864000D6E6F6E6F6465406E6F686F7374000000090000000000000000",
    "835964000D6E6F6E6F6465406E6F686F73740000000500000000",
    "8378640003614062000000001000000000000003",
    "83596400036140620FFFFFFF00000003",
    "835A000364000D6E6F6E6F6465406E6F686F737400000000000000090000000700000008",
    "835A0005640003614062000000038000000000000006000000070000000800000009",
    "835A000064000361406200000003",
    "837164000665726C616E676400056572726F726102",
};

Test(etf, canonical_forms_there_and_back) {
    for (size_t i = 0; i < sizeof canonical / sizeof *canonical; i++) {
        Proc *p = fake_proc_new(1000);
        Term t = decode(p, canonical[i], 0);
        cr_assert_neq(t, BRC_NONE, "%s", canonical[i]);
        check_encoded(t, 0, canonical[i]);
        brc_heap_check(p, 0);
        fake_proc_free(p);
    }
}

Test(etf, every_cut_is_refused) {
    for (size_t i = 0; i < sizeof canonical / sizeof *canonical; i++) {
        char hex[600];
        strcpy(hex, canonical[i]);
        for (size_t n = strlen(hex); n > 0; n -= 2) {
            Proc *p = fake_proc_new(1000);
            hex[n - 2] = 0;
            cr_assert_eq(decode(p, hex, 0), BRC_NONE, "%s", hex);
            brc_heap_check(p, 0);
            fake_proc_free(p);
        }
    }
}

Test(etf, options_of_encoding) {
    Proc *p = fake_proc_new(1000);
    Term f = term_make_float(brc_ctx_alloc(p, 2), 1.5);
    check_encoded(f, BRC_ETF_OLD_FLOATS,
                  "8363312E3530303030303030303030303030303030303030652B30300000000000");
    check_encoded(AM(ok), BRC_ETF_UTF8_ATOMS, "8377026F6B");
    fake_proc_free(p);
}

/* Forms that are read though never written. */
static const char *const equal[][2] = {
    {"836E0301010000", "8362FFFFFFFF"},   /* a big integer that is small */
    {"836F000000010105", "8362FFFFFFFB"}, /* likewise */
    {"836E0000", "836100"},               /* of no bytes */
    {"836B0000", "836A"},                 /* an empty string */
    {"836C000000006101", "836101"},       /* a list of no elements is its tail */
    {"8373026F6B", "836400026F6B"},       /* atoms in their other forms */
    {"837600026F6B", "836400026F6B"},
    {"837702C3A9", "83640001E9"},
    {"83690000000261016102", "83680261016102"}, /* a large tuple of two */
    {"834D0000000108FF", "836D00000001FF"},     /* all bits of the last byte */
    {"834D0000000103FF", "834D0000000103E0"},   /* bits beyond the last are dropped */
    {"8367640003614062000000050000000603", "8358640003614062000000050000000600000003"},
    {"83666400036140620000000503", "83596400036140620000000500000003"},
    {"83656400036140620000000503", "835A00016400036140620000000300000005"},
    {"8374000000026102610261016101", "8374000000026101610161026102"}, /* keys in any order */
};

Test(etf, other_forms) {
    for (size_t i = 0; i < sizeof equal / sizeof *equal; i++) {
        Proc *p = fake_proc_new(1000);
        Term a = decode(p, equal[i][0], 0), b = decode(p, equal[i][1], 0);
        cr_assert(a != BRC_NONE && b != BRC_NONE, "%s", equal[i][0]);
        cr_assert(brc_term_eq(a, b), "%s", equal[i][0]);
        check_encoded(a, 0, equal[i][1]);
        fake_proc_free(p);
    }
}

static const char *const refused[] = {
    "",
    "83",
    "84",
    "8300",
    "83FF",
    "8374000000026101610261016103", /* a key twice */
    "83467FF0000000000000",         /* infinity */
    "837702FFFF",                   /* no UTF-8 */
    "834D000000010961",
    "834D0000000003",
    "834D000000010061",
    "836CFFFFFFFF",
    "8369FFFFFFFF",
    "8374FFFFFFFF",
    "836DFFFFFFFF",
    "836FFFFFFFFF00",
    "836C0FFFFFFF6CFFFFFFFF6C0FFFFFFF6A6A6A",
    "837500000000",                       /* the old form of funs */
    "835000000005010203",                 /* damaged deflate data */
    "8350FFFFFFFF789C030000000001",       /* claims four gigabytes */
    "8367640003614062000000050000000609", /* a creation too large for its form */
    "835A000664000361406200000003000000010000000100000001000000010000000100000001",
    "835A000364000D6E6F6E6F6465406E6F686F737400000000FFFFFFFF0000000700000008",
    "836331352E00000000000000000000000000000000000000000000000000000000", /* 15. */
    "837164000665726C616E676400056572726F7262FFFFFFFF",
};

Test(etf, damage_is_refused) {
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        Proc *p = fake_proc_new(1000);
        cr_assert_eq(decode(p, refused[i], 0), BRC_NONE, "%s", refused[i]);
        cr_assert_eq(p->fail, BRC_FAIL_NO);
        brc_heap_check(p, 0);
        fake_proc_free(p);
    }
}

Test(etf, safe_makes_nothing_new) {
    Proc *p = fake_proc_new(1000);
    cr_assert_eq(decode(p, "8364000A6E6F7365656E79657478", BRC_ETF_SAFE), BRC_NONE);
    cr_assert_eq(decode(p, "836400026F6B", BRC_ETF_SAFE), AM(ok));
    cr_assert_eq(decode(p, "837164000665726C616E676400056572726F726102", BRC_ETF_SAFE), BRC_NONE);
    fake_proc_free(p);
}

Test(etf, compressed) {
    Proc *p = fake_proc_new(1000);
    uint8_t bytes[64];
    size_t used, n = from_hex("835000000067789CCB664849A4030000CCCB26B40102", bytes);
    Term t = brc_term_etf_decode(p, bytes, n, 0, NULL, &used);
    cr_assert_eq(used, 20);
    cr_assert_eq(brc_term_list_length(t), 100);
    for (; term_is_cons(t); t = term_tail(t))
        cr_assert_eq(term_head(t), BRC_SMALL('a'));
    fake_proc_free(p);
}

Test(etf, local_funs_come_back) {
    Proc *p = fake_proc_new(1000);
    Term *at = brc_ctx_alloc(p, 4);
    at[0] = BRC_HEADER(BRC_FUN, 3);
    at[1] = (Term)&local_fun;
    at[2] = BRC_SMALL(1);
    at[3] = AM(ok);
    Term f = term_make_boxed(at);
    SharedBin *b = brc_term_etf_encode(f, 0, BRC_TAG_PID, NULL);
    Term back = brc_term_etf_decode(p, b->data, b->size_bytes, 0, find_fun, NULL);
    cr_assert(brc_term_eq(f, back));
    cr_assert_eq(term_fun_entry(back), &local_fun);
    cr_assert_eq(brc_term_etf_size(f, 0), b->size_bytes);
    uint32_t size = (uint32_t)b->data[2] << 24 | (uint32_t)b->data[3] << 16 |
                    (uint32_t)b->data[4] << 8 | b->data[5];
    cr_assert_eq(size, b->size_bytes - 2);
    brc_ctx_sharedbin_unref(b);
    fake_proc_free(p);
}

Test(etf, depth_takes_no_c_stack) {
    Proc *p = fake_proc_new(1000);
    Term t = BRC_NIL;
    for (int i = 0; i < 300000; i++)
        t = i & 1 ? term_cons(brc_ctx_alloc(p, 2), t, BRC_NIL)
                  : term_tuple2(brc_ctx_alloc(p, 3), t, AM(ok));
    SharedBin *b = brc_term_etf_encode(t, 0, BRC_TAG_PID, NULL);
    Term back = brc_term_etf_decode(p, b->data, b->size_bytes, 0, NULL, NULL);
    cr_assert_neq(back, BRC_NONE);
    cr_assert(brc_term_eq(t, back));
    brc_ctx_sharedbin_unref(b);
    fake_proc_free(p);
}

Test(etf, large_binaries_are_left_out) {
    Proc *p = fake_proc_new(2000);
    uint8_t bytes[1000];
    model_fill(bytes, sizeof bytes);
    Term large = brc_term_bin_new(p, bytes, sizeof bytes), small = brc_term_bin_new(p, bytes, 9);
    Term odd = brc_term_bits_sub(p, large, 0, 8 * 900 + 3);
    Term t = term_tuple3(brc_ctx_alloc(p, 4), large, small, odd);
    EtfCuts cuts = {0};
    SharedBin *b = brc_term_etf_encode(t, 0, BRC_TAG_PID, &cuts), *all;
    all = brc_term_etf_encode(t, 0, BRC_TAG_PID, NULL);
    cr_assert_eq(cuts.count, 2);
    uint8_t *joined = malloc(all->size_bytes);
    size_t n = 0, from = 0;
    for (size_t i = 0; i <= cuts.count; i++) {
        size_t to = i < cuts.count ? cuts.at[i].at : b->size_bytes;
        memcpy(joined + n, b->data + from, to - from);
        n += to - from, from = to;
        if (i == cuts.count) break;
        BitsView v;
        brc_term_bits_view(cuts.at[i].bits, &v);
        memcpy(joined + n, v.data, v.bit_size >> 3);
        n += v.bit_size >> 3;
    }
    cr_assert_eq(n, all->size_bytes);
    cr_assert_arr_eq(joined, all->data, n);
    free(joined);
    free(cuts.at);
    brc_ctx_sharedbin_unref(all);
    brc_ctx_sharedbin_unref(b);
    fake_proc_free(p);
}

Test(etf, into_the_literal_area) {
    uint8_t bytes[200] = {131, 104, 3, 109, 0, 0, 0, 100};
    memcpy(bytes + 108, "\x62\xFF\xFF\xFF\xFF\x74\0\0\0\1\x61\1\x6E\x09\0\0\0\0\0\0\0\0\0\1", 24);
    size_t used;
    Term t = brc_term_etf_decode(NULL, bytes, sizeof bytes, 0, NULL, &used);
    cr_assert_neq(t, BRC_NONE);
    cr_assert_eq(used, 132);
    cr_assert(term_is_literal(t));
    cr_assert(term_is_literal(term_tuple_elements(t)[0]));
    cr_assert(term_is_literal(term_tuple_elements(t)[2]));
}

Test(etf, random_damage_never_harms) {
    for (int round = 0; round < 20000; round++) {
        uint8_t bytes[600];
        size_t n = from_hex(canonical[model_below(sizeof canonical / sizeof *canonical)], bytes);
        size_t changes = 1 + model_below(3);
        for (size_t i = 0; i < changes; i++)
            bytes[model_below(n)] = (uint8_t)model_random();
        Proc *p = fake_proc_new(300);
        uint8_t *exact = malloc(n);
        memcpy(exact, bytes, n);
        Term t = brc_term_etf_decode(p, exact, n, 0, find_fun, NULL);
        free(exact);
        if (t != BRC_NONE) {
            SharedBin *b = brc_term_etf_encode(t, 0, BRC_TAG_PID, NULL);
            brc_ctx_sharedbin_unref(b);
        }
        brc_heap_check(p, 0);
        fake_proc_free(p);
    }
}
