/* options.h: the command line, read. */
#pragma once
#include "drive/files.h"

typedef enum Command {
    CMD_BUILD,
    CMD_RUN,
    CMD_TEST,
    CMD_CHECK,
    CMD_INSPECT,
    CMD_DISASM,
    CMD_DOCTOR,
    CMD_COMPLETION,
    CMD_MANUAL,
} Command;

typedef struct Options {
    Command command;
    Names inputs;
    const char *output, *main, *target, *otp, *emit_c, *variant, *config, *why, *cache_limit;
    Names pa, keep, embed, nif;
    int optimise;  /* 0, 1, 2; -1: not said */
    unsigned jobs; /* 0: as many as processors */
    bool debug, no_cache, dynamic, json;
    int verbosity; /* -1 quiet, 0, 1 */
    Names args;    /* run, test: what follows -- */
} Options;

/* Reads argv. A mistake prints one line and ends the program with status 2; --help and --version
 * print and end it with 0. */
Options *options_read(int argc, char **argv);
