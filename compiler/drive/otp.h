/* otp.h: the Erlang/OTP whose libraries a program uses, and the finding of modules by name. */
#pragma once
#include "beam/beam.h"
#include "drive/files.h"

typedef struct Otp {
    const char *root;    /* e.g. /usr/lib/erlang */
    const char *release; /* "25" */
    Names ebins;         /* lib/X/ebin and erts-V/ebin (the preloaded modules) */
} Otp;

/* named: --otp's folder, or NULL to ask `erl` in PATH. NULL: none; *error says why. */
Otp *otp_find(const char *named, char **error);
const char *otp_version(const Otp *otp); /* "25.2.3", or the release */

/* Modules by name. Folders added earlier win. */
typedef struct Finder Finder;
Finder *finder_new(void);
void finder_add_folder(Finder *f, const char *folder); /* every .beam in it */
void finder_add_file(Finder *f, const char *path);     /* one .beam file */
/* Modules of that folder stand for those of their names that are there and not the program's own:
 * parts of them, for programs that need no more. finder_whole: no longer for this one. */
void finder_add_parts(Finder *f, const char *folder);
const Names *finder_parts(const Finder *f); /* the modules */
void finder_whole(Finder *f, const char *module);
const char *finder_path(const Finder *f, const char *module); /* NULL: none */
/* All folders, of files too, once each, in the order in which they were added. */
const Names *finder_folders(const Finder *f);
/* Every module that is there. */
void finder_each(const Finder *f, void (*visit)(const char *module, void *arg), void *arg);
/* Whether the module lies in one of the first folders and files, those added before finder_end_own.
 */
void finder_end_own(Finder *f);
bool finder_is_own(const char *module, void *finder);
bool finder_owns(const Finder *f, const char *folder); /* one of these folders */
/* The module, read; NULL where there is none, or a library's that cannot be read: computed calls
 * reach many that a program never calls. A damaged file of the program's own ends it with its
 * error.
 */
BeamFile *finder_module(const char *module, void *finder);
