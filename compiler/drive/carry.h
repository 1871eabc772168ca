/* carry.h: files that an executable carries: a tree of read-only files below /embedded: of the
 * program (runtime/io/carried.h). Names have no slash at either end. */
#pragma once
#include "drive/files.h"
#include "emit/emit.h"

void carry_bytes(Carried *out, const char *name, const uint8_t *bytes, size_t size);
/* Ends the program with a message where there is no such file. */
void carry_file(Carried *out, const char *name, const char *path);
/* What is in a folder and those below it, but for names that begin with a dot; nothing where there
 * is no such folder. */
void carry_folder(Carried *out, const char *name, const char *path);
/* In the order that the runtime searches by; of two with one name, the first stays. */
void carry_sort(Carried *files);
