/* image.h: a module as the interpreter runs it.
 *
 * Code is an array of 32-bit words: the address of an instruction's place in the loop (run.c), then
 * its operands. All that code refers to lies below 4 GB, in the literal area, so that a word holds
 * any address; what is loaded stays there for good.
 *
 * An operand that is a term is the offset of its place from one of three bases, which its two
 * lowest bits name: X registers, the top of the stack, or 0 (constants, by their address).
 *
 * A frame has one word more than that of compiled code: sp[1] keeps where an interpreted call comes
 * back to, while sp[0] holds the one return address of all interpreted code. Between calls sp[0] is
 * 0. Just before the place that a call comes back to lies the address of its Loc. */
#pragma once
#include "abi/natives.h"
#include <stdbool.h>
#include "ctx/alloc.h"

typedef uint32_t Word;

enum { BASE_X = 0, BASE_Y = 1, BASE_CONST = 2 };
enum { FRAME_EXTRA = 2 }; /* words of a frame before Y0 */
/* X registers from FLOAT_REGISTERS on hold floats. */
enum { FLOAT_REGISTERS = 900, X_LIMIT = 800, Y_LIMIT = 1024, F_LIMIT = 100 };

static inline Word *word_code(Word address) {
    return (Word *)(uintptr_t)address;
}

/* A function by name: one for each name that loaded code calls or exports, for ever. */
typedef struct __attribute__((aligned(16))) Entry {
    Term module, name;
    uint32_t arity;
    _Atomic(Word) code; /* of the current version, 0: not loaded. Released by whoever loads, with
                           all that the code refers to */
    FnPlace own;        /* what a call of it shows where it is not there */
    struct Entry *next; /* of the module's */
} Entry;

typedef struct ImageExport {
    Term name;
    uint32_t arity;
    Word code;
} ImageExport;

/* A fun's entry, and where its body is. */
typedef struct __attribute__((aligned(16))) ImageFun {
    FunEntry entry; /* first */
    Word code;
} ImageFun;

typedef struct Image {
    Term module;
    uint8_t md5[16];
    Term attributes, compile; /* literals */
    ImageExport *exports;
    size_t export_count;
    ImageFun *funs;
    size_t fun_count;
    ImageFun *on_load; /* a fun of no arguments, or NULL */
    const Word *code, *code_end;
    NativeModule natives; /* functions that NIFs may replace; no rows: none */
} Image;

/* What prepare_loading gives: a module that is ready to be loaded. */
typedef struct Prepared {
    Magic magic;
    Image *image; /* NULL once it is loaded */
} Prepared;

/* The module in those bytes, or NULL where they are none. Any thread. */
Image *brc_interp_load(const uint8_t *bytes, size_t size);

/* ---- modules.c: what is loaded. Any thread. ---- */
Entry *brc_interp_entry(Term module, Term name, uint32_t arity); /* made if need be */
/* The code of a function in the current version of a loaded module, or 0. */
Word brc_interp_find(Term module, Term name, uint32_t arity);
const Image *brc_interp_current(Term module); /* or NULL */
const Image *brc_interp_old(Term module);
bool brc_interp_was_loaded(Term module); /* is, or was */
/* It becomes the current version, and that the old one; false: there is an old one already. */
bool brc_interp_commit(Image *image);
bool brc_interp_delete(Term module); /* the current version becomes old; as commit */
bool brc_interp_purge(Term module);  /* false: there was no old version */
/* ---- NIFs: see abi/natives.h ---- */
void brc_interp_note_natives(Image *image); /* of an image that may be run from here on */
NativeModule *brc_interp_natives_of(const FnInfo *fn);
struct NifLibrary *brc_interp_older_library(const NativeModule *m);
/* Calls `visit` with each name that is loaded. */
void brc_interp_each(void (*visit)(Term module, void *arg), void *arg);
/* ---- enter.c ---- */
extern Code *const brc_interp_fun_code[BRC_MAX_ARITY + 1];
