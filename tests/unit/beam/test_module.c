/* test_module.c: whole modules made by hand: each chunk's forms and versions, and what is wrong
 * with damaged ones. */
#include "build.h"

#include <criterion/criterion.h>

static BeamFile *good(const Parts *p) {
    char *error;
    BeamFile *f = parts_read(p, &error);
    cr_assert_not_null(f, "%s", error);
    cr_assert_null(error);
    return f;
}

static void bad(const Parts *p, const char *wanted) {
    char *error;
    cr_assert_null(parts_read(p, &error));
    cr_assert(strncmp(error, "m.beam: ", 8) == 0, "%s", error);
    cr_assert(strstr(error, wanted), "%s", error);
    cr_assert_null(strchr(error, '\n'));
}

static void put_return(Parts *p) {
    put_u8(&p->body, OP_return);
}

static Parts with_return(void) {
    Parts p;
    parts_start(&p);
    put_return(&p);
    return p;
}

/* move SOURCE x0, return; the source is put by the caller between the two. */
static void put_move_start(Parts *p) {
    parts_start(p);
    put_u8(&p->body, OP_move);
}

static void put_move_end(Parts *p) {
    put_arg(&p->body, COMPACT_X, 0);
    put_return(p);
}

static const Arg *moved(const BeamFile *f) {
    return &f->functions.at[0].ops[3].args[0];
}

/* ---- tables ---- */

Test(module, smallest) {
    Parts p = with_return();
    BeamFile *f = good(&p);
    cr_assert_str_eq(f->module, "m");
    cr_assert_eq(f->atom_count, 6);
    cr_assert_str_eq(f->atoms[3], "erlang");
    cr_assert_eq(f->atom_lens[3], 6);
    cr_assert_eq(f->functions.count, 1);
    const BeamFunction *function = &f->functions.at[0];
    cr_assert_eq(function->name, 2);
    cr_assert_eq(function->arity, 0);
    cr_assert_eq(function->info_label, 1);
    cr_assert_eq(function->entry, 2);
    cr_assert_eq(function->count, 4);
    cr_assert_eq(function->ops[1].code, OP_func_info);
    cr_assert_eq(function->ops[3].code, OP_return);
    cr_assert_eq(f->labels[2].function, 0);
    cr_assert_eq(f->labels[2].op, 2);
    cr_assert_eq(f->labels[3].function, BEAM_NO_FUNCTION);
    cr_assert_eq(f->imports.count, 1);
    cr_assert_eq(f->exports.at[0].label, 2);
    cr_assert_eq(f->lines.count, 1);
    cr_assert_str_eq(f->files.at[0], "m.erl");
    cr_assert_null(f->attributes);
}

Test(module, atoms_with_long_lengths) {
    Parts p = with_return();
    p.atoms.count = 0;
    put_u32(&p.atoms, (uint32_t)-7);
    static const char *const names[] = {"m", "f", "erlang", "self", "true", "skip"};
    for (int i = 0; i < 6; i++) {
        put_arg(&p.atoms, COMPACT_U, (uint32_t)strlen(names[i]));
        put_raw(&p.atoms, names[i], strlen(names[i]));
    }
    put_arg(&p.atoms, COMPACT_U, 510); /* 255 characters of two bytes */
    for (int i = 0; i < 255; i++)
        put_raw(&p.atoms, "\303\244", 2);
    BeamFile *f = good(&p);
    cr_assert_eq(f->atom_count, 7);
    cr_assert_eq(f->atom_lens[7], 510);
    put_raw(&p.atoms, "x", 1); /* what follows is passed by */
    good(&p);
    p.atoms.at[3] = (uint8_t)-8;
    bad(&p, "chunk AtU8");
}

Test(module, atoms_that_are_wrong) {
    Parts p = with_return();
    p.atoms.at[3] = 200;
    bad(&p, "chunk AtU8, offset 0");
    p.atoms.at[3] = 7;
    bad(&p, "ends too early");
    p.atoms.at[3] = 6;
    p.atoms.at[5] = 0xFF;
    bad(&p, "offset 5: an atom's text is not UTF-8");
}

Test(module, imports_and_exports) {
    Parts p = with_return();
    p.imports.at[7] = 9;
    bad(&p, "chunk ImpT, offset 4: atom 9 of 6");
    p = with_return();
    p.imports.at[2] = 1;
    bad(&p, "imports cannot fit");
    p = with_return();
    p.exports.at[15] = 1;
    bad(&p, "chunk ExpT, offset 4: f/0 is not at label 1");
    p.exports.at[15] = 200;
    bad(&p, "not at label 200");
    p = with_return();
    p.exports.at[10] = 1;
    bad(&p, "arity 256");
}

Test(module, funs) {
    Parts p = with_return();
    const uint32_t rows[] = {1, 2, 0, 2, 0, 0, 0x1234};
    for (int i = 0; i < 7; i++)
        put_u32(&p.funs, rows[i]);
    BeamFile *f = good(&p);
    cr_assert_eq(f->funs.at[0].old_uniq, 0x1234);
    p.funs.at[23] = 1;
    bad(&p, "a fun of arity 0 with 1 free variables");
}

Test(module, literals_plain_and_packed) {
    Parts p;
    put_move_start(&p);
    put_extended(&p.body, 4);
    put_arg(&p.body, COMPACT_U, 1);
    put_move_end(&p);
    put_literal(&p.literals, "w\1x", 3);
    put_literal(&p.literals, "h\2a\1a\2", 6);
    BeamFile *f = good(&p);
    cr_assert_eq(moved(f)->kind, ARG_LIT);
    cr_assert_eq(moved(f)->lit->kind, LIT_TUPLE);
    cr_assert_eq(moved(f)->lit, f->literals.at[1]);

    Bytes plain = p.literals;
    uLongf len = 4000;
    p.literals.count = 0;
    put_u32(&p.literals, (uint32_t)plain.count - 4);
    cr_assert_eq(compress(p.literals.at + 4, &len, plain.at + 4, plain.count - 4), Z_OK);
    p.literals.count += len;
    f = good(&p);
    cr_assert_eq(moved(f)->lit->count, 2);
    p.literals.at[3]++;
    bad(&p, "damaged or not of the promised");
    p.literals.at[0] = 0xFF;
    bad(&p, "cannot hold");

    p.literals = plain;
    p.literals.at[7] = 1; /* only one literal now */
    bad(&p, "literal 1 of 1");
}

Test(module, literal_longer_than_it_says) {
    Parts p = with_return();
    put_literal(&p.literals, "w\1x", 3);
    p.literals.at[11] = 3;
    bad(&p, "chunk LitT, offset 15: ends too early");
}

Test(module, lines) {
    Parts p;
    parts_start(&p);
    put_u8(&p.body, OP_line);
    put_arg(&p.body, COMPACT_U, 2);
    put_return(&p);
    const uint32_t header[] = {0, 0, 1, 3, 1};
    for (int i = 0; i < 5; i++)
        put_u32(&p.lines, header[i]);
    put_arg(&p.lines, COMPACT_I, 7);
    put_arg(&p.lines, COMPACT_A, 1);
    put_arg(&p.lines, COMPACT_I, 300);
    put_arg(&p.lines, COMPACT_I, 70000);
    put_raw(&p.lines, "\0\5x.hrl", 7);
    BeamFile *f = good(&p);
    cr_assert_eq(f->lines.count, 4);
    cr_assert_eq(f->lines.at[1].file, 0);
    cr_assert_eq(f->lines.at[1].line, 7);
    cr_assert_eq(f->lines.at[2].file, 1);
    cr_assert_eq(f->lines.at[2].line, 300);
    cr_assert_eq(f->lines.at[3].line, 70000);
    cr_assert_str_eq(f->files.at[1], "x.hrl");
    p.lines.at[3] = 1; /* an unknown version: as if there were none */
    f = good(&p);
    cr_assert_eq(f->functions.at[0].ops[3].args[0].u, 0);
    p.lines.at[3] = 0;
    p.lines.at[15] = 200;
    bad(&p, "chunk Line");
    p.lines.at[15] = 2;
    p.lines.at[19] = 0;
    bad(&p, "neither a line nor one of 0 files");
}

static BeamType read_type(uint32_t version, const void *row, size_t size) {
    Parts p;
    put_move_start(&p);
    put_extended(&p.body, 5);
    put_arg(&p.body, COMPACT_X, 3);
    put_arg(&p.body, COMPACT_U, 0);
    put_move_end(&p);
    put_u32(&p.types, version);
    put_u32(&p.types, 1);
    put_raw(&p.types, row, size);
    BeamFile *f = good(&p);
    cr_assert_eq(moved(f)->kind, ARG_X);
    cr_assert_eq(moved(f)->u, 3);
    if (version > 4) {
        cr_assert_eq(moved(f)->type, -1);
        return (BeamType){0};
    }
    cr_assert_eq(moved(f)->type, 0);
    return f->types.at[0];
}

#define ROW(s) (s), sizeof(s) - 1

Test(module, types_of_every_version) {
    BeamType t = read_type(1, ROW("\0\104\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\11"));
    cr_assert_eq(t.mask, BEAM_TYPE_INTEGER | BEAM_TYPE_MATCHCTX);
    cr_assert(t.has_min && t.has_max && t.min == 1 && t.max == 9 && t.unit == 0);
    t = read_type(1, ROW("\20\0\0\0\0\0\0\0\0\0\377\377\377\377\377\377\377\377"));
    cr_assert_eq(t.mask, BEAM_TYPE_TUPLE);
    cr_assert(!t.has_min && !t.has_max);
    t = read_type(2, ROW("\40\100\377\377\377\377\377\377\377\376"));
    cr_assert_eq(t.mask, BEAM_TYPE_INTEGER);
    cr_assert(t.has_min && !t.has_max && t.min == -2);
    t = read_type(2, ROW("\200\2\7"));
    cr_assert_eq(t.mask, BEAM_TYPE_BITSTRING);
    cr_assert_eq(t.unit, 8);
    t = read_type(3, ROW("\70\40\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\5"));
    cr_assert_eq(t.mask, BEAM_TYPE_INTEGER | BEAM_TYPE_TUPLE);
    cr_assert(t.has_min && t.has_max && t.min == 0 && t.max == 5);
    t = read_type(3, ROW("\100\2\377"));
    cr_assert_eq(t.mask, BEAM_TYPE_BITSTRING | BEAM_TYPE_MATCHCTX);
    cr_assert_eq(t.unit, 256);
    t = read_type(4, ROW("\20\1"));
    cr_assert_eq(t.mask, BEAM_TYPE_ATOM | BEAM_TYPE_RECORD);
    t = read_type(4, ROW("\200\2\0"));
    cr_assert_eq(t.unit, 1);
    read_type(5, ROW("anything"));
}

Test(module, native_records) {
    Parts p = with_return();
    put_literal(&p.literals, "a\52", 2);
    const uint32_t header[] = {0, 1, 2};
    for (int i = 0; i < 3; i++)
        put_u32(&p.records, header[i]);
    put_u8(&p.records, OP_call_last);
    put_arg(&p.records, COMPACT_A, 4);
    put_arg(&p.records, COMPACT_A, 5);
    put_extended(&p.records, 1);
    put_arg(&p.records, COMPACT_U, 4);
    put_arg(&p.records, COMPACT_A, 2);
    put_extended(&p.records, 4);
    put_arg(&p.records, COMPACT_U, 0);
    put_arg(&p.records, COMPACT_A, 6);
    put_arg(&p.records, COMPACT_U, 0);
    BeamFile *f = good(&p);
    cr_assert_eq(f->records.count, 1);
    const BeamRecord *r = &f->records.at[0];
    cr_assert(r->exported && r->name == 4 && r->fields.count == 2);
    cr_assert_eq(r->fields.at[0].value->i, 42);
    cr_assert_null(r->fields.at[1].value);
    p.records.at[7] = 2;
    bad(&p, "chunk Recs");
}

Test(module, attributes) {
    Parts p = with_return();
    put_raw(&p.attributes, "\203l\0\0\0\1h\2w\1ak\0\1xj", 16);
    cr_assert_eq(good(&p)->attributes->kind, LIT_CONS);
    p.attributes.at[0] = 130;
    bad(&p, "chunk Attr, offset 0: term format version 130");
}

/* ---- code ---- */

Test(module, integers) {
    static const struct {
        const char *bytes;
        size_t size;
        int64_t value;
    } rows[] = {{ROW("\361"), 15},
                {ROW("\351\377"), 2047},
                {ROW("\31\377\377"), -1},
                {ROW("\31\7\377"), 2047},
                {ROW("\331\200\0\0\0\0\0\0\0"), INT64_MIN},
                {ROW("\371\0\0\177\377\377\377\377\377\377\377"), INT64_MAX}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Parts p;
        put_move_start(&p);
        put_raw(&p.body, rows[i].bytes, rows[i].size);
        put_move_end(&p);
        const Arg *a = moved(good(&p));
        cr_assert_eq(a->kind, ARG_INT);
        cr_assert_eq(a->i, rows[i].value, "row %zu: %lld", i, (long long)a->i);
    }
    Parts p;
    put_move_start(&p);
    put_raw(&p.body, "\371\20\1\0\0\0\0\0\0\0\0\0", 12); /* 10 bytes: 2^72 */
    put_move_end(&p);
    const Arg *a = moved(good(&p));
    cr_assert_eq(a->kind, ARG_BIG);
    cr_assert_eq(a->lit->limbs[1], 256);
    cr_assert_eq(a->lit->count, 2);
}

static void body(Parts *p, const void *bytes, size_t size) {
    parts_start(p);
    put_raw(&p->body, bytes, size);
}

static void bad_body(const void *bytes, size_t size, const char *wanted) {
    Parts p;
    body(&p, bytes, size);
    bad(&p, wanted);
}

#define CODE(...) (uint8_t[]){__VA_ARGS__}, sizeof((uint8_t[]){__VA_ARGS__})
#define U(n)      (n) << 4 | COMPACT_U
#define I(n)      (n) << 4 | COMPACT_I
#define A(n)      (n) << 4 | COMPACT_A
#define X(n)      (n) << 4 | COMPACT_X
#define Y(n)      (n) << 4 | COMPACT_Y
#define F(n)      (n) << 4 | COMPACT_F
#define LIST(n)   0x17, U(n)

Test(module, operands_of_the_wrong_kind) {
    bad_body(CODE(OP_move, X(0), I(1), OP_return), "move in f/0: an operand is not a register");
    bad_body(CODE(OP_move, F(2), X(0), OP_return), "an operand is not a term");
    bad_body(CODE(OP_move, U(1), X(0), OP_return), "an operand is not a term");
    bad_body(CODE(OP_move, A(7), X(0), OP_return), "atom 7 of 6");
    bad_body(CODE(OP_move, 0x9B, 0xFF, X(0), OP_return), "offset");         /* x 1279 */
    bad_body(CODE(OP_move, 0x57, U(0), X(0), OP_return), "not a register"); /* type on a number */
    bad_body(CODE(OP_move, 0x67, U(0), X(0), OP_return), "begins with byte");
    bad_body(CODE(OP_move, 0x17, U(2), 0x17, U(0), U(0), OP_return), "begins with byte");
    bad_body(CODE(OP_jump, F(0), OP_return), "no label where one must be");
    bad_body(CODE(OP_jump, F(3), OP_return), "label 3 is not in this function");
    bad_body(CODE(OP_jump, F(9), OP_return), "label 9 of 8");
    bad_body(CODE(OP_move, Y(0), X(0), OP_return), "y register 0, but the stack frame has 0");
    bad_body(CODE(OP_allocate, U(2), U(0), OP_move, X(0), Y(2), OP_return), "frame has 2");
    bad_body(CODE(OP_catch, X(0), F(2), OP_return), "not a y register");
    bad_body(CODE(OP_fadd, F(0), X(0), X(0), X(0), OP_return), "not a float register");
}

Test(module, operands_that_do_not_fit_together) {
    bad_body(CODE(OP_call, U(1), F(2), OP_return), "1 arguments for arity 0");
    bad_body(CODE(OP_call, U(0), F(1), OP_return), "not where a function begins");
    bad_body(CODE(OP_call_ext, U(0), U(1), OP_return), "no such import");
    bad_body(CODE(OP_call_ext, U(2), U(0), OP_return), "2 arguments for arity 0");
    bad_body(CODE(OP_bif1, F(0), U(0), X(0), X(0), OP_return), "1 arguments for arity 0");
    bad_body(CODE(OP_make_fun3, U(0), X(0), LIST(0), OP_return), "no such fun");
    bad_body(CODE(OP_is_tagged_tuple, F(2), X(0), U(0), A(1), OP_return), "an arity is 0");
    bad_body(CODE(OP_update_record, A(1), U(2), X(0), X(0), LIST(2), U(3), X(1), OP_return),
             "beyond the tuple's size");
    bad_body(
        CODE(OP_update_record, A(1), U(4), X(0), X(0), LIST(4), U(3), X(1), U(3), X(1), OP_return),
        "a position is 3");
    bad_body(CODE(OP_select_val, X(0), F(2), LIST(1), I(1)), "a list of 1 operands");
    bad_body(CODE(OP_select_val, X(0), F(2), LIST(2), X(1), F(2)), "a register where a constant");
    bad_body(CODE(OP_bs_match_string, F(2), X(0), U(8), U(0), OP_return),
             "not in the string table");
}

Test(module, bs_match_takes_what_it_ensured) {
    Parts p;
    body(&p, CODE(OP_bs_match, F(2), X(0), LIST(2), A(6), U(9), OP_return));
    bad(&p, "it takes bits that it has not ensured");
    body(&p, CODE(OP_bs_match, F(2), X(0), LIST(2), A(5), U(9), OP_return));
    bad(&p, "an unknown command");
    body(&p, CODE(OP_bs_match, F(2), X(0), LIST(2), A(6), U(0), OP_return));
    good(&p);
    body(&p, CODE(OP_bs_match, F(2), X(0), LIST(1), A(6), OP_return));
    bad(&p, "cut off");
}

Test(module, functions_and_labels) {
    bad_body(CODE(OP_move, X(0), X(1)), "the function does not end here");
    bad_body(CODE(OP_label, U(2), OP_return), "a label placed twice");
    bad_body(CODE(OP_label, U(8), OP_return), "not below the number of labels");
    bad_body(CODE(OP_return, OP_func_info, A(1), A(2), U(0)), "func_info without a label before");
    bad_body(CODE(OP_return, OP_label, U(3), OP_func_info, A(1), A(4), U(0), OP_return),
             "func_info without a label after");
    bad_body(
        CODE(OP_return, OP_label, U(3), OP_func_info, A(3), A(4), U(0), OP_label, U(4), OP_return),
        "does not name a function of this module");
    Parts p;
    body(&p, CODE(OP_return, OP_label, U(3), OP_func_info, A(1), A(4), U(0), OP_label, U(4),
                  OP_return));
    bad(&p, "1 functions promised, 2 there");
    p.function_count = 2;
    cr_assert_eq(good(&p)->functions.at[1].count, 4);
    body(&p, CODE(OP_return, OP_label, U(3), OP_func_info, A(1), A(2), U(0), OP_label, U(4),
                  OP_return));
    p.function_count = 2;
    bad(&p, "function f/0 is there twice");
}

Test(module, instructions_of_other_times) {
    bad_body(CODE(OP_put_string, U(0), U(0), X(0), OP_return), "put_string, from before OTP 22");
    bad_body(CODE(255, OP_return), "instruction 255 does not exist");
    Parts p = with_return();
    p.opcode_max = OP_COUNT;
    bad(&p, "made for an OTP after 29");
}

/* ---- the container ---- */

static void bad_bytes(const Bytes *b, size_t size, const char *wanted) {
    char *error;
    cr_assert_null(beam_read_bytes("m.beam", b->at, size, &error));
    cr_assert(strstr(error, wanted), "%s", error);
}

Test(module, container) {
    Parts p = with_return();
    Bytes b = parts_join(&p);
    bad_bytes(&b, 0, "not a BEAM file");
    for (size_t size = 1; size < b.count; size++)
        bad_bytes(&b, size, "m.beam: ");
    b.at[8] = 'X';
    bad_bytes(&b, b.count, "not a BEAM file");
    b = parts_join(&p);
    memcpy(b.at + 12, "Xxxx", 4);
    bad_bytes(&b, b.count, "no AtU8 chunk");
    b = parts_join(&p);
    put_chunk(&b, "AtU8", &p.atoms);
    b.at[6] = (uint8_t)((b.count - 8) >> 8);
    b.at[7] = (uint8_t)(b.count - 8);
    bad_bytes(&b, b.count, "a second AtU8 chunk");
}

Test(module, every_byte_changed) {
    Parts p;
    put_move_start(&p);
    put_extended(&p.body, 4);
    put_arg(&p.body, COMPACT_U, 0);
    put_move_end(&p);
    put_literal(&p.literals, "t\0\0\0\1w\1kl\0\0\0\1a\1m\0\0\0\1x", 21);
    Bytes b = parts_join(&p);
    for (size_t i = 0; i < b.count; i++) {
        for (unsigned change = 1; change < 256; change += 2) {
            uint8_t *copy = mem_alloc_atomic(b.count);
            memcpy(copy, b.at, b.count);
            copy[i] ^= (uint8_t)change;
            char *error;
            BeamFile *f = beam_read_bytes("m.beam", copy, b.count, &error);
            cr_assert((f == NULL) != (error == NULL));
        }
    }
}

Test(module, gzip) {
    Parts p = with_return();
    Bytes b = parts_join(&p), packed = {0};
    z_stream z = {0};
    cr_assert_eq(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = b.at;
    z.avail_in = (uInt)b.count;
    z.next_out = packed.at;
    z.avail_out = sizeof packed.at;
    cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    packed.count = z.total_out;
    deflateEnd(&z);
    char *error;
    BeamFile *f = beam_read_bytes("m.beam", packed.at, packed.count, &error);
    cr_assert_not_null(f, "%s", error);
    cr_assert_eq(f->size, b.count);
    bad_bytes(&packed, packed.count - 20, "gzip data is damaged");
}

Test(module, missing_file) {
    char *error;
    cr_assert_null(beam_read("/nonexistent/m.beam", &error));
    cr_assert_str_eq(error, "/nonexistent/m.beam: No such file or directory");
    cr_assert_null(beam_read("/", &error));
    cr_assert(strncmp(error, "/: ", 3) == 0);
}
