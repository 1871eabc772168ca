/* carried.h: files inside the executable; written by the compiler, as program.h's tables are. */
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct CarriedFile {
    const char *name;
    const uint8_t *bytes;
    size_t size;
} CarriedFile;

/* By their names' bytes; in a folder are those whose names begin with its own and a slash. */
typedef struct CarriedFiles {
    size_t count;
    CarriedFile files[];
} CarriedFiles;
extern const CarriedFiles brc_program_carried __attribute__((weak));

/* The folders below lib/ that the program's modules were in, in the order of its table of modules;
 * NULL: in none. */
extern const char *const brc_program_libraries[] __attribute__((weak));
