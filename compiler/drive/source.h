/* source.h: where a module's sources were when it was compiled. */
#pragma once
#include "beam/beam.h"

/* The full name of each file of the module's line table, from the compiler's note of the source's
 * path; the name as it is there where none is known. */
const char *const *source_names(const BeamFile *f);
