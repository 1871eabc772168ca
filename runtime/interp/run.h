/* run.h: the interpreter's loop and the Code through which it is entered. */
#pragma once
#include "interp/image.h"

/* x0: address of an instruction; all X registers are in p->x. */
Code brc_interp_run;
/* What interpreted code puts into sp[0] when it calls. */
Code brc_interp_return;
/* At the instruction whose address is p->trap. */
Code brc_interp_enter;
/* After a turn that ended at a call: the instruction's address is behind the other registers. */
Code brc_interp_resume;
/* At the stack's top lie 0 and the address of the wait; a message, or the time is up. */
Code brc_interp_receive, brc_interp_timeout;
/* At a handler, p->trap. */
Code brc_interp_handler;

#define INTERP_RETURN ((Term)brc_interp_return + BRC_TAG_RETURN)
/* Lengths in words, the instruction's own counted, of those that code outside of the loop knows. */
enum { CALL_WORDS = 4, LOOP_REC_WORDS = 4, WAIT_TIMEOUT_WORDS = 4 };
