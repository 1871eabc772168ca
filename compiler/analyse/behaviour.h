/* behaviour.h: which modules a behaviour's calls of its callbacks may mean. */
#pragma once
#include "analyse/reach_state.h"

/* The behaviour whose callback a computed call is, by the module that it stands in; NULL: none. */
const char *behaviour_called(Reach *r, const Pattern *p);
/* A behaviour calls modules that declare it, and those that declare none: the program's own, and
 * some of OTP's. */
bool behaviour_fits(const char *behaviour, const ReachModule *m, const Pattern *p);
/* Whether what the module's computed calls mean is reached without them: its attribute
 * beamrc_applies_told. */
bool behaviour_applies_told(const BeamFile *f);
/* Whether the module takes calls of `caller`: the attribute beamrc_callers of a part of a module
 * (lib/part) names the only ones that may. */
bool behaviour_calls_may(const BeamFile *f, const char *caller);
