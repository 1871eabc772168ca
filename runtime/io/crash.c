/* crash.c: reports of processes that an error ended.
 *
 * Where a process named `logger` runs (OTP's own), it gets the message that stock's emulator sends.
 * Else brc_log (lib/brc_log.erl) is started by the first crash, where the program carries it; else
 * the report is printed from here, without the line breaks that io_lib's formatting would put. */
#include "abi/bif.h"
#include "base/format.h"
#include "code/raise.h"
#include "ctx/alloc.h"
#include "io/main.h"
#include "io/out.h"
#include "proc/clock.h"
#include "proc/proc.h"
#include "proc/zone.h"
#include "sched/sched.h"
#include "sched/stats.h"
#include "sig/signal.h"
#include "term/float_text.h"
#include "term/map.h"
#include "term/atom.h"
#include "term/print.h"
#include <stdlib.h>
#include <time.h>

static void put_text(const char *text, size_t n, void *stream) {
    brc_io_out_put(stream, text, n);
}

/* ---- reports of processes ---- */

/* {log, error, Format, Args, Metadata} */
static Term logger_message(Proc *p, const char *format, Term args) {
    size_t n = strlen(format);
    Term text = BRC_NIL, *at = brc_ctx_alloc(p, 2 * n + 6);
    for (size_t i = n; i-- > 0; at += 2)
        text = term_cons(at, BRC_SMALL(format[i]), text);
    Term *t = at;
    Term tag[] = {AM(emulator), AM(true), AM(tag), AM(error)};
    Term logger = brc_term_map_from_pairs(p, tag, 2);
    Term us =
        brc_proc_time_in(p, (int64_t)brc_proc_clock_ns() + brc_proc_time_offset_ns(), 1000000);
    Term meta[] = {AM(gl), p->rest->group_leader, AM(pid), proc_pid(p), AM(time),
                   us,     AM(error_logger),      logger};
    t[1] = AM(log), t[2] = AM(error), t[3] = text, t[4] = args;
    t[5] = brc_term_map_from_pairs(p, meta, 4);
    return term_tuple_begin(t, 5);
}

static void print_head(OutStream *o, const char *level) {
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct timespec now;
    char text[128];
    clock_gettime(CLOCK_REALTIME, &now);
    Civil t = brc_proc_local(now.tv_sec);
    int n = brc_base_format(
        text, sizeof text, "=%s REPORT==== %d-%s-%04d::%02d:%02d:%02d.%06d ===\n", level, t.day,
        months[t.month - 1], (int)t.year, t.hour, t.minute, t.second, (int)(now.tv_nsec / 1000));
    brc_io_out_put(o, text, (size_t)n);
}

/* ~p and ~n are known. */
static void print_report(const char *format, Term args) {
    OutStream *o = brc_io_out_lock(1);
    print_head(o, "ERROR");
    for (const char *at = format; *at; at++) {
        bool directive = *at == '~' && at[1];
        if (directive) at++;
        if (directive && *at == 'p') {
            brc_term_print(term_head(args), put_text, o);
            args = term_tail(args);
        } else {
            brc_io_out_put(o, directive ? "\n" : at, 1);
        }
    }
    brc_io_out_put(o, "\n", 1);
    brc_io_out_unlock();
}

void brc_io_print_info(const char *text) {
    OutStream *o = brc_io_out_lock(1);
    print_head(o, "INFO");
    brc_io_out_put(o, text, strlen(text));
    brc_io_out_put(o, "\n", 1);
    brc_io_out_unlock();
}

static Term log_process(Proc *p) {
    Term log = brc_proc_whereis(AM(brc_log));
    if (log != BRC_NONE) return log;
    if (!brc_code_find_export(AM(brc_log), AM(start), 0)) return BRC_NONE;
    Term none;
    SpawnOptions o = brc_proc_default_options;
    Term user = brc_proc_whereis(AM(user));
    if (user != BRC_NONE) o.group_leader = user;
    log = brc_sig_spawn(p->rest->sched, NULL, &o, AM(brc_log), AM(start), BRC_NIL, &none);
    if (log == BRC_NONE) return log;
    if (brc_proc_register(AM(brc_log), log) == BRC_REGISTER_TAKEN) { /* by another thread now */
        brc_sig_send_exit(BRC_SIG_EXIT, proc_pid(p), log, AM(kill));
        return brc_proc_whereis(AM(brc_log));
    }
    ProcSlot *slot = brc_proc_slot_of(log);
    if (slot) atomic_store(&slot->is_system, 1);
    return log;
}

void brc_io_log_error(Proc *p, const char *format, Term args) {
    Term logger = brc_proc_system_logger();
    if (logger == AM(undefined)) return;
    if (logger == AM(logger)) logger = brc_proc_whereis(AM(logger));
    if (logger == BRC_NONE) logger = log_process(p);
    if (logger != BRC_NONE)
        brc_sig_send_message(logger, logger_message(p, format, args));
    else
        print_report(format, args);
}

void brc_io_crash_report(Proc *p, Term reason) {
    const ProcRest *r = p->rest;
    Term init = brc_proc_whereis(AM(init));
    if (r->parent == init && init != BRC_NONE) return; /* main: brc_io_print_end */
    Term *at = brc_ctx_alloc(p, 4);
    Term args = term_cons(at, proc_pid(p), term_cons(at + 2, reason, BRC_NIL));
    brc_io_log_error(p, "Error in process ~p with exit value:~n~p~n", args);
}

/* ---- the end of the program ---- */

static bool printable(Term list, size_t *length) {
    Term stack[64];
    size_t depth = 0;
    *length = 0;
    for (;;) {
        if (term_is_cons(list)) {
            Term head = term_head(list);
            list = term_tail(list);
            if (term_is_list(head)) {
                if (depth == 64) return false;
                stack[depth++] = list;
                list = head;
                continue;
            }
            int64_t ch = term_is_small(head) ? term_small(head) : -1;
            if ((ch < 32 || ch > 126) && ch != '\n' && ch != '\r' && ch != '\t') return false;
            ++*length;
        } else if (list != BRC_NIL) {
            return false;
        } else if (depth == 0) {
            return true;
        } else {
            list = stack[--depth];
        }
    }
}

static void put_string(OutStream *o, Term list) {
    for (; term_is_cons(list); list = term_tail(list)) {
        if (term_is_list(term_head(list))) {
            put_string(o, term_head(list));
        } else {
            uint8_t ch = (uint8_t)term_small(term_head(list));
            brc_io_out_put(o, &ch, 1);
        }
    }
}

/* What stock's init makes of a term for its last words: deep parts are left out. */
static void put_short(OutStream *o, Term t, int depth) {
    size_t length;
    if (term_is_list(t)) {
        if (depth >= 4) {
            brc_io_out_put(o, "[_]", 3);
        } else if (printable(t, &length) && length > 0) {
            put_string(o, t);
        } else {
            brc_io_out_put(o, "[", 1);
            for (; term_is_cons(t); t = term_tail(t)) {
                put_short(o, term_head(t), depth + 1);
                if (term_is_cons(term_tail(t))) brc_io_out_put(o, ",", 1);
            }
            brc_io_out_put(o, "]", 1);
        }
    } else if (term_is_tuple(t)) {
        size_t n = term_tuple_arity(t);
        if (depth >= 4) {
            brc_io_out_put(o, "{_}", 3);
            return;
        }
        brc_io_out_put(o, "{", 1);
        for (size_t i = 0; i < n; i++) {
            if (i > 0) brc_io_out_put(o, ",", 1);
            put_short(o, term_tuple_elements(t)[i], depth + 1);
        }
        brc_io_out_put(o, "}", 1);
    } else if (term_is_atom(t)) {
        const char *text = brc_term_atom_text(t, &length);
        brc_io_out_put(o, text, length);
    } else if (term_is_float(t)) {
        char text[BRC_FLOAT_TEXT_ROOM];
        brc_io_out_put(o, text, brc_term_float_scientific(term_float(t), 20, text));
    } else if (term_is_integer(t) || term_is_pid(t)) {
        brc_term_print(t, put_text, o);
    }
}

void brc_io_print_end(Term reason) {
    static const char words[] = "init terminating in do_boot";
    brc_io_out_finish_blocking();
    OutStream *o = brc_io_out_lock(2);
    brc_io_out_put(o, "{\"", 2);
    brc_io_out_put(o, words, sizeof words - 1);
    brc_io_out_put(o, "\",", 2);
    brc_term_print(reason, put_text, o);
    brc_io_out_put(o, "}\n", 2);
    brc_io_out_put(o, words, sizeof words - 1);
    brc_io_out_put(o, " (", 2);
    put_short(o, reason, 0);
    brc_io_out_put(o, ")\n", 2);
    brc_io_out_unlock();
    brc_io_out_finish_blocking();
}

/* brc_native:print_end(Reason) */
Term brc_bif_brc_native_print_end_1(Proc *p, Term reason) {
    (void)p;
    brc_io_print_end(reason);
    return AM(ok);
}
