/* tables.c: atoms, imports, exports, funs, strings, literals, attributes. */
#include "beam/tables.h"
#include "beam/compact.h"
#include "beam/etf.h"

#define ARITY_LIMIT 255

/* ---- atoms ---- */

/* Before OTP 28 a byte of length each; from 28 on the count is negative and lengths are compact.
 * Atom, the chunk of OTP 19 and before, is the first form in Latin-1. */
void tables_atoms(Load *l) {
    bool latin1 = !l->has[CHUNK_ATU8] && l->has[CHUNK_ATOM];
    Reader *r = chunk_must(l, latin1 ? CHUNK_ATOM : CHUNK_ATU8);
    uint32_t stored = reader_u32(r);
    bool compact = stored & UINT32_C(1) << 31;
    uint32_t count = compact ? -stored : stored;
    if (count == 0 || count > reader_left(r) || (compact && latin1)) {
        reader_fail_at(r, 0, "%d atoms", (int32_t)stored);
    }
    BeamFile *f = l->file;
    f->atoms = mem_array(const char *, count + 1);
    f->atom_lens = mem_alloc_atomic(((size_t)count + 1) * sizeof *f->atom_lens);
    f->atoms[0] = "[]";
    f->atom_lens[0] = 2;
    for (uint32_t i = 1; i <= count; i++) {
        size_t len = compact ? compact_unsigned(r, 255 * 4, "an atom's length") : reader_u8(r);
        if (latin1) {
            f->atoms[i] = reader_latin1_atom(r, len, &len);
        } else {
            f->atoms[i] = reader_utf8_atom(r, len);
        }
        f->atom_lens[i] = (uint32_t)len;
    }
    f->atom_count = count;
    f->module = f->atoms[1];
}

static uint32_t atom_index(Load *l, Reader *r) {
    uint32_t atom = reader_u32(r);
    if (atom == 0 || atom > l->file->atom_count) {
        reader_fail_at(r, r->at - 4, "atom %u of %u", atom, l->file->atom_count);
    }
    return atom;
}

static uint32_t arity(Reader *r) {
    uint32_t n = reader_u32(r);
    if (n > ARITY_LIMIT) reader_fail_at(r, r->at - 4, "arity %u", n);
    return n;
}

/* ---- functions' tables ---- */

void tables_imports(Load *l) {
    Reader *r = chunk_must(l, CHUNK_IMPT);
    for (uint32_t left = reader_count(r, 12, "imports"); left > 0; left--) {
        BeamImport i = {.module = atom_index(l, r)};
        i.name = atom_index(l, r);
        i.arity = arity(r);
        vec_push(&l->file->imports, i);
    }
}

static BeamExport one_export(Load *l, Reader *r) {
    BeamExport e = {.name = atom_index(l, r)};
    e.arity = arity(r);
    e.label = reader_u32(r);
    return e;
}

void tables_exports(Load *l) {
    Reader *r = chunk_must(l, CHUNK_EXPT);
    for (uint32_t left = reader_count(r, 12, "exports"); left > 0; left--) {
        vec_push(&l->file->exports, one_export(l, r));
    }
    if (!l->has[CHUNK_LOCT]) return;
    r = &l->chunks[CHUNK_LOCT];
    for (uint32_t left = reader_count(r, 12, "local functions"); left > 0; left--) {
        vec_push(&l->file->locals, one_export(l, r));
    }
}

void tables_funs(Load *l) {
    if (!l->has[CHUNK_FUNT]) return;
    Reader *r = &l->chunks[CHUNK_FUNT];
    for (uint32_t left = reader_count(r, 24, "funs"); left > 0; left--) {
        size_t start = r->at;
        BeamFun fun = {.name = atom_index(l, r)};
        fun.arity = arity(r);
        fun.label = reader_u32(r);
        fun.index = reader_u32(r);
        fun.nfree = reader_u32(r);
        fun.old_uniq = reader_u32(r);
        if (fun.nfree > fun.arity) {
            reader_fail_at(r, start, "a fun of arity %u with %u free variables", fun.arity,
                           fun.nfree);
        }
        vec_push(&l->file->funs, fun);
    }
}

void tables_strings(Load *l) {
    if (!l->has[CHUNK_STRT]) return;
    l->file->strings = l->chunks[CHUNK_STRT].bytes;
    l->file->string_bytes = l->chunks[CHUNK_STRT].size;
}

/* ---- terms ---- */

/* A size of 0 says that the table is not compressed (OTP 28 and later). */
void tables_literals(Load *l) {
    if (!l->has[CHUNK_LITT]) return;
    Reader *packed = &l->chunks[CHUNK_LITT];
    uint32_t size = reader_u32(packed);
    Reader r = *packed;
    if (size != 0) {
        r.bytes = reader_inflate(packed, packed->bytes + packed->at, reader_left(packed), size);
        r.chunk = "LitT (unpacked)";
        r.size = size;
        r.at = 0;
    }
    for (uint32_t left = reader_count(&r, 5, "literals"); left > 0; left--) {
        uint32_t bytes = reader_u32(&r);
        Reader one = r;
        reader_take(&r, bytes);
        one.size = r.at;
        vec_push(&l->file->literals, etf_read_versioned(&one));
    }
}

static Lit *as_binary(const Reader *chunk) {
    if (!chunk->size) return NULL;
    Lit *l = mem_new(Lit);
    l->kind = LIT_BINARY;
    l->bytes = chunk->bytes;
    l->count = chunk->size;
    l->last_bits = 8;
    return l;
}

void tables_attributes(Load *l) {
    Reader *attr = &l->chunks[CHUNK_ATTR], *cinf = &l->chunks[CHUNK_CINF];
    l->file->attributes_chunk = as_binary(attr);
    l->file->compile_chunk = as_binary(cinf);
    if (attr->size) l->file->attributes = etf_read_versioned(attr);
    if (cinf->size) l->file->compile_info = etf_read_versioned(cinf);
}

/* ---- lines ---- */

static void read_file_names(Load *l, Reader *r, uint32_t count) {
    BeamFile *f = l->file;
    for (uint32_t i = 0; i < count; i++) {
        size_t len = reader_u16(r);
        const char *name = (const char *)reader_take(r, len);
        vec_push(&f->files, len ? mem_copy_text(name, len) : f->files.at[0]);
    }
}

/* Where a file's number or a line is as large as this, stock knows no place. */
enum { FILES_LIMIT = 255, LINES_LIMIT = (1 << 24) - 1 };

/* Numbers with tag i are lines in the file last named by a number with tag a. */
void tables_lines(Load *l) {
    BeamFile *f = l->file;
    vec_push(&f->files, mem_format("%s.erl", f->module));
    vec_push(&f->lines, ((BeamLine){0, 0}));
    if (!l->has[CHUNK_LINE]) return;
    Reader *r = &l->chunks[CHUNK_LINE];
    if (reader_u32(r) != 0) return; /* an unknown version: no lines, as stock does */
    reader_u32(r);                  /* flags */
    reader_u32(r);                  /* number of line instructions */
    uint32_t count = reader_u32(r), files = reader_u32(r);
    if (count > reader_left(r) || files > reader_left(r) / 2) {
        reader_fail(r, "%u lines in %u files cannot fit", count, files);
    }
    for (uint32_t file = 0; f->lines.count <= count;) {
        size_t start = r->at;
        unsigned tag;
        uint64_t v = compact_number(r, &tag);
        if (tag == COMPACT_A && v <= files) {
            file = (uint32_t)v;
        } else if (tag == COMPACT_I && v <= INT32_MAX) {
            bool fits = file < FILES_LIMIT && v < LINES_LIMIT;
            vec_push(&f->lines, fits ? ((BeamLine){file, (uint32_t)v}) : ((BeamLine){0, 0}));
        } else {
            reader_fail_at(r, start, "neither a line nor one of %u files", files);
        }
    }
    read_file_names(l, r, files);
    l->lines_known = true;
}

/* ---- native records ---- */

/* Each is laid out as an instruction of three operands: name, whether exported, and a list of
 * (field, default); the number 0 stands for no default. */
static BeamRecord one_record(Load *l, Reader *r, ArgPool *pool) {
    size_t start = r->at;
    Arg name, exported, list;
    uint8_t code = reader_u8(r);
    compact_read(l, r, pool, &name);
    compact_read(l, r, pool, &exported);
    compact_read(l, r, pool, &list);
    if (code != OP_call_last || name.kind != ARG_ATOM || exported.kind != ARG_ATOM ||
        list.kind != ARG_LIST || list.count % 2 != 0) {
        reader_fail_at(r, start, "not a record's definition");
    }
    BeamRecord record = {.name = (uint32_t)name.u};
    record.exported = strcmp(l->file->atoms[exported.u], "true") == 0;
    for (size_t i = 0; i < list.count; i += 2) {
        const Arg *key = &list.items[i], *value = &list.items[i + 1];
        bool none = value->kind == ARG_U && value->u == 0;
        if (key->kind != ARG_ATOM || (!none && value->kind != ARG_LIT)) {
            reader_fail_at(r, start, "field %zu of a record is damaged", i / 2);
        }
        vec_push(&record.fields, ((BeamField){(uint32_t)key->u, none ? NULL : value->lit}));
    }
    return record;
}

void tables_records(Load *l) {
    if (!l->has[CHUNK_RECS]) return;
    Reader *r = &l->chunks[CHUNK_RECS];
    if (reader_u32(r) != 0) reader_fail_at(r, 0, "record definitions of an unknown version");
    uint32_t count = reader_u32(r);
    reader_u32(r); /* number of fields in all */
    if (count > reader_left(r) / 4) reader_fail_at(r, 4, "%u records cannot fit", count);
    ArgPool pool = {0};
    for (; count > 0; count--)
        vec_push(&l->file->records, one_record(l, r, &pool));
}
