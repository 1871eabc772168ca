/* wrap.h: the C between a native module's functions and the runtime. */
#pragma once
#include "ffi/proto.h"

/* The C text of its wrappers, to be compiled against the runtime's headers (nif/ffi.h). From here
 * on its functions are built in (ir/bifs.h). */
char *wrap_module(const FfiModule *m);
