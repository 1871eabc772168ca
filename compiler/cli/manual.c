/* manual.c: the command manual: beamrc(1), from the tables that the command line is read by. */
#include "cli/commands.h"
#include "cli/flags.h"
#include "drive/cache.h"
#include <stdio.h>

/* Text in roff: what would be a command or an escape is none, a dash is the one that is typed. */
static void roff(const char *text) {
    bool fresh = true;
    for (; *text; text++) {
        if (fresh && (*text == '.' || *text == '\'')) fputs("\\&", stdout);
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else if (*text == '~')
            fputs("\\(ti", stdout);
        else
            putchar(*text);
        fresh = *text == '\n';
    }
}

static void roff_line(const char *text) {
    roff(text);
    putchar('\n');
}

static void term(const char *name, const char *value, const char *about) {
    fputs(".TP\n\\fB", stdout);
    roff(name);
    fputs("\\fR", stdout);
    if (value) {
        fputs(" \\fI", stdout);
        roff(value);
        fputs("\\fR", stdout);
    }
    putchar('\n');
    roff_line(about);
}

static void synopsis(void) {
    for (size_t i = 0; i < command_count; i++) {
        fputs(".B beamrc ", stdout);
        roff_line(commands[i].name);
        if (*commands[i].arguments) roff_line(commands[i].arguments);
        puts(".br");
    }
}

static void command(size_t c) {
    fputs(".SS beamrc ", stdout);
    roff_line(commands[c].name);
    roff(commands[c].about);
    puts(".");
    if (*commands[c].more) roff_line(commands[c].more);
}

/* The commands that take it, unless all do. */
static char *takers(const Flag *f) {
    Text out = {0};
    size_t count = 0;
    for (size_t c = 0; c < command_count; c++) {
        if (!(f->commands & BIT(c))) continue;
        text_add(&out, "%s%s", count ? ", " : "", commands[c].name);
        count++;
    }
    return count == command_count ? NULL : out.at;
}

static void options(void) {
    for (size_t i = 0; i < flag_count; i++) {
        const Flag *f = &flags[i];
        if (!f->about) continue;
        char *of = takers(f);
        term(f->name, f->value, of ? mem_format("%s (%s)", f->about, of) : f->about);
    }
}

int command_manual(const Options *o) {
    (void)o;
    puts(".TH BEAMRC 1 \"\" \"beamrc " BEAMRC_VERSION "\"\n"
         ".SH NAME\n"
         "beamrc \\- compile BEAM bytecode to one native executable\n"
         ".SH SYNOPSIS");
    synopsis();
    puts(".SH DESCRIPTION\n"
         "Compiles the .beam files of Gleam, Erlang and Elixir programs, with what they reach of\n"
         "Erlang/OTP, ahead of time, and links them with a slim runtime into one static "
         "executable,\n"
         "which needs no Erlang where it runs and behaves as the program does there.\n"
         ".SH COMMANDS");
    for (size_t i = 0; i < command_count; i++)
        command(i);
    puts(".SH OPTIONS");
    options();
    puts(
        ".SH JSON\n"
        "With\n"
        ".B \\-\\-json\n"
        "a command prints one object on standard output and no line of error. Its member \"ok\" "
        "is\n"
        "true where the exit status is 0, \"error\" says why it is not, and \"warnings\" is a "
        "list\n"
        "of texts. build adds output, bytes, target, otp, entry, modules, functions and compiled;\n"
        "check: missing, a list of {function, why, native}, or with \\-\\-why: why, a list of "
        "lines;\n"
        "inspect: file, bytes, beamrc, otp, entry, runtime_bytes, modules, a list of {name, "
        "bytes,\n"
        "functions} with {name, bytes} of each function, and embedded, a list of names; doctor:\n"
        "version and checks, a list of {name, status, detail or advice}, status being ok, absent\n"
        "(what some programs only need) or missing. What erlc, gleam and clang say is on standard\n"
        "error, as it is without.\n"
        ".SH ENVIRONMENT");
    for (size_t i = 0; i < variable_count; i++)
        term(variables[i].name, NULL, variables[i].about);
    puts(".SH FILES");
    term(
        "~/.cache/beamrc", NULL,
        "The cache: obj holds compiled modules, bin programs of run, failed C that clang refused.\n"
        "Together they take at most " CACHE_LIMIT ", or what was said; it may be deleted at any\n"
        "time.");
    puts(".SH EXIT STATUS\n"
         "0; 1 for an error, which is one line on standard error; 2 for a wrong command line. "
         "check\n"
         "and doctor: 1 where something is missing. run and test: the program's.\n"
         ".SH EXAMPLES\n"
         ".nf\n"
         "beamrc build hello.erl \\-o hello && ./hello\n"
         "beamrc run my_gleam_project \\-\\- some arguments\n"
         "beamrc build \\-\\-target aarch64\\-linux _build/prod/lib/app/ebin \\-\\-main app\n"
         "beamrc check \\-\\-why crypto:hash/2\n"
         ".fi\n"
         ".SH SEE ALSO\n"
         ".BR erl (1),\n"
         ".BR escript (1)");
    return 0;
}
