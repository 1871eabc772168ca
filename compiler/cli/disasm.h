/* disasm.h: a module's decoded ops as text, in the manner of `erlc -S`. */
#pragma once
#include "beam/beam.h"

void disasm_print(const BeamFile *f, Text *out);
