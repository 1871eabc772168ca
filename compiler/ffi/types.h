/* types.h: which values of Erlang a C type stands for. */
#pragma once
#include "ffi/clang.h"
#include "ffi/proto.h"

typedef struct TypeReader {
    const Clang *clang;
    const Map *resources; /* names that BRC_RESOURCE or BRC_RESOURCE_OF_OTHER was given */
} TypeReader;

/* NULL: it stands for one, in *out; else why it does not. */
const char *types_of_argument(const TypeReader *r, CXType type, FfiType *out);
const char *types_of_result(const TypeReader *r, CXType type, FfiType *out);
bool types_is_environment(const TypeReader *r, CXType type); /* brc_env * */
/* Two parameters that are one argument: const uint8_t * (or const void *) and size_t. */
bool types_is_slice(const TypeReader *r, CXType pointer, CXType size);
