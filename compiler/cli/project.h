/* project.h: what the inputs of a build are: projects, sources, .beam files. */
#pragma once
#include "cli/options.h"
#include "drive/spawn.h"
#include "drive/toolchain.h"

typedef struct Project {
    const char *name;        /* a project's, NULL where the inputs are plain files */
    Names modules;           /* .beam files of its own: the entry is one of these */
    Names folders;           /* of dependencies' .beam files */
    Names natives;           /* C files of native modules */
    const char *config;      /* a project's own configuration, a sys.config, or NULL */
    const char *main_module; /* of an escript of mix's or of Gleam's tests, or NULL */
    bool needs_elixir;
} Project;

/* Builds what has to be built (gleam, erlc) and lists the modules. Ends the program with one line
 * that says what to do where an input is missing or of no known kind. */
Project *project_open(const Options *options, const Toolchain *tools);
void project_add_modules(Names *out, const char *ebin); /* the .beam files in a folder */
/* Runs a build tool; its output is shown where it fails, or with -v. Ends the program then. */
void project_run_tool(Argv *argv, const char *folder, const char *what);
