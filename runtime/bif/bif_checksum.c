/* bif_checksum.c: crc32 and adler32 (zlib's) and md5 of iodata. */
#include "abi/bif.h"
#include "bif/sliced.h"
#include "bif/iowalk.h"
#include "bif/md5.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/bits.h"
#include <stdlib.h>
#include <zlib.h>

#define BYTES_PER_RED 1024

static void crc_bytes(void *state, const uint8_t *bytes, size_t n) {
    uLong *sum = state;
    *sum = crc32_z(*sum, bytes, n);
}
static void adler_bytes(void *state, const uint8_t *bytes, size_t n) {
    uLong *sum = state;
    *sum = adler32_z(*sum, bytes, n);
}
static void md5_bytes(void *state, const uint8_t *bytes, size_t n) {
    brc_bif_md5_update(state, bytes, n);
    brc_ctx_pause(5 * n);
}

/* A checksum given by the program: below 2^32. */
static bool sum_of(Term t, uLong *sum) {
    *sum = (uLong)term_small(t);
    return term_is_small(t) && *sum >> 32 == 0;
}

static Term checksum(Proc *p, Term start, Term data, IoBytes *each) {
    uLong sum;
    size_t bytes;
    if (!sum_of(start, &sum) || !brc_bif_io_walk(data, each, &sum, &bytes))
        return brc_ctx_badarg(p);
    brc_ctx_charge(p, bytes / BYTES_PER_RED);
    return BRC_SMALL(sum);
}

Term brc_long_erlang_crc32_1(Proc *p, Term data) {
    return checksum(p, BRC_SMALL(0), data, crc_bytes);
}
Term brc_long_erlang_crc32_2(Proc *p, Term start, Term data) {
    return checksum(p, start, data, crc_bytes);
}
Term brc_long_erlang_adler32_1(Proc *p, Term data) {
    return checksum(p, BRC_SMALL(1), data, adler_bytes);
}
Term brc_long_erlang_adler32_2(Proc *p, Term start, Term data) {
    return checksum(p, start, data, adler_bytes);
}

Term brc_bif_erlang_crc32_combine_3(Proc *p, Term first, Term second, Term size) {
    uLong a, b, n;
    if (!sum_of(first, &a) || !sum_of(second, &b) || !sum_of(size, &n)) return brc_ctx_badarg(p);
    return BRC_SMALL(crc32_combine(a, b, (z_off_t)n));
}
Term brc_bif_erlang_adler32_combine_3(Proc *p, Term first, Term second, Term size) {
    uLong a, b, n;
    if (!sum_of(first, &a) || !sum_of(second, &b) || !sum_of(size, &n)) return brc_ctx_badarg(p);
    return BRC_SMALL(adler32_combine(a, b, (z_off_t)n));
}

/* ---- md5 ---- */
static bool md5_context(Term t, Md5 *m) {
    size_t size;
    uint8_t *tmp = NULL;
    const uint8_t *bytes = brc_term_bin_bytes(t, &size, &tmp);
    bool ok = bytes != NULL && size == sizeof *m;
    if (ok) memcpy(m, bytes, sizeof *m);
    free(tmp);
    return ok;
}

static bool md5_add(Proc *p, Md5 *m, Term data) {
    size_t bytes;
    bool ok = brc_bif_io_walk(data, md5_bytes, m, &bytes);
    brc_ctx_charge(p, bytes / (BYTES_PER_RED / 4));
    return ok;
}

static Term md5_digest(Proc *p, Md5 *m) {
    uint8_t digest[16];
    brc_bif_md5_final(m, digest);
    return brc_term_bin_new(p, digest, sizeof digest);
}

Term brc_long_erlang_md5_1(Proc *p, Term data) {
    Md5 m;
    brc_bif_md5_init(&m);
    return md5_add(p, &m, data) ? md5_digest(p, &m) : brc_ctx_badarg(p);
}

Term brc_bif_erlang_md5_init_0(Proc *p) {
    Md5 m;
    brc_bif_md5_init(&m);
    return brc_term_bin_new(p, (const uint8_t *)&m, sizeof m);
}

Term brc_bif_erlang_md5_update_2(Proc *p, Term context, Term data) {
    Md5 m;
    if (!md5_context(context, &m) || !md5_add(p, &m, data)) return brc_ctx_badarg(p);
    return brc_term_bin_new(p, (const uint8_t *)&m, sizeof m);
}

Term brc_bif_erlang_md5_final_1(Proc *p, Term context) {
    Md5 m;
    return md5_context(context, &m) ? md5_digest(p, &m) : brc_ctx_badarg(p);
}
