/* chunk.c: FOR1, size, BEAM, then chunks of four letters, size, bytes, padding to four. Unknown
 * chunks (debug information, documentation) are passed by; one that is known may occur once. */
#include "beam/chunk.h"
#include "beam/md5.h"

static const char chunk_names[CHUNK_COUNT][5] = {"AtU8", "Atom", "Code", "StrT", "ImpT", "ExpT",
                                                 "LocT", "FunT", "LitT", "Line", "Type", "Attr",
                                                 "CInf", "Meta", "Recs", "DbgB"};

static ChunkId chunk_id(const uint8_t *name) {
    for (ChunkId id = 0; id < CHUNK_COUNT; id++) {
        if (memcmp(name, chunk_names[id], 4) == 0) return id;
    }
    return CHUNK_COUNT;
}

static void unpack_gzip(Load *l) {
    BeamFile *f = l->file;
    if (f->size < 2 || f->bytes[0] != 0x1F || f->bytes[1] != 0x8B) return;
    Reader r = {&l->fail, NULL, f->bytes, f->size, 0};
    f->bytes = reader_gunzip(&r, &f->size);
}

void chunk_find_all(Load *l) {
    unpack_gzip(l);
    Reader r = {&l->fail, NULL, l->file->bytes, l->file->size, 0};
    if (r.size < 12 || memcmp(r.bytes, "FOR1", 4) != 0 || memcmp(r.bytes + 8, "BEAM", 4) != 0) {
        reader_fail(&r, "not a BEAM file");
    }
    r.at = 4;
    uint32_t form = reader_u32(&r);
    if (form < 4 || form > reader_left(&r)) {
        reader_fail_at(&r, 4, "%u bytes promised, %zu there", form, reader_left(&r));
    }
    r.size = r.at + form;
    r.at += 4;
    while (reader_left(&r) >= 8) {
        size_t start = r.at;
        ChunkId id = chunk_id(reader_take(&r, 4));
        uint32_t size = reader_u32(&r);
        if (size > reader_left(&r)) {
            reader_fail_at(&r, start, "a chunk of %u bytes, but only %zu follow", size,
                           reader_left(&r));
        }
        if (id != CHUNK_COUNT) {
            if (l->has[id]) reader_fail_at(&r, start, "a second %s chunk", chunk_names[id]);
            l->has[id] = true;
            l->chunks[id] = (Reader){&l->fail, chunk_names[id], r.bytes + r.at, size, 0};
        }
        size_t padded = ((size_t)size + 3) & ~(size_t)3;
        r.at += padded < reader_left(&r) ? padded : reader_left(&r);
    }
}

Reader *chunk_must(Load *l, ChunkId id) {
    if (!l->has[id]) {
        Reader r = {&l->fail, NULL, l->file->bytes, l->file->size, l->file->size};
        reader_fail(&r, "no %s chunk", chunk_names[id]);
    }
    return &l->chunks[id];
}

/* The funs' last word is derived from the checksum, so it counts as 0. */
static void sum_funs(Md5 *m, const Reader *r) {
    static const uint8_t zero[4];
    size_t at = r->size < 4 ? r->size : 4;
    md5_put(m, r->bytes, at);
    for (; r->size - at >= 24; at += 24) {
        md5_put(m, r->bytes + at, 20);
        md5_put(m, zero, 4);
    }
}

void chunk_checksum(Load *l) {
    static const ChunkId counted[] = {CHUNK_CODE, CHUNK_STRT, CHUNK_IMPT, CHUNK_EXPT, CHUNK_FUNT,
                                      CHUNK_LITT, CHUNK_META, CHUNK_RECS, CHUNK_DBGB};
    Md5 m;
    md5_start(&m);
    ChunkId atoms = l->has[CHUNK_ATU8] ? CHUNK_ATU8 : CHUNK_ATOM;
    md5_put(&m, l->chunks[atoms].bytes, l->chunks[atoms].size);
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
        if (!l->has[counted[i]]) continue;
        const Reader *r = &l->chunks[counted[i]];
        if (counted[i] == CHUNK_FUNT) {
            sum_funs(&m, r);
        } else {
            md5_put(&m, r->bytes, r->size);
        }
    }
    md5_finish(&m, l->file->md5);
}
