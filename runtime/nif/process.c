/* process.c: processes and ports as NIFs see them: who is there, and messages to them. */
#include "nif/nif.h"
#include "sched/dirty.h"
#include "sig/signal.h"

ErlNifPid *enif_self(ErlNifEnv *env, ErlNifPid *pid) {
    if (env->kind == NIF_ENV_FREE || env->kind == NIF_ENV_CALLBACK) return NULL;
    pid->pid = env->p->pid;
    return pid;
}

void enif_set_pid_undefined(ErlNifPid *pid) {
    pid->pid = AM(undefined);
}
int enif_is_pid_undefined(const ErlNifPid *pid) {
    return pid->pid == AM(undefined);
}

int enif_is_current_process_alive(ErlNifEnv *env) {
    return brc_proc_is_alive(env->p->pid);
}
int enif_is_process_alive(ErlNifEnv *env, ErlNifPid *pid) {
    (void)env;
    return term_is_local_pid(pid->pid) && brc_proc_is_alive(pid->pid);
}
int enif_is_port_alive(ErlNifEnv *env, ErlNifPort *port) {
    (void)env;
    return brc_proc_is_alive(port->port_id);
}

int enif_whereis_pid(ErlNifEnv *env, ERL_NIF_TERM name, ErlNifPid *pid) {
    (void)env;
    Term t = term_is_atom(name) ? brc_proc_whereis(name) : BRC_NONE;
    if (t == BRC_NONE || !term_is_local_pid(t)) return 0;
    pid->pid = t;
    return 1;
}
int enif_whereis_port(ErlNifEnv *env, ERL_NIF_TERM name, ErlNifPort *port) {
    (void)env;
    Term t = term_is_atom(name) ? brc_proc_whereis(name) : BRC_NONE;
    if (t == BRC_NONE || !term_is_local_port(t)) return 0;
    port->port_id = t;
    return 1;
}

/* A message is copied; its environment is empty then. */
int enif_send(ErlNifEnv *env, const ErlNifPid *to, ErlNifEnv *from, ERL_NIF_TERM message) {
    (void)env;
    if (!term_is_local_pid(to->pid) || !brc_proc_is_alive(to->pid)) return 0;
    if (!brc_sig_push_mt(to->pid, brc_sig_new_message(message))) return 0;
    if (from) enif_clear_env(from);
    return 1;
}

int enif_port_command(ErlNifEnv *env, const ErlNifPort *to, ErlNifEnv *from, ERL_NIF_TERM message) {
    Term *at = brc_ctx_alloc(from ? from->p : env->p, 6);
    Term sender = env ? env->p->pid : BRC_NIL;
    Term command = term_tuple2(at, AM(command), message);
    Term signal = term_tuple2(at + 3, sender, command);
    if (!brc_sig_send_port(to->port_id, sender, 0, AM(send), signal)) return 0;
    if (from) enif_clear_env(from);
    return 1;
}

int enif_thread_type(void) {
    if (brc_sched_pool == BRC_DIRTY_CPU) return ERL_NIF_THR_DIRTY_CPU_SCHEDULER;
    if (brc_sched_pool == BRC_DIRTY_IO) return ERL_NIF_THR_DIRTY_IO_SCHEDULER;
    return brc_proc_sched ? ERL_NIF_THR_NORMAL_SCHEDULER : ERL_NIF_THR_UNDEFINED;
}
