/* bif_port.c: what programs ask of ports, and opening them. What is to be answered gives a
 * reference, which the answer carries: module erlang waits for it. */
#include "abi/bif.h"
#include "bif/iowalk.h"
#include "ctx/fail.h"
#include "io/file.h"
#include "io/port.h"
#include "proc/text.h"
#include "sig/signal.h"
#include "term/atom.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- requests ---- */

/* A port by its identifier or name; BRC_NONE: none such. */
static Term port_of(Term t) {
    if (term_is_atom(t)) t = brc_proc_whereis(t);
    return t != BRC_NONE && term_is_local_port(t) && brc_proc_slot_of(t) ? t : BRC_NONE;
}

/* The reference of the answer, or `gone`. */
static Term ask_later(Proc *p, Term t, Term what, Term arg, Term gone) {
    uint64_t key;
    Term port = port_of(t);
    if (port == BRC_NONE) return gone;
    Term ref = brc_proc_ref_new(brc_ctx_alloc(p, BRC_REF_WORDS), &key);
    return brc_sig_send_port(port, proc_pid(p), key, what, arg) ? ref : gone;
}

/* The answer, or the reference of one, or `gone`. */
static Term ask(Proc *p, Term t, Term what, Term arg, Term gone) {
    Term answer = brc_io_port_ask_direct(p, port_of(t), what, arg);
    return answer != BRC_NONE ? answer : ask_later(p, t, what, arg, gone);
}

static void count(void *state, const uint8_t *bytes, size_t n) {
    (void)bytes;
    *(size_t *)state += n;
}

Term brc_bif_erts_internal_port_command_3(Proc *p, Term port, Term data, Term options) {
    size_t total, n = 0;
    Term how = AM(command);
    for (; term_is_cons(options); options = term_tail(options)) {
        if (term_head(options) != AM(force) && term_head(options) != AM(nosuspend))
            return AM(badopt);
        if (how != AM(force)) how = term_head(options);
    }
    if (options != BRC_NIL) return AM(badopt);
    Term answer = brc_io_port_ask_direct(p, port_of(port), how, data);
    if (answer != BRC_NONE) return answer;
    if (!brc_bif_io_walk(data, count, &n, &total)) return AM(badarg);
    return ask_later(p, port, how, data, AM(badarg));
}

Term brc_bif_erts_internal_port_connect_2(Proc *p, Term port, Term pid) {
    if (!term_is_local_pid(pid) || !brc_proc_slot_of(pid)) return AM(badarg);
    return ask(p, port, AM(connect), pid, AM(badarg));
}

Term brc_bif_erts_internal_port_close_1(Proc *p, Term port) {
    return ask(p, port, AM(close), BRC_NIL, AM(badarg));
}

/* Nothing that can be a port here answers to this. */
Term brc_bif_erts_internal_port_call_3(Proc *p, Term port, Term operation, Term data) {
    (void)p, (void)port, (void)operation, (void)data;
    return AM(badarg);
}

/* Of a port that is gone, undefined; of what is none, badarg. */
static Term gone_of(Term port) {
    return term_is_local_port(port) || term_is_atom(port) ? AM(undefined) : AM(badarg);
}

Term brc_bif_erts_internal_port_info_1(Proc *p, Term port) {
    return ask(p, port, AM(info), BRC_NIL, gone_of(port));
}

Term brc_bif_erts_internal_port_info_2(Proc *p, Term port, Term item) {
    if (!term_is_atom(item)) return AM(badarg);
    return ask(p, port, AM(info), item, gone_of(port));
}

Term brc_bif_erlang_ports_0(Proc *p) {
    Term list = BRC_NIL, *end = &list, port;
    uint32_t at = 0;
    brc_io_port_start_forker(p);
    while ((port = brc_proc_next(&at)) != BRC_NONE) {
        if (!term_is_local_port(port)) continue;
        Term *cell = brc_ctx_alloc(p, 2);
        *end = term_cons(cell, port, BRC_NIL);
        end = &cell[1];
    }
    return list;
}

/* ---- options of open_port ---- */

typedef struct Options {
    PortCommand command;
    Port *port;
    bool shell; /* {spawn, Command}: else {spawn_executable, File} or {fd, In, Out} */
    Term args, arg0, env;
    bool in, out;
} Options;

/* A name or argument as the kernel takes it, malloc'd. NULL: not one. */
static char *native(Proc *p, Term t) {
    if (term_is_atom(t)) {
        size_t n;
        const char *text = brc_term_atom_text(t, &n);
        return strdup(text);
    }
    Path path;
    Term name = brc_bif_prim_file_internal_name2native_1(p, t);
    if (name == BRC_NONE || !brc_io_path_begin(name, &path)) return NULL;
    char *copy = strdup(path.text);
    brc_io_path_end(&path);
    return copy;
}

static bool flag_option(Options *o, Term t) {
    Port *q = o->port;
    if (t == AM(stream))
        q->framing = BRC_PORT_STREAM;
    else if (t == AM(use_stdio))
        o->command.high = false;
    else if (t == AM(nouse_stdio))
        o->command.high = true;
    else if (t == AM(stderr_to_stdout))
        o->command.errors_too = true;
    else if (t == AM(exit_status))
        q->wants_status = true;
    else if (t == AM(eof))
        q->wants_eof = true;
    else if (t == AM(binary))
        q->binary = true;
    else if (t == AM(in))
        o->in = true;
    else if (t == AM(out))
        o->out = true;
    else
        return t == AM(hide) || t == AM(overlapped_io);
    return true;
}

static bool framing_option(Port *q, Term name, Term value) {
    if (!term_is_small(value)) return false;
    int64_t n = term_small(value);
    if (name == AM(packet)) {
        q->framing = BRC_PORT_PACKET;
        q->unit = (uint32_t)n;
        return n == 1 || n == 2 || n == 4;
    }
    q->framing = BRC_PORT_LINE;
    q->unit = (uint32_t)n;
    return n > 0 && n <= INT32_MAX;
}

static bool pair_option(Proc *p, Options *o, Term name, Term value) {
    if (name == AM(packet) || name == AM(line)) return framing_option(o->port, name, value);
    if (name == AM(cd)) {
        free(o->command.folder);
        return (o->command.folder = native(p, value)) != NULL;
    }
    if (name == AM(args)) o->args = value;
    if (name == AM(arg0)) o->arg0 = value;
    if (name == AM(env)) o->env = value;
    if (name == AM(parallelism)) return value == AM(true) || value == AM(false);
    return name == AM(args) || name == AM(arg0) || name == AM(env) ||
           name == AM(busy_limits_port) || name == AM(busy_limits_msgq);
}

static bool options(Proc *p, Options *o, Term list) {
    for (; term_is_cons(list); list = term_tail(list)) {
        Term t = term_head(list);
        const Term *e = term_is_tuple_of(t, 2) ? term_tuple_elements(t) : NULL;
        if (e ? !pair_option(p, o, e[0], e[1]) : !flag_option(o, t)) return false;
    }
    if (!o->in && !o->out) o->in = o->out = true;
    o->command.in = o->in;
    o->command.out = o->out;
    return list == BRC_NIL;
}

/* ---- arguments and environment of a child ---- */

static bool arguments(Proc *p, Options *o) {
    PortCommand *c = &o->command;
    int64_t n = o->args == BRC_NONE ? 0 : brc_term_list_length(o->args);
    if (n < 0 || !(c->argv = calloc((size_t)n + 2, sizeof *c->argv))) return false;
    c->argv[0] = o->arg0 == BRC_NONE ? strdup(c->file) : native(p, o->arg0);
    if (!c->argv[0]) return false;
    size_t at = 1;
    for (Term l = o->args; at <= (size_t)n; l = term_tail(l))
        if (!(c->argv[at++] = native(p, term_head(l)))) return false;
    return true;
}

static bool shell_arguments(PortCommand *c, const char *command) {
    static const char exec[] = "exec ";
    size_t n = strlen(command);
    c->argv = calloc(4, sizeof *c->argv);
    char *line = malloc(sizeof exec + n);
    if (!c->argv || !line) abort();
    memcpy(line, exec, sizeof exec - 1);
    memcpy(line + sizeof exec - 1, command, n + 1);
    c->file = strdup("/bin/sh");
    c->argv[0] = strdup("sh");
    c->argv[1] = strdup("-c");
    c->argv[2] = line;
    return true;
}

static bool same_name(const char *setting, const char *name, size_t n) {
    return strncmp(setting, name, n) == 0 && setting[n] == '=';
}

/* One setting more or less; all has room for it. */
static void change(char **all, char *name, const char *value) {
    size_t n = strlen(name), at = 0;
    while (all[at] && !same_name(all[at], name, n))
        at++;
    if (value) {
        char *setting = malloc(n + strlen(value) + 2);
        if (!setting) abort();
        stpcpy(stpcpy(stpcpy(setting, name), "="), value);
        free(all[at]);
        all[at] = setting;
    } else if (all[at]) {
        free(all[at]);
        for (; all[at]; at++)
            all[at] = all[at + 1];
    }
}

static bool environment(Proc *p, Options *o) {
    if (o->env == BRC_NONE) return true;
    int64_t n = brc_term_list_length(o->env);
    size_t ours = 0;
    while (environ[ours])
        ours++;
    if (n < 0) return false;
    char **all = o->command.env = calloc(ours + (size_t)n + 1, sizeof *all);
    if (!all) abort();
    for (size_t i = 0; i < ours; i++)
        all[i] = strdup(environ[i]);
    for (Term l = o->env; term_is_cons(l); l = term_tail(l)) {
        const Term *e =
            term_is_tuple_of(term_head(l), 2) ? term_tuple_elements(term_head(l)) : NULL;
        char *name = e ? native(p, e[0]) : NULL;
        char *value = e && e[1] != AM(false) ? native(p, e[1]) : NULL;
        bool ok = name && *name && !strchr(name, '=') && (value || (e && e[1] == AM(false)));
        if (ok) change(all, name, value);
        free(name);
        free(value);
        if (!ok) return false;
    }
    return true;
}

/* ---- opening ---- */

/* 0, or why a file cannot be run. */
static int not_executable(const char *file) {
    struct stat st;
    if (stat(file, &st) < 0) return errno;
    return access(file, X_OK) < 0 ? errno : 0;
}

/* AM(ok), or what open_port says. */
static Term start_child(Proc *p, Options *o) {
    if (!environment(p, o)) return AM(badarg);
    int error = o->shell ? 0 : not_executable(o->command.file);
    if (!error) error = brc_io_port_spawn(o->port, &o->command);
    return error ? brc_io_posix_name(error) : AM(ok);
}

static Term open_fds(Options *o, Term in, Term out) {
    Port *q = o->port;
    if (!term_is_small(in) || !term_is_small(out) || term_small(in) < 0 || term_small(out) < 0)
        return AM(badarg);
    q->given = true;
    if (o->in) q->in_fd = (int)term_small(in);
    if (o->out) q->out_fd = (int)term_small(out);
    q->name = strdup("fd");
    return AM(ok);
}

static Term open_shell(Proc *p, Options *o, Term command, bool driver) {
    Port *q = o->port;
    if (o->args != BRC_NONE || o->arg0 != BRC_NONE) return AM(badarg);
    q->name = native(p, command);
    if (!q->name || !*q->name) return AM(badarg);
    const PortKind *kind = brc_io_port_kind(q->name);
    if (kind) {
        q->kind = kind;
        if (kind->open) kind->open(q);
        return AM(ok);
    }
    if (driver) return AM(badarg);
    o->shell = true;
    shell_arguments(&o->command, q->name);
    return start_child(p, o);
}

static Term open_executable(Proc *p, Options *o, Term file) {
    Port *q = o->port;
    o->command.file = native(p, file);
    if (!o->command.file || !*o->command.file || !arguments(p, o)) return AM(badarg);
    q->name = strdup(o->command.file);
    return start_child(p, o);
}

static Term open_named(Proc *p, Options *o, Term name, Term settings) {
    if (!options(p, o, settings)) return AM(badopt);
    if (term_is_tuple_of(name, 3)) {
        const Term *e = term_tuple_elements(name);
        return e[0] == AM(fd) ? open_fds(o, e[1], e[2]) : AM(badarg);
    }
    if (!term_is_tuple_of(name, 2)) return open_shell(p, o, name, false);
    const Term *e = term_tuple_elements(name);
    if (e[0] == AM(spawn)) return open_shell(p, o, e[1], false);
    if (e[0] == AM(spawn_driver)) return open_shell(p, o, e[1], true);
    return e[0] == AM(spawn_executable) ? open_executable(p, o, e[1]) : AM(badarg);
}

Term brc_bif_erts_internal_open_port_2(Proc *p, Term name, Term settings) {
    Options o = {.args = BRC_NONE, .arg0 = BRC_NONE, .env = BRC_NONE};
    Port *q = o.port = brc_io_port_new(NULL);
    Term result = open_named(p, &o, name, settings);
    brc_io_port_command_free(&o.command);
    p->fail = BRC_FAIL_NO; /* of names that were none */
    if (result == AM(ok)) {
        Term port = brc_io_port_start(p, q);
        if (port != BRC_NONE) {
            if (q->child) brc_io_port_await(q->child, port);
            brc_ctx_charge(p, 500);
            return port;
        }
        result = AM(system_limit);
    }
    brc_io_port_free(q);
    return result;
}
