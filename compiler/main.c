/* main.c: beamrc. What `build` does, top to bottom:
 *
 *   inputs     cli/project   projects built, .erl files compiled: a list of .beam files
 *   read       beam/         bytes to ops, as modules are met
 *   reach      analyse/      what the entry can get to
 *   emit       ir/ emit/     one C text per module that the cache lacks, and the program's tables
 *   compile    drive/pool    clang, as many at a time as there are processors
 *   link       drive/link    objects and the runtime's archive to one executable
 */
#include "cli/commands.h"
#include <signal.h>

int main(int argc, char **argv) {
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a failed write, which says so */
    const Options *o = options_read(argc, argv);
    switch (o->command) {
    case CMD_BUILD: return command_build(o);
    case CMD_RUN: return command_run(o);
    case CMD_TEST: return command_test(o);
    case CMD_CHECK: return command_check(o);
    case CMD_INSPECT: return command_inspect(o);
    case CMD_DISASM: return command_disasm(o);
    case CMD_DOCTOR: return command_doctor(o);
    case CMD_COMPLETION: return command_completion(o);
    case CMD_MANUAL: return command_manual(o);
    }
    return 2;
}
