/* natives.h: functions that may be replaced while the program runs: by NIFs that their module
 * loads, or, until its on_load function has been called, by the call of that. */
#pragma once
#include "beam/beam.h"

enum { NATIVE_NIF = 1, NATIVE_GATED = 2 };

typedef struct Natives {
    uint8_t *kinds;  /* by function of the file: 0, or NATIVE_NIF and NATIVE_GATED or'd */
    bool loads_nifs; /* the module calls erlang:load_nif/2 */
    int64_t on_load; /* index of that function, or -1 */
} Natives;

/* NULL: none. A module with natives of its own in bif.def has none: those are what it would load.
 */
const Natives *natives_of(const BeamFile *f);
uint32_t natives_count(const BeamFile *f); /* functions of any kind */
