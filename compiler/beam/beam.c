/* beam.c: reading a module: the order of its steps, and the table of opcodes. */
#include "beam/beam.h"
#include "beam/check.h"
#include "beam/decode.h"
#include "beam/tables.h"

#include <errno.h>
#include <stdio.h>

static const OpInfo op_infos[OP_COUNT] = {
#define OP(code, name, arity, operands, first, last) [code] = {#name, arity, operands, first, last},
#include "abi/op.def"
#undef OP
};

const OpInfo *beam_op_info(unsigned code) {
    return code < OP_COUNT && op_infos[code].name ? &op_infos[code] : NULL;
}

static void read_all(Load *l) {
    chunk_find_all(l);
    tables_atoms(l);
    tables_imports(l);
    tables_exports(l);
    tables_funs(l);
    tables_strings(l);
    tables_literals(l);
    tables_attributes(l);
    tables_lines(l);
    tables_types(l);
    uint32_t functions = decode_header(l);
    tables_records(l);
    decode_code(l, functions);
    check_tables(l);
    check_code(l);
    chunk_checksum(l);
}

BeamFile *beam_read_bytes(const char *path, const uint8_t *bytes, size_t size, char **error) {
    Load *l = mem_new(Load);
    l->fail.path = path;
    l->file = mem_new(BeamFile);
    l->file->path = path;
    l->file->bytes = bytes;
    l->file->size = size;
    if (setjmp(l->fail.out)) {
        *error = l->fail.message;
        return NULL;
    }
    read_all(l);
    *error = NULL;
    return l->file;
}

static uint8_t *read_file(FILE *in, size_t *size) {
    size_t room = 1 << 16, count = 0;
    uint8_t *bytes = mem_alloc_atomic(room);
    for (;;) {
        count += fread(bytes + count, 1, room - count, in);
        if (count < room) break;
        uint8_t *more = mem_alloc_atomic(room * 2);
        memcpy(more, bytes, count);
        bytes = more;
        room *= 2;
    }
    *size = count;
    return bytes;
}

BeamFile *beam_read(const char *path, char **error) {
    FILE *in = fopen(path, "rb");
    if (!in) {
        *error = mem_format("%s: %s", path, strerror(errno));
        return NULL;
    }
    size_t size;
    errno = 0;
    uint8_t *bytes = read_file(in, &size);
    int failure = ferror(in) ? errno : 0;
    fclose(in);
    if (failure) {
        *error = mem_format("%s: %s", path, strerror(failure));
        return NULL;
    }
    return beam_read_bytes(path, bytes, size, error);
}

bool beam_is_exported(const BeamFile *f, const BeamFunction *fn) {
    for (size_t i = 0; i < f->exports.count; i++)
        if (f->exports.at[i].name == fn->name && f->exports.at[i].arity == fn->arity) return true;
    return false;
}
