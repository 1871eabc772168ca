/* servers.h: which servers a program starts before its main function; written by the compiler, as
 * program.h's tables are. */
#pragma once
#include "abi/layout.h"

/* Modules and names of functions of arity 0, in order, to a zero. */
extern const Term brc_program_servers[][2] __attribute__((weak));
