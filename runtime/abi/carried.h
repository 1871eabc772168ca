/* carried.h: files inside the executable; written by the compiler, as program.h's tables are. */
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct CarriedFile {
    const char *name;
    const uint8_t *bytes;
    size_t size;
} CarriedFile;

/* To a name that is NULL. */
extern const CarriedFile brc_program_carried[] __attribute__((weak));
