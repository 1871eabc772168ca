/* entry.h: which function a program starts with. */
#pragma once
#include "cli/options.h"
#include "cli/project.h"
#include "drive/otp.h"
#include "drive/plan.h"

/* From --main, what the project says of its escript, the project's name, its application, or the
 * one input that has a main. Ends the program with one line that says what to name where there is
 * none or more than one. */
Entry entry_choose(const Options *options, const Project *project, Finder *finder,
                   const Apps *apps);
/* --keep's values; of tests all modules of the project. */
Keep *entry_keeps(const Options *options, const Project *project, size_t *count);
