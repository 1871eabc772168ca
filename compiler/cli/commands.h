/* commands.h: what each command does. They give the exit status. */
#pragma once
#include "cli/options.h"

int command_build(const Options *o);
int command_run(const Options *o);  /* does not come back where the program starts */
int command_test(const Options *o); /* the same */
int command_check(const Options *o);
int command_inspect(const Options *o);
int command_doctor(const Options *o);
int command_completion(const Options *o);
int command_manual(const Options *o);
int command_disasm(const Options *o); /* in show.c; disasm.c writes the ops */
