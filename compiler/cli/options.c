/* options.c: the command line, read by one table of flags: what each takes, which commands know it,
 * what --help says of it. */
#include "cli/options.h"
#include "base/diag.h"
#include <stdio.h>
#include <stdlib.h>

#define USAGE_STATUS 2
#define BIT(command) (1u << (command))
#define RUNNING      (BIT(CMD_RUN) | BIT(CMD_TEST))
#define MAKING       (BIT(CMD_BUILD) | RUNNING)
#define BUILDING     (MAKING | BIT(CMD_CHECK))
#define ANY          (~0u)

typedef struct CommandInfo {
    const char *name, *arguments, *about, *more;
} CommandInfo;

static const CommandInfo commands[] = {
    [CMD_BUILD] = {"build", "[INPUT...] [FLAG...]", "make a native executable",
                   "INPUT is a folder with gleam.toml, rebar.config or mix.exs, .beam files,\n"
                   ".erl files, .c files of native functions, or a folder of .beam files; the\n"
                   "current folder if none is given.\n"
                   "The program runs main/1 with its arguments as strings, else main/0."},
    [CMD_RUN] = {"run", "[INPUT...] [FLAG...] [-- ARG...]", "build in the cache, then run it",
                 "As `build`, but the executable stays in the cache and takes this process's\n"
                 "place, with the arguments after --."},
    [CMD_TEST] =
        {"test", "[INPUT...] [FLAG...] [-- ARG...]", "build a project's tests and run them",
         "Gleam: main of the module NAME_test, as `gleam test`. Else EUnit's tests: of the\n"
         "modules given, or of what `rebar3 as test compile` made. Exit status 1 if one\n"
         "fails. A project's tests run in its folder."},
    [CMD_CHECK] = {"check", "[INPUT...] [FLAG...]", "list reachable calls that nothing provides",
                   "Exit status 1 if there are any: such a call raises undef when it is made."},
    [CMD_INSPECT] = {"inspect", "BINARY", "list what an executable made by beamrc holds",
                     "Its OTP version, entry and embedded files, its modules and functions with\n"
                     "the bytes of machine code of each."},
    [CMD_DISASM] = {"disasm", "FILE.beam", "print a module's decoded instructions and its IR", ""},
    [CMD_DOCTOR] = {"doctor", "", "say what this machine has and lacks for building", ""},
};

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

static const Flag flags[] = {
    {"-o", "FILE", F_OUTPUT, BIT(CMD_BUILD), "write the executable here"},
    {"--main", "M[:F]", F_MAIN, BUILDING & ~BIT(CMD_TEST),
     "the module, and function, to start with"},
    {"--target", "T", F_TARGET, BUILDING, "x86_64-linux or aarch64-linux"},
    {"--otp", "DIR", F_OTP, BUILDING | BIT(CMD_DOCTOR), "take OTP's libraries from here"},
    {"--pa", "DIR", F_PA, BUILDING, "look for modules here too, before OTP"},
    {"--keep", "M:F/A|M:_", F_KEEP, BUILDING, "keep what only computed calls reach"},
    {"--why", "M:F/A|M", F_WHY, BIT(CMD_CHECK), "say which calls lead to a function or module"},
    {"--config", "FILE", F_CONFIG, MAKING, "carry the applications' configuration (sys.config)"},
    {"--nif", "FILE", F_NIF, BUILDING, "link a library of NIFs: .c, .o or .a"},
    {"--dynamic", NULL, F_DYNAMIC, BUILDING,
     "link dynamically, so that NIFs can be loaded from .so files"},
    {"--embed", "DIR", F_EMBED, MAKING, "carry a folder as /embedded:/DIR in the executable"},
    {"--emit-c", "DIR", F_EMIT_C, MAKING, "write the generated C here as well"},
    {"-O0", NULL, F_O0, MAKING, "compile fast"},
    {"-O1", NULL, F_O1, MAKING, "in between"},
    {"-O2", NULL, F_O2, MAKING, "fast code (this is usual)"},
    {"-g", NULL, F_DEBUG, MAKING, "keep symbols, name source lines to debuggers"},
    {"-j", "N", F_JOBS, MAKING, "compile so many modules at a time"},
    {"--no-cache", NULL, F_NO_CACHE, BUILDING, "neither read nor write the cache"},
    {"--variant", "V", F_VARIANT, MAKING, NULL},
    {"-v", NULL, F_VERBOSE, ANY, "say more"},
    {"-q", NULL, F_QUIET, ANY, "say only errors"},
    {"--help", NULL, F_HELP, ANY, "print this"},
    {"-h", NULL, F_HELP, ANY, NULL},
    {"--version", NULL, F_VERSION, ANY, NULL},
};
#define FLAG_COUNT    (sizeof flags / sizeof *flags)
#define COMMAND_COUNT (sizeof commands / sizeof *commands)

/* ---- help ---- */

static void print_general_help(FILE *to) {
    fputs("beamrc compiles BEAM bytecode to one native executable.\n\nusage:\n", to);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(to, "  beamrc %-8s %-34s %s\n", commands[i].name, commands[i].arguments,
                commands[i].about);
    fputs("\n`beamrc COMMAND --help` lists a command's flags.\n", to);
}

static void print_command_help(Command c) {
    printf("usage: beamrc %s %s\n\n%s.\n", commands[c].name, commands[c].arguments,
           commands[c].about);
    if (*commands[c].more) printf("%s\n", commands[c].more);
    puts("");
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        const Flag *f = &flags[i];
        if (!(f->commands & BIT(c)) || !f->about) continue;
        char *left = mem_format("%s%s%s", f->name, f->value ? " " : "", f->value ? f->value : "");
        printf("  %-20s %s\n", left, f->about);
    }
}

static _Noreturn void usage_error(const char *message) {
    diag_error("%s", message);
    exit(USAGE_STATUS);
}

/* ---- values ---- */

static int one_of(const char *value, const char *const *choices) {
    for (int i = 0; choices[i]; i++)
        if (strcmp(value, choices[i]) == 0) return i;
    return -1;
}

static void set_target(Options *o, const char *value) {
    static const char *const targets[] = {"x86_64-linux", "aarch64-linux", NULL};
    if (one_of(value, targets) < 0)
        usage_error(mem_format("--target knows x86_64-linux and aarch64-linux, not '%s'", value));
    o->target = value;
}

static void set_variant(Options *o, const char *value) {
    static const char *const variants[] = {"release", "debug", "stress", "asan", "tsan", NULL};
    if (one_of(value, variants) < 0)
        usage_error(
            mem_format("--variant knows release, debug, stress, asan and tsan, not '%s'", value));
    o->variant = value;
}

static void set_jobs(Options *o, const char *value) {
    char *end;
    unsigned long n = strtoul(value, &end, 10);
    if (*end || end == value || n < 1 || n > 1024)
        usage_error(mem_format("-j takes a number from 1 to 1024, not '%s'", value));
    o->jobs = (unsigned)n;
}

static void apply_flag(Options *o, const Flag *f, const char *value) {
    switch (f->id) {
    case F_OUTPUT: o->output = value; break;
    case F_MAIN: o->main = value; break;
    case F_TARGET: set_target(o, value); break;
    case F_OTP: o->otp = value; break;
    case F_PA: vec_push(&o->pa, value); break;
    case F_KEEP: vec_push(&o->keep, value); break;
    case F_WHY: o->why = value; break;
    case F_CONFIG: o->config = value; break;
    case F_NIF: vec_push(&o->nif, value); break;
    case F_DYNAMIC: o->dynamic = true; break;
    case F_EMBED: vec_push(&o->embed, value); break;
    case F_EMIT_C: o->emit_c = value; break;
    case F_O0: o->optimise = 0; break;
    case F_O1: o->optimise = 1; break;
    case F_O2: o->optimise = 2; break;
    case F_DEBUG: o->debug = true; break;
    case F_JOBS: set_jobs(o, value); break;
    case F_NO_CACHE: o->no_cache = true; break;
    case F_VARIANT: set_variant(o, value); break;
    case F_VERBOSE: o->verbosity = 1; break;
    case F_QUIET: o->verbosity = -1; break;
    case F_HELP: print_command_help(o->command); exit(0);
    case F_VERSION: puts("beamrc " BEAMRC_VERSION); exit(0);
    }
}

/* ---- words ---- */

/* The flag that a word is, with its value where that is in the same word: --main=m, -j4. */
static const Flag *match_flag(const char *word, const char **value) {
    *value = NULL;
    for (size_t i = 0; i < FLAG_COUNT; i++)
        if (strcmp(word, flags[i].name) == 0) return &flags[i];
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        size_t len = strlen(flags[i].name);
        if (!flags[i].value || strncmp(word, flags[i].name, len) != 0) continue;
        bool is_long = flags[i].name[1] == '-';
        if (is_long && word[len] != '=') continue;
        *value = word + len + is_long;
        return &flags[i];
    }
    return NULL;
}

static void read_words(Options *o, int argc, char **argv) {
    const char *command = commands[o->command].name;
    for (int i = 2; i < argc; i++) {
        const char *word = argv[i], *value;
        if (strcmp(word, "--") == 0) {
            if (!(BIT(o->command) & RUNNING))
                usage_error("arguments after -- are for `beamrc run` and `beamrc test` only");
            for (i++; i < argc; i++)
                vec_push(&o->args, argv[i]);
            return;
        }
        if (word[0] != '-' || word[1] == 0) {
            vec_push(&o->inputs, word);
            continue;
        }
        const Flag *f = match_flag(word, &value);
        if (!f) usage_error(mem_format("unknown flag '%s': see `beamrc %s --help`", word, command));
        if (!(f->commands & BIT(o->command)))
            usage_error(mem_format("`beamrc %s` takes no %s: see `beamrc %s --help`", command,
                                   f->name, command));
        if (f->value && !value) {
            if (i + 1 >= argc) usage_error(mem_format("%s needs a value: %s", f->name, f->value));
            value = argv[++i];
        }
        if (f->value && !*value) usage_error(mem_format("%s needs a value: %s", f->name, f->value));
        apply_flag(o, f, value);
    }
}

static void check_inputs(const Options *o) {
    if ((o->command == CMD_INSPECT || o->command == CMD_DISASM) && o->inputs.count != 1)
        usage_error(mem_format("usage: beamrc %s %s", commands[o->command].name,
                               commands[o->command].arguments));
    if (o->command == CMD_DOCTOR && o->inputs.count != 0) usage_error("usage: beamrc doctor");
}

Options *options_read(int argc, char **argv) {
    Options *o = mem_new(Options);
    o->optimise = -1;
    o->variant = "release";
    if (argc < 2) {
        print_general_help(stderr);
        exit(USAGE_STATUS);
    }
    const char *word = argv[1];
    if (strcmp(word, "--version") == 0 || strcmp(word, "version") == 0) {
        puts("beamrc " BEAMRC_VERSION);
        exit(0);
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        print_general_help(stdout);
        exit(0);
    }
    size_t c = 0;
    while (c < COMMAND_COUNT && strcmp(word, commands[c].name) != 0)
        c++;
    if (c == COMMAND_COUNT)
        usage_error(mem_format("unknown command '%s': see `beamrc --help`", word));
    o->command = (Command)c;
    read_words(o, argc, argv);
    check_inputs(o);
    diag_set_verbosity(o->verbosity);
    return o;
}
