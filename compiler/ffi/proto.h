/* proto.h: a native module: the exported functions of a C file, by their prototypes. */
#pragma once
#include "base/mem.h"

typedef enum FfiKind {
    FFI_VOID,
    FFI_INT,  /* max */
    FFI_UINT, /* umax */
    FFI_BOOL,
    FFI_FLOAT,
    FFI_DOUBLE,
    FFI_ENUM,
    FFI_ATOM,
    FFI_STRING,
    FFI_OWN_STRING, /* results */
    FFI_BINARY,
    FFI_SLICE,  /* argument: two C parameters, pointer and size */
    FFI_BUFFER, /* results */
    FFI_TERM,
    FFI_RESOURCE,
    FFI_VALUE, /* results */
    FFI_RESULT,
} FfiKind;

typedef struct FfiEnumerator {
    const char *name; /* of the atom */
    int64_t value;
} FfiEnumerator;

typedef struct FfiEnumType {
    VEC(FfiEnumerator) values;
} FfiEnumType;

typedef struct FfiType {
    FfiKind kind;
    const char *c; /* how the wrapper writes the C type */
    int64_t max;   /* the least one is -max - 1 */
    uint64_t umax;
    const char *resource; /* the T of BRC_RESOURCE */
    const FfiEnumType *enumeration;
} FfiType;

typedef enum FfiPool { FFI_QUICK, FFI_DIRTY_CPU, FFI_DIRTY_IO } FfiPool;

typedef struct FfiFunction {
    const char *c_name, *name;
    unsigned line;
    FfiPool pool;
    bool takes_env;
    VEC(FfiType) arguments; /* as Erlang counts them */
    FfiType result;
} FfiFunction;

typedef struct FfiModule {
    const char *name, *path;
    VEC(FfiFunction) functions;
    VEC(const char *) resources; /* that the file defines */
} FfiModule;
