/* spawn.h: running other programs. */
#pragma once
#include "base/mem.h"
#include <sys/types.h>

typedef VEC(const char *) Argv; /* spawn_* add the closing NULL themselves */

typedef struct SpawnFds { /* -1: as this process's own */
    int in, out, err;
} SpawnFds;

char *spawn_find(const char *program); /* full path from PATH, or NULL */
/* Starts argv[0] (a path, or a name looked up in PATH) in `folder` (NULL: here). -errno: not. */
pid_t spawn_start(Argv *argv, const char *folder, SpawnFds fds);
/* Waits. The exit status, 128 + signal, or -errno. */
int spawn_wait(pid_t pid);
/* Runs and waits; what it prints on both outputs comes back in *output where that is not NULL. */
int spawn_run(Argv *argv, const char *folder, char **output);
/* What it writes to standard output comes in *made, and in *messages what it says of errors. input:
 * a descriptor that it reads, or -1. */
int spawn_filter(Argv *argv, int input, uint8_t **made, size_t *size, char **messages);
/* An unnamed file that holds the bytes, open at its start; -errno: not. */
int spawn_memory_file(const char *name, const void *bytes, size_t size);
char *spawn_read_back(int fd, size_t *size); /* all that was written to it; closes it */
char *spawn_command_line(const Argv *argv);  /* as one would type it */
