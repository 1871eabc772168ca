/* stub.h: the .beam of a native module: what makes it a module like any other. */
#pragma once
#include "ffi/proto.h"

/* Its bytes: each function raises erlang:nif_error(undef) until the native takes its place, which
 * for a built-in is from the beginning; module_info/0,1 as any module has them. */
Text stub_module(const FfiModule *m);
