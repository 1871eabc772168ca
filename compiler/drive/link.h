/* link.h: objects and the runtime into one executable. */
#pragma once
#include "drive/plan.h"

typedef struct LinkOptions {
    const char *variant; /* of the runtime */
    int objects;         /* plan_archive's; closed here */
    bool debug;          /* keep symbols and line tables */
    Names nifs;          /* objects and archives of NIFs */
    Names foreign;       /* objects and libraries of native modules */
    bool dynamic;        /* against the shared C library: shared objects can be opened */
    const char *about;   /* lines that go before the listing's modules */
} LinkOptions;

/* Writes the executable at `output`, whole or not at all; ends the program with the linker's
 * message where it fails. */
void link_program(const Plan *plan, const LinkOptions *options, const char *output);
