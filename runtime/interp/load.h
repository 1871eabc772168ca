/* load.h: a .beam file on its way to an Image: its tables, its instructions, then the words made
 * from them. All of it but the Image lies in an arena that goes when loading ends. */
#pragma once
#include "abi/program.h"
#include "interp/image.h"
#include "interp/reader.h"

enum Chunk {
    CHUNK_ATU8,
    CHUNK_CODE,
    CHUNK_STRT,
    CHUNK_IMPT,
    CHUNK_EXPT,
    CHUNK_FUNT,
    CHUNK_LITT,
    CHUNK_META,
    CHUNK_RECS,
    CHUNK_DBGB,
    CHUNK_LINE,
    CHUNK_ATTR,
    CHUNK_CINF,
    CHUNK_COUNT
};

enum ArgKind { ARG_U, ARG_X, ARG_Y, ARG_FLOAT, ARG_LABEL, ARG_TERM, ARG_LIST, ARG_ALLOC };

typedef struct Arg {
    enum ArgKind kind;
    uint32_t count; /* of items */
    uint64_t u;     /* number, register or label; heap words of an allocation */
    Term t;         /* a literal or immediate; a small, too, where the operand is a number */
    struct Arg *items;
} Arg;

typedef struct Op {
    uint8_t code, count;
    uint32_t line;
    Arg *args;
} Op;

typedef struct Import {
    Term module, name;
    uint32_t arity;
} Import;

typedef struct FunctionName { /* an export, or a function's head */
    Term name;
    uint32_t arity, label;
} FunctionName;

typedef struct FunRow {
    Term name;
    uint32_t arity, label, index, nfree, old_uniq;
} FunRow;

typedef struct Line {
    uint32_t file, line;
} Line;

enum FixKind { FIX_LABEL, FIX_CONST };
typedef struct Fix { /* a word that is an address within what is made */
    uint32_t at;
    enum FixKind kind;
    uint32_t index; /* of the label or constant */
} Fix;

typedef struct Load {
    Bytes file;
    bool failed;
    struct ArenaBlock *arena;
    Bytes chunks[CHUNK_COUNT];
    bool has[CHUNK_COUNT];
    /* -- tables -- */
    Term *atoms; /* from 1 */
    uint32_t atom_count, import_count, export_count, fun_count, literal_count, line_count,
        file_count;
    Import *imports;
    FunctionName *exports;
    FunRow *funs;
    Term *literals;
    Line *lines;
    const char **files; /* literal area */
    uint8_t *strings;   /* literal area */
    uint32_t string_bytes;
    /* -- instructions -- */
    uint32_t label_count, op_count, on_load_label;
    Op *ops;
    uint8_t *label_flags; /* enum LabelFlag */
    /* -- words -- */
    Word *words;
    size_t word_count, word_room;
    Fix *fixes;
    size_t fix_count, fix_room;
    Term *pool;
    size_t pool_count, pool_room;
    uint32_t *label_at; /* word of each label, ~0: not there */
    bool loads_nifs,
        declares_nifs; /* calls erlang:load_nif/2; some functions begin with nif_start */
    bool at_head;      /* the next label is the function's entry */
    const FnInfo *fn;  /* whose instructions are written */
    const Loc *loc;    /* the last that was made, of line loc_line */
    uint32_t loc_line;
    ImageFun *fun_entries;
    Image *image;
} Load;
enum LabelFlag { LABEL_THERE = 1, LABEL_HANDLER = 2 };

void *brc_interp_arena(Load *l, size_t count, size_t size); /* zeroed */
void *brc_interp_lasting(size_t bytes);                     /* in the literal area, zeroed */
void brc_interp_tables(Load *l);                            /* chunks and all tables */
void brc_interp_ops(Load *l);                               /* the instructions */
void brc_interp_write(Load *l);                             /* the image */
