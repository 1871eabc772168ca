/* image.h: ELF executables: their symbols, a section by name, and the last step after linking. */
#pragma once
#include "base/mem.h"

typedef struct ImageSymbol {
    const char *name;
    uint64_t address, size;
    bool is_code;
} ImageSymbol;
typedef VEC(ImageSymbol) ImageSymbols;

/* All return NULL, or what is wrong with the image. Never read outside it. */
const char *image_symbols(const uint8_t *bytes, size_t size, ImageSymbols *out);
const char *image_section(const uint8_t *bytes, size_t size, const char *name, const uint8_t **at,
                          size_t *len); /* *at NULL: no such section */
/* A copy of the image with one more section; without symbols and debug information, unless kept. */
const char *image_finish(const uint8_t *bytes, size_t size, const char *section, const void *data,
                         size_t len, bool keep_symbols, Text *out);
