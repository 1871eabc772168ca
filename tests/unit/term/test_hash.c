/* test_hash.c: phash2, phash and the map hash against figures that OTP 25 gives. */
#include <criterion/criterion.h>
#include <stdio.h>
#include "abi/bif.h"
#include "support/fakeproc.h"
#include "term/etf.h"
#include "term/hash.h"
#include "term/bits.h"
#include "term/int.h"
#include "term/map.h"

typedef struct Case {
    size_t size; /* of the term in external format */
    uint32_t phash2, phash;
    const char *bytes;
} Case;

/* clang-format off */
static const Case cases[] = {
    {3, 3175731469, 0, "\x83\x61\x00"},
    {3, 539485162, 2788898427, "\x83\x61\x01"},
    {6, 1117813597, 1680185269, "\x83\x62\xff\xff\xff\xff"},
    {3, 715823293, 2499495045, "\x83\x61\xff"},
    {6, 3929335767, 1920229267, "\x83\x62\x00\x00\x01\x00"},
    {6, 4273352567, 1192343452, "\x83\x62\x07\xff\xff\xff"},
    {6, 2562491755, 2147483672, "\x83\x62\x08\x00\x00\x00"},
    {6, 874979335, 2147489128, "\x83\x62\xf8\x00\x00\x00"},
    {6, 1418916782, 3827674397, "\x83\x62\xf7\xff\xff\xff"},
    {12, 2442888721, 2147483672, "\x83\x6e\x08\x00\x00\x00\x00\x00\x00\x00\x00\x08"},
    {12, 2316875190, 2147489128, "\x83\x6e\x08\x01\x00\x00\x00\x00\x00\x00\x00\x08"},
    {12, 1373980788, 48, "\x83\x6e\x08\x00\x00\x00\x00\x00\x00\x00\x00\x10"},
    {12, 3067731262, 96, "\x83\x6e\x08\x00\x00\x00\x00\x00\x00\x00\x00\x20"},
    {12, 321870806, 966800008, "\x83\x6e\x08\x00\xff\xff\xff\xff\xff\xff\xff\xff"},
    {13, 2519041713, 2788898427, "\x83\x6e\x09\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01"},
    {21, 552595767, 2425773780, "\x83\x6e\x11\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x04"},
    {10, 423528920, 0, "\x83\x46\x00\x00\x00\x00\x00\x00\x00\x00"},
    {10, 423528920, 0, "\x83\x46\x80\x00\x00\x00\x00\x00\x00\x00"},
    {10, 2023646235, 1073217536, "\x83\x46\x3f\xf8\x00\x00\x00\x00\x00\x00"},
    {10, 3171779656, 1983353248, "\x83\x46\xfe\x37\xe4\x3c\x88\x00\x75\x9c"},
    {5, 97, 97, "\x83\x64\x00\x01\x61"},
    {4, 0, 0, "\x83\x64\x00\x00"},
    {6, 3848, 3848, "\x83\x64\x00\x02\xe9\x78"},
    {9, 251805804, 251805804, "\x83\x77\x06\xe6\x97\xa5\xe6\x9c\xac"},
    {2, 3468870702, 1, "\x83\x6a"},
    {3, 221703996, 0, "\x83\x68\x00"},
    {7, 2853905094, 268840044, "\x83\x68\x01\x64\x00\x01\x61"},
    {10, 1190044055, 1791980350, "\x83\x68\x02\x61\x01\x68\x02\x61\x02\x6a"},
    {7, 519996486, 3654580165, "\x83\x6b\x00\x03\x61\x62\x63"},
    {8, 1752753207, 1938728201, "\x83\x6b\x00\x04\x61\x62\x63\x64"},
    {9, 2487089008, 721934914, "\x83\x6b\x00\x05\x61\x62\x63\x64\x65"},
    {14, 236899641, 1388611538, "\x83\x6c\x00\x00\x00\x03\x61\x01\x61\x02\x61\x03\x61\x04"},
    {14, 2356411656, 4159696707, "\x83\x6c\x00\x00\x00\x01\x64\x00\x01\x61\x64\x00\x01\x62"},
    {24, 1105867179, 3529125123, "\x83\x6c\x00\x00\x00\x02\x6b\x00\x01\x01\x6c\x00\x00\x00\x02\x61\x02\x62\x00\x00\x01\x2c\x6a\x6a"},
    {6, 147926629, 0, "\x83\x6d\x00\x00\x00\x00"},
    {11, 1658093459, 476327963, "\x83\x6d\x00\x00\x00\x05\x68\x65\x6c\x6c\x6f"},
    {18, 2090513495, 2496219681, "\x83\x6d\x00\x00\x00\x0c\x65\x78\x61\x63\x74\x6c\x79\x20\x31\x32\x62\x2e"},
    {8, 3965351140, 1345689960, "\x83\x4d\x00\x00\x00\x01\x03\x20"},
    {24, 636262785, 3350787470, "\x83\x4d\x00\x00\x00\x11\x05\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f\x70\x28"},
    {6, 844985373, 1113425984, "\x83\x74\x00\x00\x00\x00"},
    {12, 1401795262, 1670235873, "\x83\x74\x00\x00\x00\x01\x64\x00\x01\x61\x61\x01"},
    {26, 3306333299, 3574773910, "\x83\x74\x00\x00\x00\x02\x61\x01\x6b\x00\x01\x78\x68\x01\x61\x02\x74\x00\x00\x00\x01\x64\x00\x01\x62\x6a"},
    {356, 3813208867, 4081649478, "\x83\x74\x00\x00\x00\x32\x61\x21\x62\xff\xff\xff\xdf\x61\x0c\x62\xff\xff\xff\xf4\x61\x2c\x62\xff\xff\xff\xd4\x61\x17\x62\xff\xff\xff\xe9\x61\x1d\x62\xff\xff\xff\xe3\x61\x2f\x62\xff\xff\xff\xd1\x61\x1e\x62\xff\xff\xff\xe2\x61\x2b\x62\xff\xff\xff\xd5\x61\x27\x62\xff\xff\xff\xd9\x61\x2d\x62\xff\xff\xff\xd3\x61\x30\x62\xff\xff\xff\xd0\x61\x1a\x62\xff\xff\xff\xe6\x61\x2e\x62\xff\xff\xff\xd2\x61\x1f\x62\xff\xff\xff\xe1\x61\x0b\x62\xff\xff\xff\xf5\x61\x25\x62\xff\xff\xff\xdb\x61\x09\x62\xff\xff\xff\xf7\x61\x20\x62\xff\xff\xff\xe0\x61\x22\x62\xff\xff\xff\xde\x61\x19\x62\xff\xff\xff\xe7\x61\x1c\x62\xff\xff\xff\xe4\x61\x06\x62\xff\xff\xff\xfa\x61\x26\x62\xff\xff\xff\xda\x61\x0d\x62\xff\xff\xff\xf3\x61\x28\x62\xff\xff\xff\xd8\x61\x29\x62\xff\xff\xff\xd7\x61\x14\x62\xff\xff\xff\xec\x61\x0f\x62\xff\xff\xff\xf1\x61\x0e\x62\xff\xff\xff\xf2\x61\x02\x62\xff\xff\xff\xfe\x61\x07\x62\xff\xff\xff\xf9\x61\x01\x62\xff\xff\xff\xff\x61\x08\x62\xff\xff\xff\xf8\x61\x03\x62\xff\xff\xff\xfd\x61\x11\x62\xff\xff\xff\xef\x61\x16\x62\xff\xff\xff\xea\x61\x15\x62\xff\xff\xff\xeb\x61\x04\x62\xff\xff\xff\xfc\x61\x24\x62\xff\xff\xff\xdc\x61\x32\x62\xff\xff\xff\xce\x61\x18\x62\xff\xff\xff\xe8\x61\x0a\x62\xff\xff\xff\xf6\x61\x23\x62\xff\xff\xff\xdd\x61\x31\x62\xff\xff\xff\xcf\x61\x1b\x62\xff\xff\xff\xe5\x61\x2a\x62\xff\xff\xff\xd6\x61\x13\x62\xff\xff\xff\xed\x61\x05\x62\xff\xff\xff\xfb\x61\x12\x62\xff\xff\xff\xee\x61\x10\x62\xff\xff\xff\xf0"},
};

/* phash2 of maps:keys(M) for M with the keys K(1) to K(33), K(100), K(1000), K(20000). */
static const uint32_t key_orders[][4] = {
    {1792750609, 135979257, 3668291181, 644325462},
    {3201126228, 1843857366, 2890473660, 2689383907},
    {1618570905, 3695665715, 1474542033, 350046710},
    {2387160117, 1566703889, 823218120, 2284346273},
    {2355948240, 3694295237, 1332649933, 434324949},
    {2334424777, 1360401834, 90443592, 1365950895},
    {4017192477, 1379207326, 2008810640, 400454439},
};
/* clang-format on */

static Term list2(Proc *p, Term a) {
    return term_cons(brc_ctx_alloc(p, 2), a, BRC_NIL);
}

static Term text_key(Proc *p, int64_t i, bool as_list) {
    char s[24];
    int n = snprintf(s, sizeof s, "%ld", (long)i);
    if (!as_list) return brc_term_bin_new(p, (const uint8_t *)s, (size_t)n);
    Term list = BRC_NIL;
    while (n-- > 0)
        list = term_cons(brc_ctx_alloc(p, 2), BRC_SMALL(s[n] & 0xFF), list);
    return list;
}

static Term key_of(Proc *p, int kind, int64_t i) {
    switch (kind) {
    case 0: return BRC_SMALL(i);
    case 1: return brc_term_int_from_i64(p, (INT64_C(1) << 59) - 50 + i);
    case 2: return brc_term_int_from_i64(p, (INT64_C(1) << 61) - 50 + i);
    case 3: return text_key(p, i, false);
    case 4: return text_key(p, i, true);
    case 5: return term_tuple2(brc_ctx_alloc(p, 3), BRC_SMALL(i), list2(p, BRC_SMALL(3 * i)));
    default: return term_make_float(brc_ctx_alloc(p, 2), (double)i * 1.5);
    }
}

Test(hash, portable_hashes_are_otps) {
    Proc *p = fake_proc_new(4096);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Case *c = &cases[i];
        Term t = brc_term_etf_decode(p, (const uint8_t *)c->bytes, c->size, 0, NULL, NULL);
        cr_assert(t != BRC_NONE, "case %zu", i);
        cr_expect_eq(brc_term_phash2(t), c->phash2, "phash2, case %zu", i);
        cr_expect_eq(brc_term_phash(t), c->phash, "phash, case %zu", i);
    }
    fake_proc_free(p);
}

Test(hash, ranges) {
    Proc *p = fake_proc_new(512);
    Term a = BRC_SMALL(1), all = BRC_SMALL(INT64_C(1) << 32);
    cr_expect_eq(brc_bif_erlang_phash2_2(p, a, all), BRC_SMALL(539485162));
    cr_expect_eq(brc_bif_erlang_phash2_2(p, a, BRC_SMALL(10)), BRC_SMALL(2));
    cr_expect_eq(brc_bif_erlang_phash2_1(p, a), BRC_SMALL(2614250));
    cr_expect_eq(brc_bif_erlang_phash_2(p, a, BRC_SMALL(10)), BRC_SMALL(8));
    cr_expect_eq(brc_bif_erlang_phash_2(p, BRC_SMALL(0), BRC_SMALL(1)), BRC_SMALL(1));
    cr_expect_eq(brc_bif_erlang_phash2_2(p, a, BRC_SMALL(0)), BRC_NONE);
    cr_expect_eq(brc_bif_erlang_phash2_2(p, a, BRC_SMALL((INT64_C(1) << 32) + 1)), BRC_NONE);
    cr_expect_eq(brc_bif_erlang_phash2_2(p, a, AM(ok)), BRC_NONE);
    cr_expect_eq(p->freason, AM(badarg));
    fake_proc_free(p);
}

Test(hash, large_maps_are_in_otps_order) {
    static const int sizes[4] = {33, 100, 1000, 20000};
    for (int kind = 0; kind < 7; kind++) {
        Proc *p = fake_proc_new(4096);
        Term map = brc_term_map_empty();
        int64_t i = 1;
        for (int s = 0; s < 4; s++) {
            for (; i <= sizes[s]; i++)
                map = brc_term_map_put(p, map, key_of(p, kind, i), AM(ok));
            Term keys = brc_bif_maps_keys_1(p, map);
            cr_expect_eq(brc_term_phash2(keys), key_orders[kind][s], "kind %d, %d keys", kind,
                         sizes[s]);
        }
        fake_proc_free(p);
    }
}

/* Every part of a key that tells it from others must count. */
Test(hash, later_rounds_differ) {
    Proc *p = fake_proc_new(512);
    Term keys[] = {BRC_SMALL(0), AM(ok), BRC_NIL, text_key(p, 12, false), text_key(p, 12, true)};
    for (size_t i = 0; i < 5; i++) {
        cr_expect_neq(brc_term_map_hash(keys[i], 0), brc_term_map_hash(keys[i], 1));
        for (size_t j = 0; j < i; j++)
            cr_expect_neq(brc_term_map_hash(keys[i], 0), brc_term_map_hash(keys[j], 0));
    }
    fake_proc_free(p);
}
