/* flags.c: see flags.h. */
#include "cli/flags.h"

const CommandInfo commands[] = {
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
    [CMD_COMPLETION] =
        {"completion", "bash|zsh|fish", "print what completes beamrc's words in a shell",
         "Where it belongs: bash ~/.local/share/bash-completion/completions/beamrc,\n"
         "zsh a file _beamrc in a folder of $fpath, fish\n"
         "~/.config/fish/completions/beamrc.fish."},
    [CMD_MANUAL] = {"manual", "", "print the manual page",
                    "In the form that man reads: beamrc manual | man -l -"},
};

const Flag flags[] = {
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
    {"--cache-limit", "SIZE", F_CACHE_LIMIT, MAKING | BIT(CMD_DOCTOR),
     "bound the cache: 5G is usual, least recently used goes first"},
    {"--json", NULL, F_JSON, BIT(CMD_BUILD) | BIT(CMD_CHECK) | BIT(CMD_INSPECT) | BIT(CMD_DOCTOR),
     "print one JSON object, errors included"},
    {"--variant", "V", F_VARIANT, MAKING, NULL},
    {"-v", NULL, F_VERBOSE, ANY, "say more"},
    {"-q", NULL, F_QUIET, ANY, "say only errors"},
    {"--help", NULL, F_HELP, ANY, "print this"},
    {"-h", NULL, F_HELP, ANY, NULL},
    {"--version", NULL, F_VERSION, ANY, NULL},
};
const Variable variables[] = {
    {"BEAMRC_CACHE", "the folder of the cache; else $XDG_CACHE_HOME/beamrc or ~/.cache/beamrc"},
    {"BEAMRC_CACHE_LIMIT", "how much the cache may hold, where no --cache-limit says: 800M, 5G"},
    {"BEAMRC_CLANG", "the clang to use, 19 or newer; else clang-19"},
    {"BEAMRC_LLD", "the linker to use; else ld.lld-19"},
    {"BEAMRC_FLAGS", "of a built program: flags that erl knows, as in +S 4:4"},
    {"TMPDIR", "where temporary folders are made; else /tmp"},
};

const size_t variable_count = sizeof variables / sizeof *variables;
const size_t command_count = sizeof commands / sizeof *commands;
const size_t flag_count = sizeof flags / sizeof *flags;
