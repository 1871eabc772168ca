/* tables.c: the chunks of a .beam file and the tables that they hold. */
#include "base/panic.h"
#include "bif/md5.h"
#include "code/funs.h"
#include "interp/load.h"
#include "term/atom.h"
#include "term/etf.h"
#include "term/litarea.h"
#include "term/utf.h"
#include <stdlib.h>
#include <zlib.h>

typedef struct ArenaBlock {
    struct ArenaBlock *next;
    size_t used, room;
    uint8_t data[] __attribute__((aligned(16)));
} ArenaBlock;

void *brc_interp_arena(Load *l, size_t count, size_t size) {
    size_t bytes = (count * size + 15) & ~(size_t)15;
    ArenaBlock *b = l->arena;
    if (!b || b->room - b->used < bytes) {
        size_t room = bytes > 65536 ? bytes : 65536;
        b = calloc(1, sizeof *b + room);
        if (!b) brc_base_panic("out of memory (%zu bytes to load a module)", room);
        b->room = room;
        b->next = l->arena;
        l->arena = b;
    }
    void *at = b->data + b->used;
    b->used += bytes;
    return at;
}

static void free_arena(Load *l) {
    for (ArenaBlock *b = l->arena, *next; b; b = next) {
        next = b->next;
        free(b);
    }
}

void *brc_interp_lasting(size_t bytes) {
    return brc_term_literal_alloc((bytes + 7) / 8);
}

/* ---- chunks ---- */

enum { PACKED_MOST = 1 << 28 };

/* A file as beam_lib:strip leaves it: packed as gzip does. */
static void unpack(Load *l) {
    Bytes *b = &l->file;
    if (bytes_left(b) < 2 || b->at[0] != 0x1F || b->at[1] != 0x8B) return;
    z_stream z = {.next_in = (Bytef *)(uintptr_t)b->at, .avail_in = (uInt)bytes_left(b)};
    int result = bytes_left(b) < PACKED_MOST ? inflateInit2(&z, 16 + MAX_WBITS) : Z_MEM_ERROR;
    uint8_t *to = NULL;
    for (size_t room = 1 << 16; result == Z_OK && room <= PACKED_MOST; room *= 2) {
        uint8_t *more = brc_interp_arena(l, room, 1);
        if (to) memcpy(more, to, z.total_out);
        to = more;
        z.next_out = to + z.total_out;
        z.avail_out = (uInt)(room - z.total_out);
        result = inflate(&z, Z_NO_FLUSH);
        if (result == Z_BUF_ERROR && z.avail_in > 0) result = Z_OK;
    }
    if (result == Z_STREAM_END)
        *b = (Bytes){to, to + z.total_out, false};
    else
        b->failed = true;
    inflateEnd(&z);
}

static const char chunk_names[CHUNK_COUNT][5] = {"AtU8", "Code", "StrT", "ImpT", "ExpT",
                                                 "FunT", "LitT", "Meta", "Recs", "DbgB",
                                                 "Line", "Attr", "CInf"};

static void find_chunks(Load *l) {
    Bytes *b = &l->file;
    if (bytes_left(b) < 12 || memcmp(b->at, "FOR1", 4) != 0 || memcmp(b->at + 8, "BEAM", 4) != 0) {
        b->failed = true;
        return;
    }
    b->at += 4;
    uint32_t form = brc_interp_read32(b);
    if (form < 4 || form > bytes_left(b)) b->failed = true;
    if (!b->failed) b->end = b->at + form;
    b->at += 4;
    while (!b->failed && bytes_left(b) >= 8) {
        const uint8_t *name = brc_interp_take(b, 4);
        uint32_t size = brc_interp_read32(b);
        const uint8_t *data = brc_interp_take(b, size);
        for (int i = 0; data && i < CHUNK_COUNT; i++) {
            if (memcmp(name, chunk_names[i], 4) != 0) continue;
            if (l->has[i]) b->failed = true;
            l->has[i] = true;
            l->chunks[i] = (Bytes){data, data + size, false};
        }
        size_t padding = -(size_t)size & 3;
        b->at += padding < bytes_left(b) ? padding : bytes_left(b);
    }
    for (int i = 0; i < CHUNK_COUNT; i++)
        if (!l->has[i] &&
            (i == CHUNK_ATU8 || i == CHUNK_CODE || i == CHUNK_IMPT || i == CHUNK_EXPT))
            b->failed = true;
}

/* What beam_lib:md5 counts. The last word of a fun counts as 0. */
static void checksum(Load *l) {
    Md5 m;
    brc_bif_md5_init(&m);
    for (int i = CHUNK_ATU8; i <= CHUNK_DBGB; i++) {
        Bytes b = l->chunks[i];
        if (!l->has[i]) continue;
        if (i != CHUNK_FUNT) {
            brc_bif_md5_update(&m, b.at, bytes_left(&b));
            continue;
        }
        size_t head = bytes_left(&b) < 4 ? bytes_left(&b) : 4;
        brc_bif_md5_update(&m, b.at, head);
        for (b.at += head; bytes_left(&b) >= 24; b.at += 24) {
            brc_bif_md5_update(&m, b.at, 20);
            brc_bif_md5_update(&m, (const uint8_t[4]){0}, 4);
        }
    }
    brc_bif_md5_final(&m, l->image->md5);
}

/* ---- tables ---- */

/* How many rows of at least so many bytes a chunk says it has. */
static uint32_t row_count(Bytes *b, size_t least) {
    uint32_t n = brc_interp_read32(b);
    if (b->failed || n > bytes_left(b) / least) {
        b->failed = true;
        return 0;
    }
    return n;
}

static Term read_atom(Bytes *b, size_t len) {
    const uint8_t *text = brc_interp_take(b, len);
    size_t chars;
    if (!text || brc_term_utf8_prefix(text, len, &chars) != len || chars > BRC_ATOM_MAX_CHARS) {
        b->failed = true;
        return BRC_NIL;
    }
    return brc_term_atom_intern((const char *)text, len);
}

/* From OTP 28 on the count is negative and the lengths are compact numbers. */
static void read_atoms(Load *l) {
    Bytes *b = &l->chunks[CHUNK_ATU8];
    uint32_t stored = brc_interp_read32(b);
    bool compact = stored >> 31;
    uint32_t n = compact ? -stored : stored;
    if (n == 0 || n > bytes_left(b)) {
        b->failed = true;
        return;
    }
    l->atoms = brc_interp_arena(l, n + 1, sizeof(Term));
    l->atoms[0] = BRC_NIL;
    for (uint32_t i = 1; i <= n && !b->failed; i++)
        l->atoms[i] = read_atom(b, compact ? brc_interp_read_number(b, 1020) : brc_interp_read8(b));
    l->atom_count = n;
    if (!b->failed) l->image->module = l->atoms[1];
}

static Term atom_at(Load *l, Bytes *b) {
    uint32_t i = brc_interp_read32(b);
    if (i == 0 || i > l->atom_count) b->failed = true;
    return b->failed ? BRC_NIL : l->atoms[i];
}

static uint32_t read_arity(Bytes *b) {
    uint32_t n = brc_interp_read32(b);
    if (n > BRC_MAX_ARITY) b->failed = true;
    return n;
}

static void read_imports(Load *l) {
    Bytes *b = &l->chunks[CHUNK_IMPT];
    uint32_t n = l->import_count = row_count(b, 12);
    l->imports = brc_interp_arena(l, n, sizeof *l->imports);
    for (uint32_t i = 0; i < n; i++) {
        l->imports[i].module = atom_at(l, b);
        l->imports[i].name = atom_at(l, b);
        l->imports[i].arity = read_arity(b);
    }
}

static void read_exports(Load *l) {
    Bytes *b = &l->chunks[CHUNK_EXPT];
    uint32_t n = l->export_count = row_count(b, 12);
    l->exports = brc_interp_arena(l, n, sizeof *l->exports);
    for (uint32_t i = 0; i < n; i++) {
        l->exports[i].name = atom_at(l, b);
        l->exports[i].arity = read_arity(b);
        l->exports[i].label = brc_interp_read32(b);
    }
}

static void read_funs(Load *l) {
    if (!l->has[CHUNK_FUNT]) return;
    Bytes *b = &l->chunks[CHUNK_FUNT];
    uint32_t n = l->fun_count = row_count(b, 24);
    l->funs = brc_interp_arena(l, n, sizeof *l->funs);
    for (uint32_t i = 0; i < n; i++) {
        FunRow *f = &l->funs[i];
        f->name = atom_at(l, b);
        f->arity = read_arity(b);
        f->label = brc_interp_read32(b);
        f->index = brc_interp_read32(b);
        f->nfree = brc_interp_read32(b);
        f->old_uniq = brc_interp_read32(b);
        if (f->nfree > f->arity) b->failed = true;
    }
}

static void read_strings(Load *l) {
    Bytes *b = &l->chunks[CHUNK_STRT];
    l->string_bytes = (uint32_t)bytes_left(b);
    if (l->string_bytes == 0) return;
    l->strings = brc_interp_lasting(l->string_bytes);
    memcpy(l->strings, b->at, l->string_bytes);
}

/* ---- terms ---- */

static const FunEntry *find_fun(const FunEntry *like, bool existing) {
    (void)existing;
    if (like->index >= 0 || like->arity > BRC_MAX_ARITY) return NULL;
    return brc_code_external_entry(like->module, like->name, like->arity);
}

static Term read_term(Bytes *b, size_t size) {
    const uint8_t *at = brc_interp_take(b, size);
    size_t used;
    Term t = at ? brc_term_etf_decode(NULL, at, size, 0, find_fun, &used) : BRC_NONE;
    if (t == BRC_NONE) b->failed = true;
    return t;
}

/* A size of 0 says that the table is not compressed (OTP 28 and later). */
static Bytes unpacked_literals(Load *l) {
    Bytes *b = &l->chunks[CHUNK_LITT];
    uLongf size = brc_interp_read32(b);
    if (size == 0 || b->failed) return *b;
    if (size / 2000 > bytes_left(b)) { /* more than zlib can have packed */
        b->failed = true;
        return *b;
    }
    uint8_t *to = brc_interp_arena(l, size, 1);
    uLongf want = size;
    if (uncompress(to, &size, b->at, bytes_left(b)) != Z_OK || size != want) b->failed = true;
    return (Bytes){to, to + size, b->failed};
}

static void read_literals(Load *l) {
    if (!l->has[CHUNK_LITT]) return;
    Bytes b = unpacked_literals(l);
    uint32_t n = l->literal_count = row_count(&b, 5);
    l->literals = brc_interp_arena(l, n, sizeof(Term));
    for (uint32_t i = 0; i < n && !b.failed; i++)
        l->literals[i] = read_term(&b, brc_interp_read32(&b));
    if (b.failed) l->failed = true;
}

static Term whole_term(Load *l, enum Chunk chunk) {
    Bytes *b = &l->chunks[chunk];
    return bytes_left(b) ? read_term(b, bytes_left(b)) : BRC_NIL;
}

/* ---- lines ---- */

static const char *lasting_text(const uint8_t *text, size_t n) {
    char *copy = brc_interp_lasting(n + 1);
    memcpy(copy, text, n);
    return copy;
}

static void read_file_names(Load *l, Bytes *b, uint32_t n) {
    l->files = brc_interp_lasting((n + 2) * sizeof *l->files);
    size_t len;
    const char *module = brc_term_atom_text(l->image->module, &len);
    char *own = brc_interp_lasting(len + 5);
    memcpy(own, module, len);
    memcpy(own + len, ".erl", 4);
    l->files[0] = own;
    for (uint32_t i = 1; i <= n && !b->failed; i++) {
        size_t high = brc_interp_read8(b), size = high << 8 | brc_interp_read8(b);
        const uint8_t *text = brc_interp_take(b, size);
        if (text) l->files[i] = size ? lasting_text(text, size) : own;
    }
    l->file_count = n + 1;
}

/* Where a file's number or a line is as large as this, stock knows no place. */
enum { FILES_LIMIT = 255, LINES_LIMIT = (1 << 24) - 1 };

/* Numbers with tag i are lines in the file last named by a number with tag a. */
static void read_lines(Load *l) {
    Bytes *b = &l->chunks[CHUNK_LINE];
    l->line_count = 1;
    bool known = l->has[CHUNK_LINE] && brc_interp_read32(b) == 0;
    if (known) brc_interp_take(b, 8); /* flags, number of line instructions */
    uint32_t n = known ? brc_interp_read32(b) : 0, files = known ? brc_interp_read32(b) : 0;
    if (n > bytes_left(b) || files > bytes_left(b) / 2) b->failed = true;
    if (b->failed) return;
    l->lines = brc_interp_arena(l, n + 1, sizeof *l->lines);
    for (uint32_t file = 0; l->line_count <= n && !b->failed;) {
        Compact c = brc_interp_read_compact(b);
        if (c.tag == COMPACT_A && c.value <= files)
            file = (uint32_t)c.value;
        else if (c.tag == COMPACT_I && c.value <= INT32_MAX)
            l->lines[l->line_count++] = file < FILES_LIMIT && c.value < LINES_LIMIT
                                            ? (Line){file, (uint32_t)c.value}
                                            : (Line){0, 0};
        else
            b->failed = true;
    }
    read_file_names(l, b, files);
}

void brc_interp_tables(Load *l) {
    unpack(l);
    if (!l->file.failed) find_chunks(l);
    l->failed = l->file.failed;
    if (l->failed) return;
    checksum(l);
    read_atoms(l);
    if (l->chunks[CHUNK_ATU8].failed) {
        l->failed = true;
        return;
    }
    read_imports(l);
    read_exports(l);
    read_funs(l);
    read_strings(l);
    read_literals(l);
    read_lines(l);
    l->image->attributes = whole_term(l, CHUNK_ATTR);
    l->image->compile = whole_term(l, CHUNK_CINF);
    for (int i = 0; i < CHUNK_COUNT; i++)
        l->failed = l->failed || l->chunks[i].failed;
}

Image *brc_interp_load(const uint8_t *bytes, size_t size) {
    Load l = {.file = {bytes, bytes + size, false}};
    Image *image = l.image = brc_interp_lasting(sizeof *l.image);
    brc_interp_tables(&l);
    if (!l.failed) brc_interp_ops(&l);
    if (!l.failed) brc_interp_write(&l);
    free_arena(&l);
    return l.failed ? NULL : image;
}
