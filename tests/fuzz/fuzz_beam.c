/* fuzz_beam.c: libFuzzer target for the reader: any bytes give a module or one error line, and a
 * module that was accepted can be printed whole (so every index in it is good).
 *
 * The mutator keeps the container's shape, or nothing but the container would be exercised: it
 * changes bytes inside one chunk and writes the sizes anew; the literal table is changed unpacked
 * and stored either way. Build with -fsanitize=fuzzer,address -DBRC_MEM_PLAIN, so that every
 * allocation has its exact bounds. */
#include "beam/beam.h"
#include "cli/disasm.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#define MAX_CHUNKS   64
#define MAX_UNPACKED (1u << 16)
#define MAX_FILE     (1u << 18)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *error;
    BeamFile *f = beam_read_bytes("fuzz.beam", data, size, &error);
    if (f) {
        Text text = {0};
        disasm_print(f, &text);
    } else if (!error || strncmp(error, "fuzz.beam: ", 11) != 0) {
        abort();
    }
    mem_release_all();
    return 0;
}

/* ---- the mutator ---- */

typedef struct Piece {
    uint8_t name[4];
    const uint8_t *bytes;
    size_t size;
} Piece;

static uint32_t get_u32(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void set_u32(uint8_t *p, size_t v) {
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(v >> (24 - 8 * i));
}

static size_t split(const uint8_t *data, size_t size, Piece *pieces) {
    size_t count = 0;
    if (size < 12 || memcmp(data, "FOR1", 4) != 0) return 0;
    for (size_t at = 12; size - at >= 8 && count < MAX_CHUNKS;) {
        Piece *p = &pieces[count];
        memcpy(p->name, data + at, 4);
        p->size = get_u32(data + at + 4);
        p->bytes = data + at + 8;
        if (p->size > size - at - 8) return 0;
        count++;
        size_t step = 8 + ((p->size + 3) & ~(size_t)3);
        if (step > size - at) break;
        at += step;
    }
    return count;
}

/* Zero: the pieces do not fit. */
static size_t join(uint8_t *out, size_t room, const Piece *pieces, size_t count) {
    size_t at = 12;
    if (room < at) return 0;
    memcpy(out, "FOR1\0\0\0\0BEAM", 12);
    for (size_t i = 0; i < count; i++) {
        size_t padded = (pieces[i].size + 3) & ~(size_t)3;
        if (room - at < 8 + padded) return 0;
        memcpy(out + at, pieces[i].name, 4);
        set_u32(out + at + 4, pieces[i].size);
        memset(out + at + 8, 0, padded);
        memcpy(out + at + 8, pieces[i].bytes, pieces[i].size);
        at += 8 + padded;
    }
    set_u32(out + 4, at - 8);
    return at;
}

static uint8_t scratch[MAX_FILE], changed[MAX_UNPACKED + 64], packed[MAX_UNPACKED * 2];

/* The literal table: 4 bytes of size, then the table, unpacked into changed + 4. */
static size_t unpack_literals(const Piece *p) {
    if (p->size < 4) return 0;
    uLongf len = MAX_UNPACKED;
    if (get_u32(p->bytes) == 0) {
        if (p->size > MAX_UNPACKED) return 0;
        memcpy(changed, p->bytes, p->size);
        return p->size;
    }
    if (uncompress(changed + 4, &len, p->bytes + 4, p->size - 4) != Z_OK) return 0;
    return len + 4;
}

static void change_literals(Piece *p, unsigned random) {
    size_t size = unpack_literals(p);
    if (size < 4) return;
    size = 4 + LLVMFuzzerMutate(changed + 4, size - 4, MAX_UNPACKED - 4);
    p->bytes = changed;
    p->size = size;
    set_u32(changed, 0);
    uLongf len = sizeof packed - 4;
    if (random & 1 && compress2(packed + 4, &len, changed + 4, size - 4, 1) == Z_OK) {
        set_u32(packed, size - 4);
        p->bytes = packed;
        p->size = len + 4;
    }
}

static void change_piece(Piece *p, unsigned random) {
    if (memcmp(p->name, "LitT", 4) == 0 && random % 8 != 0) {
        change_literals(p, random >> 3);
        return;
    }
    if (p->size > MAX_UNPACKED) return;
    memcpy(changed, p->bytes, p->size);
    p->bytes = changed;
    p->size = LLVMFuzzerMutate(changed, p->size, MAX_UNPACKED);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
    Piece pieces[MAX_CHUNKS];
    size_t count = seed % 32 == 0 ? 0 : split(data, size, pieces);
    if (count == 0) return LLVMFuzzerMutate(data, size, max_size);
    unsigned random = seed / 32;
    if (random % 64 == 0) { /* leave a chunk out */
        pieces[random / 64 % count] = pieces[count - 1];
        count--;
    } else {
        change_piece(&pieces[random / 64 % count], random / 64 / MAX_CHUNKS);
    }
    size_t room = max_size < MAX_FILE ? max_size : MAX_FILE;
    size_t made = join(scratch, room, pieces, count);
    if (made == 0) return LLVMFuzzerMutate(data, size, max_size);
    memcpy(data, scratch, made);
    return made;
}
