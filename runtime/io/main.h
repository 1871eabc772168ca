/* main.h: the program's frame: arguments, and what is printed of processes that crash. */
#pragma once
#include "term/term.h"

extern int brc_io_argc;
extern char **brc_io_argv;
/* The command line without the program's name, as strings. p NULL: in the literal area. */
Term brc_io_arguments(Proc *p);
/* By the environment: the first of LC_ALL, LC_CTYPE and LANG that is set tells. */
bool brc_io_speaks_utf8(void);

/* brc_sig_crash_report: tells the logger of a process that an error ended. */
void brc_io_crash_report(Proc *p, Term reason);
/* A report of the level error, of p, to the logger; printed where there is none. */
void brc_io_log_error(Proc *p, const char *format, Term args);
/* limit.c: brc_sig_limit_report */
void brc_io_limit_report(Proc *p, size_t total_words);
/* A logger's report of the level info, printed from here. */
void brc_io_print_info(const char *text);
/* signals.c: called between turns when a child of ours may have ended; NULL: we have none. */
extern void (*_Atomic brc_io_children_ended)(void);
void brc_io_notice_children(void); /* from now on */
/* signals.c: handlers, after the scheduler can be woken by other threads. */
void brc_io_signals_start(void);
/* What is printed when the program's first process ends badly: two lines on standard error. */
void brc_io_print_end(Term reason);
/* flags.c: the number of threads, and what BEAMRC_FLAGS says. A wrong flag ends the program. */
void brc_io_take_flags(void);
