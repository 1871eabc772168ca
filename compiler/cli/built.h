/* built.h: projects that rebar3 or mix have built: taken as they lie in _build. */
#pragma once
#include "cli/project.h"

/* configured: the program has a configuration of its own, the project's is not asked for. */
void built_rebar(Project *p, const char *folder, bool tests, bool configured);
void built_mix(Project *p, const char *folder, bool configured);
/* Folders of Elixir's own libraries, where an `elixir` is in PATH. */
void built_elixir_folders(Names *out);
