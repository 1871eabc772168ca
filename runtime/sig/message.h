/* message.h: what generated code calls to send and receive. */
#pragma once
#include "abi/layout.h"

/* dest ! msg: msg, or BRC_NONE (badarg). Waking the receiver is done through ProcRest's scheduler.
 */
Term brc_sig_send(Proc *p, Term dest, Term msg);
/* The message at the receive position (fetches new ones), or BRC_NONE where there is none left. */
Term brc_sig_peek(Proc *p);
void brc_sig_skip(Proc *p);   /* loop_rec_end: to the next message */
void brc_sig_remove(Proc *p); /* remove_message: it matched; the position goes back to the first */
/* wait_timeout: arms the timer of this receive unless armed. 1: go to sleep, 0: time is up (go on
 * with the after clause), -1: timeout_value (the error is set). */
int brc_sig_timeout_arm(Proc *p, Term timeout);
void brc_sig_timeout_done(Proc *p); /* timeout: position to the first message, timer forgotten */
/* Receive markers (OTP 24): bind, clear, reserve, use. */
Term brc_sig_marker_reserve(Proc *p);
void brc_sig_marker_bind(Proc *p, Term marker, Term ref);
void brc_sig_marker_clear(Proc *p, Term ref);
void brc_sig_marker_use(Proc *p, Term ref);
/* Code: waits for a message, then goes on at p->resume (with no X registers); p->trap, where not
 * NULL, is where to go when the armed timer fires. */
Code brc_sig_wait;
