/* options.c: the command line, read by the tables of flags.c, and --help. */
#include "cli/flags.h"
#include "drive/toolchain.h"
#include "base/diag.h"
#include <stdio.h>
#include <stdlib.h>

#define USAGE_STATUS 2
/* ---- help ---- */

static void print_general_help(FILE *to) {
    fputs("beamrc compiles BEAM bytecode to one native executable.\n\nusage:\n", to);
    for (size_t i = 0; i < command_count; i++)
        fprintf(to, "  beamrc %-10s %-32s %s\n", commands[i].name, commands[i].arguments,
                commands[i].about);
    fputs("\nenvironment:\n", to);
    for (size_t i = 0; i < variable_count; i++)
        fprintf(to, "  %-20s %s\n", variables[i].name, variables[i].about);
    fputs("\n`beamrc COMMAND --help` lists a command's flags; `beamrc manual | man -l -` tells "
          "all.\n",
          to);
}

static void print_command_help(Command c) {
    printf("usage: beamrc %s %s\n\n%s.\n", commands[c].name, commands[c].arguments,
           commands[c].about);
    if (*commands[c].more) printf("%s\n", commands[c].more);
    puts("");
    for (size_t i = 0; i < flag_count; i++) {
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
    if (one_of(value, toolchain_targets) < 0)
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
    case F_CACHE_LIMIT: o->cache_limit = value; break;
    case F_VARIANT: set_variant(o, value); break;
    case F_JSON: o->json = true; break;
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
    for (size_t i = 0; i < flag_count; i++)
        if (strcmp(word, flags[i].name) == 0) return &flags[i];
    for (size_t i = 0; i < flag_count; i++) {
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
    if (o->command == CMD_COMPLETION && o->inputs.count != 1)
        usage_error("usage: beamrc completion bash|zsh|fish");
    if ((o->command == CMD_DOCTOR || o->command == CMD_MANUAL) && o->inputs.count != 0)
        usage_error(mem_format("usage: beamrc %s", commands[o->command].name));
}

Options *options_read(int argc, char **argv) {
    Options *o = mem_new(Options);
    o->optimise = -1;
    o->variant = "release";
    if (argc < 2) {
        print_general_help(stderr);
        exit(USAGE_STATUS);
    }
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--json") == 0) diag_set_json();
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
    while (c < command_count && strcmp(word, commands[c].name) != 0)
        c++;
    if (c == command_count)
        usage_error(mem_format("unknown command '%s': see `beamrc --help`", word));
    o->command = (Command)c;
    read_words(o, argc, argv);
    check_inputs(o);
    diag_set_verbosity(o->verbosity);
    return o;
}
