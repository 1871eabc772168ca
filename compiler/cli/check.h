/* check.h: what nothing provides, told by the command check and by builds. */
#pragma once
#include "analyse/reach.h"
#include "cli/options.h"

void check_warn(const Reach *reach); /* in a line; with -v one for each function */
/* The answer of `beamrc check`: its exit status. */
int check_print(const Options *o, const Reach *reach);
