/* test_binary_against_erl.c: the same calls here and on stock Erlang. gen_binary.escript makes
 * random calls with their outcomes; each is made again with our built-ins and with the functions
 * that generated code calls for bit syntax, and the outcomes' external forms compared, byte for
 * byte; then once more after a collection. Without escript there is nothing to compare with. */
#include <criterion/criterion.h>
#include "abi/bif.h"
#include "bif/sliced.h"
#include "../support/fakeproc.h"
#include "heap/heap.h"
#include "term/atom.h"
#include "term/bits.h"
#include "term/etf.h"
#include <stdio.h>
#include <unistd.h>

/* ---- built-ins by name ---- */

typedef struct Named {
    const char *module, *name;
    int64_t arity;
    void *fn;
} Named;

static const Named table[] = {
#define BIF(mod, name, arity) {#mod, #name, arity, (void *)brc_bif_##mod##_##name##_##arity},
    BIF(erlang, byte_size, 1) BIF(erlang, bit_size, 1) BIF(erlang, binary_part, 2)
        BIF(erlang, binary_part, 3) BIF(erlang, split_binary, 2) BIF(erlang, binary_to_list, 1)
            BIF(erlang, binary_to_list, 3) BIF(erlang, bitstring_to_list, 1)
                BIF(erlang, list_to_binary, 1) BIF(erlang, iolist_to_binary, 1)
                    BIF(erlang, list_to_bitstring, 1) BIF(erlang, iolist_size, 1)
                        BIF(erlang, term_to_binary, 1) BIF(erlang, term_to_binary, 2) BIF(
                            erlang, binary_to_term, 1) BIF(erlang, binary_to_term, 2)
                            BIF(erlang, external_size, 1) BIF(erlang, external_size, 2) BIF(
                                binary, at, 2) BIF(binary, first, 1) BIF(binary, last, 1)
                                BIF(binary, part, 2) BIF(binary, part, 3) BIF(binary, copy, 1)
                                    BIF(binary, copy, 2) BIF(binary, longest_common_prefix, 1)
                                        BIF(binary, longest_common_suffix,
                                            1) BIF(binary, decode_unsigned,
                                                   1) BIF(binary, decode_unsigned,
                                                          2) BIF(binary, encode_unsigned, 1)
                                            BIF(binary, encode_unsigned,
                                                2) BIF(binary, list_to_bin,
                                                       1) BIF(binary, match, 2)
                                                BIF(binary, match, 3) BIF(binary, matches, 2)
                                                    BIF(binary, matches, 3)
                                                        BIF(binary, split, 2) BIF(binary, split, 3)
                                                            BIF(unicode, characters_to_binary, 2)
                                                                BIF(unicode, characters_to_list,
                                                                    2) BIF(unicode, bin_is_7bit, 1)
                                                                    BIF(erlang, decode_packet, 3)
#undef BIF
};

/* Those that may give the processor up, as they are without that. */
static const Named sliced[] = {
#define SLICED(cname, arity, quick) {"", #cname, arity, (void *)brc_long_##cname##_##arity},
#include "bif/sliced.def"
#undef SLICED
};

static void *function_of(const Named *n) {
    char cname[64];
    snprintf(cname, sizeof cname, "%s_%s", n->module, n->name);
    for (size_t i = 0; i < sizeof sliced / sizeof *sliced; i++)
        if (sliced[i].arity == n->arity && strcmp(sliced[i].name, cname) == 0) return sliced[i].fn;
    return n->fn;
}

static bool atom_is(Term atom, const char *text) {
    size_t len;
    const char *have = brc_term_atom_text(atom, &len);
    return len == strlen(text) && memcmp(have, text, len) == 0;
}

static Term call_built_in(Proc *p, Term module, Term name, const Term *a, int64_t arity) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const Named *n = &table[i];
        if (n->arity != arity || !atom_is(module, n->module) || !atom_is(name, n->name)) continue;
        void *fn = function_of(n);
        switch (arity) {
        case 1: return ((Term(*)(Proc *, Term))fn)(p, a[0]);
        case 2: return ((Term(*)(Proc *, Term, Term))fn)(p, a[0], a[1]);
        default: return ((Term(*)(Proc *, Term, Term, Term))fn)(p, a[0], a[1], a[2]);
        }
    }
    cr_assert_fail("no such built-in");
    return BRC_NONE;
}

/* ---- bit syntax ---- */

static Term cons(Proc *p, Term head, Term tail) {
    return term_cons(brc_ctx_alloc(p, 2), head, tail);
}

static Term take(Proc *p, Term ctx, Term type, uint64_t size, unsigned flags) {
    if (atom_is(type, "integer")) return brc_bs_get_integer(p, ctx, size, flags);
    if (atom_is(type, "float")) return brc_bs_get_float(p, ctx, size, flags);
    if (atom_is(type, "binary")) return brc_bs_get_binary(p, ctx, size);
    if (atom_is(type, "utf8")) return brc_bs_get_utf8(p, ctx);
    if (atom_is(type, "utf16")) return brc_bs_get_utf16(p, ctx, flags);
    return brc_bs_get_utf32(p, ctx, flags);
}

static Term match(Proc *p, Term bits, Term fields) {
    Term ctx = brc_bs_start_match(p, bits), got = BRC_NIL;
    for (; term_is_cons(fields); fields = term_tail(fields)) {
        const Term *f = term_tuple_elements(term_head(fields));
        Term v = take(p, ctx, f[0], (uint64_t)term_small(f[1]), (unsigned)term_small(f[2]));
        if (v == BRC_NONE) return cons(p, AM(nomatch), got);
        got = cons(p, v, got);
    }
    return cons(p, brc_bs_get_tail(p, ctx), got);
}

static enum BsSegmentType type_of(Term t) {
    static const char *const names[] = {"integer", "float", "binary", "append",
                                        "utf8",    "utf16", "utf32"};
    unsigned i = 0;
    while (!atom_is(t, names[i]))
        i++;
    return (enum BsSegmentType)i;
}

/* What the instruction does before it builds: false where the segment's size fails. */
static bool count(const BsSegment *s, uint64_t *total) {
    uint64_t bits = 0;
    BitsView v;
    int chars;
    switch (s->type) {
    case BRC_BS_APPEND: return true;
    case BRC_BS_UTF8:
        chars = brc_bs_utf8_bits(s->value);
        *total += chars < 0 ? 32 : (uint64_t)chars;
        return true;
    case BRC_BS_UTF16:
        chars = brc_bs_utf16_bits(s->value);
        *total += chars < 0 ? 32 : (uint64_t)chars;
        return true;
    case BRC_BS_UTF32: *total += 32; return brc_bs_utf16_bits(s->value) >= 0;
    default:
        if (s->size != AM(all)) {
            bool ok = brc_bs_size(s->size, s->unit, &bits);
            *total += bits;
            return ok;
        }
        if (!brc_term_bits_view(s->value, &v)) return false;
        *total += v.bit_size;
        return true;
    }
}

static bool put(Proc *p, const BsSegment *s, unsigned flags) {
    uint64_t bits = 0;
    if (s->type <= BRC_BS_BINARY && s->size != AM(all)) brc_bs_size(s->size, s->unit, &bits);
    switch (s->type) {
    case BRC_BS_INTEGER: return brc_bs_put_integer(p, s->value, bits, flags);
    case BRC_BS_FLOAT: return brc_bs_put_float(p, s->value, bits, flags);
    case BRC_BS_UTF8: return brc_bs_put_utf8(p, s->value);
    case BRC_BS_UTF16: return brc_bs_put_utf16(p, s->value, flags);
    case BRC_BS_UTF32: return brc_bs_put_utf32(p, s->value, flags);
    case BRC_BS_APPEND: return true;
    default:
        return s->size == AM(all) ? brc_bs_put_binary_all(p, s->value, s->unit)
                                  : brc_bs_put_binary(p, s->value, bits);
    }
}

static Term failure(Proc *p, const BsSegment *s) {
    bool limit;
    Term info = brc_bs_fail_info(p, s, &limit);
    Term reason = limit ? AM(system_limit) : AM(badarg);
    return term_tuple3(brc_ctx_alloc(p, 4), AM(error), reason, info);
}

static Term build(Proc *p, Term list) {
    BsSegment s[16];
    unsigned flags[16];
    uint32_t n = 0;
    uint64_t total = 0;
    for (; term_is_cons(list); list = term_tail(list), n++) {
        const Term *f = term_tuple_elements(term_head(list));
        s[n] = (BsSegment){type_of(f[0]), n + 1, f[1], f[2], (uint64_t)term_small(f[3])};
        flags[n] = (unsigned)term_small(f[4]);
    }
    for (uint32_t i = 0; i < n; i++)
        if (!count(&s[i], &total)) return failure(p, &s[i]);
    if (s[0].type != BRC_BS_APPEND)
        cr_assert(brc_bs_begin(p, total));
    else if (!brc_bs_begin_append(p, s[0].value, total, s[0].unit, false))
        return failure(p, &s[0]);
    for (uint32_t i = 0; i < n; i++)
        if (!put(p, &s[i], flags[i])) return failure(p, &s[i]);
    return brc_bs_end(p);
}

/* ---- the cases ---- */

static const FunEntry *find_fun(const FunEntry *like, bool existing) {
    if (like->index >= 0 || existing) return NULL;
    FunEntry *e = aligned_alloc(16, sizeof *e);
    *e = *like;
    return e;
}

static Term outcome(Proc *p, Term test) {
    const Term *e = term_tuple_elements(test);
    Term args[4], list = e[2], got;
    int64_t arity = 0;
    for (; term_is_cons(list); list = term_tail(list))
        args[arity++] = term_head(list);
    if (atom_is(e[0], "bits"))
        got = arity == 2 ? match(p, args[0], args[1]) : build(p, args[0]);
    else
        got = call_built_in(p, e[0], e[1], args, arity);
    if (got == BRC_NONE) return term_tuple2(brc_ctx_alloc(p, 3), AM(error), p->freason);
    return term_tuple2(brc_ctx_alloc(p, 3), AM(ok), got);
}

static bool same_bytes(Term t, const uint8_t *want, size_t size) {
    SharedBin *b = brc_term_etf_encode(t, 0, BRC_TAG_PID, NULL);
    bool same = b->size_bytes == size && memcmp(b->data, want, size) == 0;
    brc_ctx_sharedbin_unref(b);
    return same;
}

/* Stock Erlang keeps pid numbers to 15 and serials to 13 bits; ours may be larger. */
static bool is_wide_pid(const uint8_t *call, size_t size) {
    return memmem(call, size, "nonode@nohost", 13) != NULL &&
           memmem(call, size, "binary_to_term", 14) != NULL;
}

static uint8_t *read_block(FILE *in, size_t *size) {
    uint8_t head[4];
    if (fread(head, 1, 4, in) != 4) return NULL;
    *size = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    uint8_t *bytes = malloc(*size);
    cr_assert_eq(fread(bytes, 1, *size, in), *size);
    return bytes;
}

static void run_file(const char *path) {
    FILE *in = fopen(path, "rb");
    uint8_t *call, *want;
    size_t size, want_size, cases = 0, wrong = 0;
    while ((call = read_block(in, &size)) != NULL) {
        want = read_block(in, &want_size);
        Proc *p = fake_proc_new(4096);
        Term test = brc_term_etf_decode(p, call, size, 0, find_fun, NULL);
        cr_assert_neq(test, BRC_NONE, "case %zu cannot be read", cases);
        Term got = outcome(p, test);
        bool good = same_bytes(got, want, want_size);
        if (good) {
            p->x[0] = got;
            brc_heap_check(p, 1);
            brc_heap_major_gc(p, 0, 1);
            good = same_bytes(p->x[0], want, want_size);
        }
        if (!good && !is_wide_pid(call, size)) {
            cr_log_error("case %zu differs", cases);
            wrong++;
        }
        fake_proc_free(p);
        free(call);
        free(want);
        cases++;
    }
    fclose(in);
    cr_assert_gt(cases, 100);
    cr_assert_eq(wrong, 0, "%zu of %zu cases", wrong, cases);
}

Test(binary_against_erl, random_calls, .timeout = 100) {
    const char *source = getenv("BEAMRC_SOURCE"), *ready = getenv("BEAMRC_CASES");
    const char *seed = getenv("BEAMRC_SEED"), *many = getenv("BEAMRC_COUNT");
    if (ready) {
        run_file(ready);
        return;
    }
    if (!source || system("command -v escript >/dev/null") != 0) cr_skip_test("no escript here");
    char path[64], command[1024];
    snprintf(path, sizeof path, "/tmp/brc_binary_cases_%d", (int)getpid());
    snprintf(command, sizeof command,
             "escript '%s/tests/unit/bif/gen_binary.escript' %s %s %s >/dev/null", source, path,
             many ? many : "4000", seed ? seed : "1");
    cr_assert_eq(system(command), 0);
    run_file(path);
    unlink(path);
}
