/* program.h: the tables that the compiler writes once per program (reachable things only) and the
 * runtime reads. All sorted, so that the runtime starts without building anything. */
#pragma once
#include "abi/layout.h"

typedef struct Export { /* sorted by module, name, arity */
    Term module, name;
    uint32_t arity;
    uint32_t is_bif;
    Code *code;
} Export;

typedef struct ModuleInfo { /* sorted by name */
    Term name;
    uint8_t md5[16];
    Term attributes, compile; /* literals */
} ModuleInfo;

typedef struct Program {
    const Term *atoms;           /* ascending */
    const uint32_t *atom_places; /* where each one's text begins among those; then their end */
    const char *atom_texts;      /* UTF-8, a zero byte behind each */
    size_t atom_count;
    const Export *exports;
    size_t export_count;
    const ModuleInfo *modules;
    size_t module_count;
    const Bif *const *bifs; /* the reachable ones */
    size_t bif_count;
    Term main_module, main_function; /* what to run: main/1 or main/0 */
    uint32_t main_arity;
    Term otp_release; /* small: 25 */
} Program;
extern const Program brc_program;

/* One per continuation, in address order (a link-order section of 32-bit words). */
typedef struct PcLoc {
    uint32_t code; /* address of the continuation */
    uint32_t loc;  /* address of its Loc: the call it returns from */
} PcLoc;
extern const PcLoc __start_brc_pcs[], __stop_brc_pcs[];
