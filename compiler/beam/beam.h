/* beam.h: a .beam file, read: its tables and its code as decoded ops. Everything an op's operands
 * name by number is checked here against the tables, so later rooms index without testing. */
#pragma once
#include "base/mem.h"

/* ---- literal terms (external term format, decoded) ---- */
typedef enum LitKind {
    LIT_INT,   /* i */
    LIT_BIG,   /* limbs, negative */
    LIT_FLOAT, /* d */
    LIT_ATOM,  /* text */
    LIT_NIL,
    LIT_CONS,   /* items[0..count-1) then the tail items[count-1]: [a,b|T] in one node */
    LIT_TUPLE,  /* items */
    LIT_MAP,    /* items: k0 v0 k1 v1 ... as stored */
    LIT_BINARY, /* bytes, count bytes; last_bits 1..8 bits used in the last byte */
    LIT_EXPORT, /* fun M:F/A: items[0], items[1] atoms, items[2] int */
    LIT_OTHER,  /* pid, port, reference: never in .beam files; refused with an error */
} LitKind;

typedef struct Lit {
    LitKind kind;
    bool negative;
    uint8_t last_bits;
    uint32_t hash; /* equal literals have equal hashes; etf.h compares them */
    int64_t i;
    double d;
    const char *text; /* atom: UTF-8, NUL-terminated */
    const uint8_t *bytes;
    const uint64_t *limbs;
    size_t count; /* of items, bytes, limbs or text */
    struct Lit **items;
} Lit;

/* ---- operands ---- */
typedef enum ArgKind {
    ARG_U,    /* plain number: u */
    ARG_INT,  /* small integer term: i */
    ARG_BIG,  /* integer beyond 64 bits: lit */
    ARG_ATOM, /* u: index into atoms, 1-based; 0 is [] and is given as ARG_NIL */
    ARG_NIL,
    ARG_X,     /* u */
    ARG_Y,     /* u */
    ARG_FR,    /* float register, u */
    ARG_LABEL, /* u; 0: none */
    ARG_CHAR,  /* never made: characters are given as ARG_INT */
    ARG_LIT,   /* lit, u: index in the literal table */
    ARG_LIST,  /* items, count; lists do not nest */
    ARG_ALLOC, /* allocation list: items as pairs (kind, number), both ARG_U, kind being 0 words,
                * 1 floats, 2 funs; count is of items */
} ArgKind;

typedef struct Arg {
    ArgKind kind;
    int32_t type; /* index into types for a typed register, else -1 */
    uint64_t u;
    int64_t i;
    const Lit *lit;
    struct Arg *items;
    size_t count;
} Arg;

typedef struct Op {
    uint16_t code; /* number in op.def */
    uint16_t nargs;
    uint32_t offset; /* in the Code chunk's instructions */
    Arg *args;
} Op;

/* ---- tables ---- */
typedef struct BeamImport {
    uint32_t module, name, arity;
} BeamImport; /* atom indexes */
typedef struct BeamExport {
    uint32_t name, arity, label;
} BeamExport;
typedef struct BeamFun {
    uint32_t name, arity, label, index, nfree, old_uniq;
} BeamFun;
typedef struct BeamLine {
    uint32_t file, line;
} BeamLine;               /* entry 0: no place */
typedef struct BeamType { /* one entry of the Type chunk: a union of types with an optional range */
    uint32_t mask; /* BEAM_TYPE_*, translated to one numbering whatever the chunk's version */
    bool has_min, has_max;
    int64_t min, max;
    uint32_t unit; /* of bitstrings; 0: unknown */
} BeamType;
enum {
    BEAM_TYPE_ATOM = 1,
    BEAM_TYPE_BITSTRING = 2,
    BEAM_TYPE_MATCHCTX = 4,
    BEAM_TYPE_CONS = 8,
    BEAM_TYPE_FLOAT = 16,
    BEAM_TYPE_FUN = 32,
    BEAM_TYPE_INTEGER = 64,
    BEAM_TYPE_MAP = 128,
    BEAM_TYPE_NIL = 256,
    BEAM_TYPE_PID = 512,
    BEAM_TYPE_PORT = 1024,
    BEAM_TYPE_REF = 2048,
    BEAM_TYPE_TUPLE = 4096,
    BEAM_TYPE_RECORD = 8192 /* OTP 29 native records, if any */,
};

typedef struct BeamField { /* of a record definition; value NULL: no default */
    uint32_t name;         /* atom index */
    const Lit *value;
} BeamField;
typedef struct BeamRecord { /* a native record that the module defines (OTP 29) */
    uint32_t name;          /* atom index */
    bool exported;
    VEC(BeamField) fields; /* in the order of the chunk */
} BeamRecord;
typedef struct BeamLabel { /* where a label is */
    uint32_t function;     /* index in functions; BEAM_NO_FUNCTION: nowhere */
    uint32_t op;           /* index of its OP_label in that function's ops */
} BeamLabel;
#define BEAM_NO_FUNCTION UINT32_MAX

/* Its ops begin OP_label, at most one OP_line, OP_func_info, OP_label, and hold those of no other
 * function; jumps stay inside, calls and funs go to entry labels of functions of fitting arity. */
typedef struct BeamFunction { /* from its label and func_info to the next one's */
    uint32_t name, arity;     /* atom index */
    uint32_t entry;           /* label after func_info */
    uint32_t info_label;      /* label before func_info */
    Op *ops;                  /* from the info label on */
    size_t count;
} BeamFunction;

typedef struct BeamFile {
    const char *path;
    const char *module;  /* name, UTF-8 */
    const char **atoms;  /* 1-based; UTF-8, NUL-terminated */
    uint32_t *atom_lens; /* bytes (an atom may hold NUL) */
    VEC(BeamImport) imports;
    VEC(BeamExport) exports;
    VEC(BeamExport) locals;
    VEC(BeamFun) funs;
    VEC(Lit *) literals;
    VEC(BeamLine) lines;
    VEC(const char *) files; /* 0 is the module's own source: MODULE.erl */
    VEC(BeamType) types;
    VEC(BeamFunction) functions;
    VEC(BeamRecord) records;
    BeamLabel *labels; /* label_count of them; label 0 is nowhere */
    const uint8_t *strings;
    size_t string_bytes;
    uint32_t atom_count;  /* atoms[1..atom_count] */
    uint32_t label_count; /* labels are below it */
    uint32_t opcode_max;
    Lit *attributes, *compile_info;        /* NULL: no such chunk */
    Lit *attributes_chunk, *compile_chunk; /* as stored: binaries */
    uint8_t md5[16];                       /* of the chunks that code:module_md5 counts */
    const uint8_t *bytes;                  /* the whole file */
    size_t size;
} BeamFile;

/* Reads a file, or bytes that came from `path`. NULL: not good; *error is one line with path, chunk
 * and offset (Boehm-allocated). Never crashes, whatever the bytes. */
BeamFile *beam_read(const char *path, char **error);
BeamFile *beam_read_bytes(const char *path, const uint8_t *bytes, size_t size, char **error);

bool beam_is_exported(const BeamFile *f, const BeamFunction *fn);

/* op.def's rows. */
typedef struct OpInfo {
    const char *name;
    uint8_t arity;
    const char *operands;        /* kinds, one letter each; see op.def */
    uint8_t first_otp, last_otp; /* erlc releases that emit it, 0: none of 25..29 */
} OpInfo;
const OpInfo *beam_op_info(unsigned code); /* NULL: no such opcode */
enum {
#define OP(code, name, arity, operands, first, last) OP_##name = code,
#include "abi/op.def"
#undef OP
    OP_COUNT
};
