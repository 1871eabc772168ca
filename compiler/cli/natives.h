/* natives.h: where a project has the C files of its native modules. */
#pragma once
#include "drive/files.h"

/* Of the project in that folder, and of what it depends on, where the sources of that lie in the
 * folder (as build tools fetch them) or where a gleam.toml gives a path. */
void natives_find(const char *folder, Names *out);
