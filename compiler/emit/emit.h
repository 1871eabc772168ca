/* emit.h: C text from what was read. */
#pragma once
#include "beam/beam.h"
#include "analyse/reach.h"

typedef struct EmitOptions {
    bool placeless;   /* traces show no file and line: the modules that erl has preloaded */
    bool lines;       /* #line directives (-g) */
    bool traced;      /* calls can be traced: abi/traced.h */
    const bool *weak; /* functions that a program may leave out, by index */
    const char *const *sources; /* for them: the full name of each of the module's files */
} EmitOptions;

/* The C of one module, complete: every function, whether reached or not, so that its object can be
 * cached by the module's content alone. It includes "code/gen.h" and nothing else. */
char *emit_module(const BeamFile *f, const EmitOptions *o, size_t *len);
typedef struct CarriedFile { /* a file inside the executable */
    const char *name;
    const uint8_t *bytes;
    size_t size;
} CarriedFile;
typedef VEC(CarriedFile) Carried;
typedef struct Extras { /* what goes into a program beside its modules */
    Carried carried;
    VEC(const char *) nifs; /* libraries of NIFs, by their names: NAME_nif_init */
    bool dynamic;           /* opens shared objects at run time */
} Extras;

/* The C of the program's tables (abi/program.h): atoms, exports, modules, built-ins, stubs for what
 * is missing. main: "M:F/A" of the program's entry, F/1 or F/0. */
char *emit_program(const Reach *r, const char *main_module, const char *main_function,
                   uint32_t main_arity, const Extras *extras, size_t *len);
/* A human's view of the IR of every function, for `beamrc disasm`. */
void emit_print_ir(const BeamFile *f, Text *out);
