/* dump.h: the crash dump: what the program was doing, in a file that a person can read. */
#pragma once
#include "term/term.h"

/* Writes the file (ERL_CRASH_DUMP, else erl_crash.dump) unless one has been written, or
 * ERL_CRASH_DUMP_SECONDS forbids it; says so on standard error. Any thread, signal handlers too:
 * takes no lock and no memory, and reads what other threads may change as well as it can. */
void brc_io_dump(const char *slogan);
/* From now on fatal errors write a dump, and SIGUSR1 does, and ends the program. */
void brc_io_dump_start(void);
void brc_io_dump_signal(void); /* SIGUSR1 does */
/* The running thread's stack for signal handlers: its own may be what is used up. */
void brc_io_dump_thread(void);

/* -- for what is in it -- */
void brc_io_dump_text(const char *text);
void brc_io_dump_number(uint64_t n);
void brc_io_dump_atom(Term atom);
void brc_io_dump_pid(Term pid); /* or a port's identifier */
/* Copies n bytes; false: they are not there (any more). */
bool brc_io_dump_read(const void *from, void *to, size_t n);
/* ets/: the tables. */
extern void (*brc_io_dump_tables)(void);
