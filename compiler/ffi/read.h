/* read.h: a native module is read from its C file. */
#pragma once
#include "ffi/proto.h"

/* flags: for clang, count of them. Ends the program with the file's name, the line and its text
 * where the C is not good or a prototype cannot be mapped. */
FfiModule *ffi_read(const char *path, const char *text, const char *const *flags, size_t count);
