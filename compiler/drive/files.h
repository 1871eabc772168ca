/* files.h: small helpers over the file system. Paths are plain strings; results are
 * Boehm-allocated. Functions returning int give 0 or -errno. */
#pragma once
#include "base/mem.h"

typedef VEC(const char *) Names;

char *files_join(const char *folder, const char *name);
const char *files_base(const char *path);                  /* after the last '/' */
char *files_stem(const char *path);                        /* base without its last extension */
char *files_folder(const char *path);                      /* before the last '/', or "." */
bool files_is_below(const char *path, const char *folder); /* by their names */
bool files_has_suffix(const char *path, const char *suffix);
bool files_exists(const char *path);
bool files_is_folder(const char *path);
bool files_is_executable(const char *path);
char *files_real(const char *path); /* absolute, links resolved; NULL where there is none */

int files_read(const char *path, uint8_t **bytes, size_t *size); /* a NUL follows the bytes */
/* Written beside the target under a private name, then renamed: readers see all or nothing. */
int files_write(const char *path, const void *bytes, size_t size, unsigned mode);
/* The same under the name `part`, where no other process writes. */
int files_write_by(const char *part, const char *path, const void *bytes, size_t size,
                   unsigned mode);
int files_write_fd(int fd, const void *bytes, size_t size);
int files_copy(const char *from, const char *to, unsigned mode);
int files_make_folders(const char *path);
void files_list(const char *folder, Names *out); /* names, sorted, without dot files */
void files_remove_tree(const char *path);
/* A folder of this process's own in $TMPDIR or /tmp, removed when the program exits, or is told to
 * by a signal. */
char *files_temp_folder(void);
/* Removes the tree when the program exits. */
void files_remove_at_exit(const char *path);
void files_remove_now(void); /* all of these: before another program takes this one's place */
