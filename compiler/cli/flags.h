/* flags.h: the commands and flags of the command line: one table each, for reading it (options.c)
 * and for telling of it (help, completion.c). */
#pragma once
#include "cli/options.h"

#define BIT(command) (1u << (command))
#define RUNNING      (BIT(CMD_RUN) | BIT(CMD_TEST))
#define MAKING       (BIT(CMD_BUILD) | RUNNING)
#define BUILDING     (MAKING | BIT(CMD_CHECK))
#define ANY          (~0u)

typedef struct CommandInfo {
    const char *name, *arguments, *about, *more;
} CommandInfo;

typedef enum FlagId {
    F_OUTPUT,
    F_MAIN,
    F_TARGET,
    F_OTP,
    F_PA,
    F_KEEP,
    F_CONFIG,
    F_WHY,
    F_NIF,
    F_DYNAMIC,
    F_EMBED,
    F_EMIT_C,
    F_O0,
    F_O1,
    F_O2,
    F_DEBUG,
    F_JOBS,
    F_NO_CACHE,
    F_CACHE_LIMIT,
    F_JSON,
    F_VARIANT,
    F_VERBOSE,
    F_QUIET,
    F_HELP,
    F_VERSION,
} FlagId;

typedef struct Flag {
    const char *name, *value; /* value: its name in the help; NULL: takes none */
    FlagId id;
    unsigned commands;
    const char *about; /* NULL: not shown */
} Flag;

/* What beamrc takes from the environment. */
typedef struct Variable {
    const char *name, *about;
} Variable;

extern const CommandInfo commands[];
extern const Flag flags[];
extern const Variable variables[];
extern const size_t command_count, flag_count, variable_count;
