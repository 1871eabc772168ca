/* option.c: options, by the numbers that prim_socket found in the table of info.c; those of level
 * `otp` are ours. */
#include "sock/option.h"
#include "term/bits.h"
#include "term/int.h"
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stdlib.h>

const SockOption brc_sock_options[] = {
#define OPT(level, name, number, kind) {level, name, number, SOCK_##kind##_OPTION},
#include "sock/option.def"
#undef OPT
};
const int brc_sock_option_count = sizeof brc_sock_options / sizeof *brc_sock_options;

static enum SockOptionKind kind_of(int level, int number) {
    for (int i = 0; i < brc_sock_option_count; i++)
        if (brc_sock_options[i].level == level && brc_sock_options[i].number == number)
            return brc_sock_options[i].kind;
    return SOCK_NONE_OPTION;
}

static int level_of(ErlNifEnv *env, Term t) {
    return t == SOCK_A("socket") ? SOL_SOCKET : term_is_small(t) ? (int)term_small(t) : -1;
}
static bool small_of(Term t, int *n) {
    if (!term_is_small(t) || term_small(t) < INT32_MIN || term_small(t) > UINT32_MAX) return false;
    *n = (int)term_small(t);
    return true;
}

/* ---- otp's own ---- */

enum {
    OTP_DEBUG = 1001,
    OTP_IOW,
    OTP_OWNER,
    OTP_RCVBUF,
    OTP_RCVCTRLBUF = 1006,
    OTP_SNDCTRLBUF,
    OTP_FD,
    OTP_META,
    OTP_USE_REGISTRY,
    OTP_DOMAIN = 1999
};

static bool flag_of(Term t, bool *to) {
    if (t != AM(true) && t != AM(false)) return false;
    *to = t == AM(true);
    return true;
}
/* A size, or `default`. */
static bool size_of(ErlNifEnv *env, Term t, uint32_t fallback, uint32_t *to) {
    if (t == SOCK_A("default")) return *to = fallback, true;
    if (!term_is_small(t) || term_small(t) <= 0 || term_small(t) > 1 << 30) return false;
    *to = (uint32_t)term_small(t);
    return true;
}
static bool set_buffer(ErlNifEnv *env, Sock *s, Term t) {
    uint32_t times = 0;
    if (term_is_tuple_of(t, 2)) {
        const Term *pair = term_tuple_elements(t);
        if (!size_of(env, pair[0], 0, &times)) return false;
        t = pair[1];
    }
    if (!size_of(env, t, 8192, &s->read_bytes)) return false;
    s->read_times = times;
    s->reads = 0;
    return true;
}
static void set_meta(Sock *s, Term t) {
    if (!s->meta_env) s->meta_env = (NifOwnEnv *)enif_alloc_env();
    enif_clear_env(&s->meta_env->env);
    s->meta = enif_make_copy(&s->meta_env->env, t);
}
/* BRC_NONE: done, or not good. */
static Term set_owner(ErlNifEnv *env, Sock *s, Term pid, bool *good) {
    *good = term_is_local_pid(pid);
    if (!*good) return BRC_NONE;
    bool alive = true, mine = s->owner == env->p->pid;
    if (mine) alive = brc_sock_own_locked(env, s, pid);
    if (!mine || !alive)
        return enif_make_tuple2(env, AM(error),
                                brc_sock_invalid(env, mine ? "not_alive" : "not_owner"));
    return BRC_NONE;
}

static Term no_own(ErlNifEnv *env, int option) {
    Term what = enif_make_tuple2(env, SOCK_A("otp_socket_option"), enif_make_int(env, option));
    return brc_ctx_error2(env->p, SOCK_A("invalid"), what);
}

static Term set_own(ErlNifEnv *env, Sock *s, int option, Term value) {
    bool good = false, before = s->registered;
    switch (option) {
    case OTP_DEBUG: good = flag_of(value, &s->debug); break;
    case OTP_IOW: good = flag_of(value, &s->iow); break;
    case OTP_OWNER: {
        Term t = set_owner(env, s, value, &good);
        if (t != BRC_NONE) return t;
        break;
    }
    case OTP_RCVBUF: good = set_buffer(env, s, value); break;
    case OTP_RCVCTRLBUF: good = size_of(env, value, 1024, &s->read_control); break;
    case OTP_SNDCTRLBUF: good = size_of(env, value, 1024, &s->write_control); break;
    case OTP_META:
        if (s->owner != env->p->pid)
            return enif_make_tuple2(env, AM(error), brc_sock_invalid(env, "not_owner"));
        good = true, set_meta(s, value);
        break;
    case OTP_USE_REGISTRY:
        good = flag_of(value, &s->registered);
        if (good && s->registered != before) brc_sock_register(env, s, before ? "del" : "add");
        break;
    default: return no_own(env, option);
    }
    return good ? AM(ok) : brc_sock_invalid(env, "value");
}

static Term get_own(ErlNifEnv *env, Sock *s, int option) {
    Term t;
    switch (option) {
    case OTP_DEBUG: t = sock_bool(s->debug); break;
    case OTP_IOW: t = sock_bool(s->iow); break;
    case OTP_OWNER: t = s->owner; break;
    case OTP_RCVBUF:
        t = enif_make_uint(env, s->read_bytes);
        if (s->read_times) t = enif_make_tuple2(env, enif_make_uint(env, s->read_times), t);
        break;
    case OTP_RCVCTRLBUF: t = enif_make_uint(env, s->read_control); break;
    case OTP_SNDCTRLBUF: t = enif_make_uint(env, s->write_control); break;
    case OTP_FD: t = enif_make_int(env, s->fd); break;
    case OTP_META: t = enif_make_copy(env, s->meta); break;
    case OTP_USE_REGISTRY: t = sock_bool(s->registered); break;
    case OTP_DOMAIN: t = brc_sock_family_term(env, s->domain); break;
    default: return no_own(env, option);
    }
    return brc_sock_ok(env, t);
}

/* ---- values on their way in ---- */

typedef union Value {
    int n;
    struct linger linger;
    struct in_addr address;
    struct ip_mreqn member;
    struct ip_mreq_source source;
    struct ipv6_mreq member6;
    char text[256];
} Value;

/* The address of an interface, or `any`. */
static bool read_member(ErlNifEnv *env, Term t, struct ip_mreqn *m) {
    Term to = sock_get(env, t, "multiaddr"), on = sock_get(env, t, "interface");
    Term index = sock_get(env, t, "ifindex");
    if (to == BRC_NONE || on == BRC_NONE) return false;
    if (index != BRC_NONE && !small_of(index, &m->imr_ifindex)) return false;
    return brc_sock_read_ip4(env, to, &m->imr_multiaddr) &&
           brc_sock_read_ip4(env, on, &m->imr_address);
}
static bool read_source(ErlNifEnv *env, Term t, struct ip_mreq_source *m) {
    Term to = sock_get(env, t, "multiaddr"), on = sock_get(env, t, "interface");
    Term from = sock_get(env, t, "sourceaddr");
    return to != BRC_NONE && on != BRC_NONE && from != BRC_NONE &&
           brc_sock_read_ip4(env, to, &m->imr_multiaddr) &&
           brc_sock_read_ip4(env, on, &m->imr_interface) &&
           brc_sock_read_ip4(env, from, &m->imr_sourceaddr);
}
static bool read_member6(ErlNifEnv *env, Term t, struct ipv6_mreq *m) {
    Term to = sock_get(env, t, "multiaddr"), on = sock_get(env, t, "interface");
    int n;
    if (to == BRC_NONE || on == BRC_NONE || !small_of(on, &n)) return false;
    m->ipv6mr_interface = (unsigned)n;
    return brc_sock_read_ip6(env, to, &m->ipv6mr_multiaddr);
}
static bool read_linger(ErlNifEnv *env, Term t, struct linger *l) {
    bool on;
    Term seconds = sock_get(env, t, "linger"), onoff = sock_get(env, t, "onoff");
    if (seconds == BRC_NONE || onoff == BRC_NONE || !flag_of(onoff, &on)) return false;
    l->l_onoff = on;
    return small_of(seconds, &l->l_linger) && l->l_linger >= 0;
}
static bool read_text(ErlNifEnv *env, Term t, Value *v, socklen_t *size) {
    ErlNifBinary b;
    if (!enif_inspect_iolist_as_binary(env, t, &b) || b.size >= sizeof v->text) return false;
    memcpy(v->text, b.data, b.size);
    *size = (socklen_t)b.size + 1;
    return true;
}
static bool read_named(ErlNifEnv *env, const SockName *names, Term t, int *n) {
    if (small_of(t, n)) return true;
    *n = brc_sock_number_of(env, names, t);
    return *n >= 0;
}

/* False: no value of this kind. */
static bool read_value(ErlNifEnv *env, enum SockOptionKind kind, Term t, Value *v,
                       socklen_t *size) {
    bool on, map = enif_is_map(env, t);
    *size = sizeof v->n;
    switch (kind) {
    case SOCK_BOOL_OPTION: return flag_of(t, &on) && (v->n = on, true);
    case SOCK_INT_OPTION: return small_of(t, &v->n);
    case SOCK_HOPS_OPTION: return t == SOCK_A("default") ? (v->n = -1, true) : small_of(t, &v->n);
    case SOCK_TOS_OPTION: return read_named(env, brc_sock_tos, t, &v->n);
    case SOCK_DISCOVER_OPTION: return read_named(env, brc_sock_discover, t, &v->n);
    case SOCK_DOMAIN_OPTION: v->n = brc_sock_family(env, t); return v->n >= 0;
    case SOCK_LINGER_OPTION:
        if (t == SOCK_A("abort"))
            return v->linger = (struct linger){1, 0}, *size = sizeof v->linger, true;
        *size = sizeof v->linger;
        return map && read_linger(env, t, &v->linger);
    case SOCK_ADDRESS_OPTION:
        *size = sizeof v->address;
        return brc_sock_read_ip4(env, t, &v->address);
    case SOCK_MEMBER_OPTION:
        *size = sizeof v->member;
        return map && read_member(env, t, &v->member);
    case SOCK_SOURCE_OPTION:
        *size = sizeof v->source;
        return map && read_source(env, t, &v->source);
    case SOCK_MEMBER6_OPTION:
        *size = sizeof v->member6;
        return map && read_member6(env, t, &v->member6);
    case SOCK_TEXT_OPTION:
    case SOCK_NAME_OPTION: return read_text(env, t, v, size);
    default: return false;
    }
}

static bool settable(enum SockOptionKind kind) {
    return kind != SOCK_NONE_OPTION && kind != SOCK_PROTOCOL_OPTION && kind != SOCK_TYPE_OPTION &&
           kind != SOCK_CONTROL_OPTION && kind != SOCK_UNSEEN_OPTION;
}

static Term set(ErlNifEnv *env, Sock *s, int level, int option, const void *value, socklen_t size) {
    return setsockopt(s->fd, level, option, value, size) == 0 ? AM(ok) : brc_sock_error(env, errno);
}

/* A value that is not looked at: an integer, a boolean or bytes. */
static Term set_native(ErlNifEnv *env, Sock *s, int level, int option, Term value) {
    ErlNifBinary b;
    bool on;
    int n;
    if (small_of(value, &n)) return set(env, s, level, option, &n, sizeof n);
    if (flag_of(value, &on)) return n = on, set(env, s, level, option, &n, sizeof n);
    if (!enif_inspect_binary(env, value, &b)) return brc_sock_invalid(env, "value");
    return set(env, s, level, option, b.data, (socklen_t)b.size);
}

Term brc_bif_prim_socket_nif_setopt_5(Proc *p, Term ref, Term level, Term option, Term value,
                                      Term native) {
    ErlNifEnv *env = SOCK_ENV(p);
    Sock *s = brc_sock_get(env, ref);
    int number, l;
    if (!s) return BRC_NONE;
    if (s->closing) return sock_leave(env, s, brc_sock_fail(env, "closed"));
    if (!small_of(option, &number)) return sock_leave(env, s, brc_ctx_badarg(p));
    if (level == SOCK_A("otp")) return sock_leave(env, s, set_own(env, s, number, value));
    if ((l = level_of(env, level)) < 0) return sock_leave(env, s, brc_ctx_badarg(p));
    if (native != BRC_SMALL(0)) return sock_leave(env, s, set_native(env, s, l, number, value));
    enum SockOptionKind kind = kind_of(l, number);
    Value v;
    socklen_t size;
    memset(&v, 0, sizeof v);
    if (!settable(kind)) return sock_leave(env, s, brc_sock_invalid(env, "socket_option"));
    if (!read_value(env, kind, value, &v, &size))
        return sock_leave(env, s, brc_sock_invalid(env, "value"));
    return sock_leave(env, s, set(env, s, l, number, &v, size));
}

/* ---- and out ---- */

static Term named(ErlNifEnv *env, const SockName *names, int n) {
    return brc_sock_int_atom(env, brc_sock_name_of(names, n), n);
}

static Term value_term(ErlNifEnv *env, enum SockOptionKind kind, const Value *v, socklen_t size) {
    int n = size >= sizeof v->n ? v->n : size >= 1 ? *(const uint8_t *)v : 0;
    switch (kind) {
    case SOCK_BOOL_OPTION: return sock_bool(n != 0);
    case SOCK_TOS_OPTION: return named(env, brc_sock_tos, n);
    case SOCK_DISCOVER_OPTION: return named(env, brc_sock_discover, n);
    case SOCK_DOMAIN_OPTION: return brc_sock_family_term(env, n);
    case SOCK_TYPE_OPTION: return brc_sock_type_term(env, n);
    case SOCK_PROTOCOL_OPTION: return n ? enif_make_int(env, n) : SOCK_A("default");
    case SOCK_LINGER_OPTION: {
        Term m = sock_put(env, enif_make_new_map(env), "onoff", sock_bool(v->linger.l_onoff != 0));
        return sock_put(env, m, "linger", enif_make_int(env, v->linger.l_linger));
    }
    case SOCK_ADDRESS_OPTION: return brc_sock_ip4(env, &v->address);
    case SOCK_CONTROL_OPTION: return enif_make_list(env, 0);
    case SOCK_TEXT_OPTION:
        return enif_make_string_len(env, v->text, strnlen(v->text, size), ERL_NIF_LATIN1);
    case SOCK_NAME_OPTION: /* with the zeros behind it */
        return enif_make_string_len(env, v->text, size ? size - 1 : 0, ERL_NIF_LATIN1);
    default: return enif_make_int(env, n);
    }
}

static bool gettable(enum SockOptionKind kind) {
    return kind != SOCK_NONE_OPTION && kind != SOCK_MEMBER_OPTION && kind != SOCK_MEMBER6_OPTION &&
           kind != SOCK_SOURCE_OPTION && kind != SOCK_UNSEEN_OPTION;
}

Term brc_bif_prim_socket_nif_getopt_3(Proc *p, Term ref, Term level, Term option) {
    ErlNifEnv *env = SOCK_ENV(p);
    Sock *s = brc_sock_get(env, ref);
    int number, l;
    if (!s) return BRC_NONE;
    if (!small_of(option, &number)) return sock_leave(env, s, brc_ctx_badarg(p));
    bool own = level == SOCK_A("otp");
    if (s->closing && !(own && number == OTP_META))
        return sock_leave(env, s, brc_sock_fail(env, "closed"));
    if (own) return sock_leave(env, s, get_own(env, s, number));
    if ((l = level_of(env, level)) < 0) return sock_leave(env, s, brc_ctx_badarg(p));
    enum SockOptionKind kind = kind_of(l, number);
    Value v;
    socklen_t size = kind == SOCK_NAME_OPTION || kind == SOCK_TEXT_OPTION ? sizeof v.text
                     : kind == SOCK_LINGER_OPTION                         ? sizeof v.linger
                                                                          : sizeof v.n;
    memset(&v, 0, sizeof v);
    if (!gettable(kind)) return sock_leave(env, s, brc_sock_invalid(env, "socket_option"));
    if (getsockopt(s->fd, l, number, &v, &size) != 0)
        return sock_leave(env, s, brc_sock_error(env, errno == EOPNOTSUPP ? ENOTSUP : errno));
    return sock_leave(env, s, brc_sock_ok(env, value_term(env, kind, &v, size)));
}

/* What a program wants to see it as: integer, boolean, bytes of a size or as many as a binary has.
 */
static Term get_native(ErlNifEnv *env, Sock *s, int level, int option, Term as) {
    ErlNifBinary b = {.size = 0};
    int n = 0;
    bool number = as == SOCK_A("integer"), flag = as == SOCK_A("boolean");
    socklen_t size = sizeof n;
    if (number || flag) {
        if (getsockopt(s->fd, level, option, &n, &size) != 0) return brc_sock_error(env, errno);
        return brc_sock_ok(env, flag ? sock_bool(n != 0) : enif_make_int(env, n));
    }
    bool sized = term_is_small(as) && term_small(as) >= 0 && term_small(as) < 1 << 20;
    if (!sized && !enif_inspect_binary(env, as, &b)) return brc_sock_invalid(env, "value");
    size = (socklen_t)(sized ? (size_t)term_small(as) : b.size);
    uint8_t *room = calloc(1, size + 1);
    if (room && b.size) memcpy(room, b.data, b.size);
    Term t = room && getsockopt(s->fd, level, option, room, &size) == 0
                 ? brc_sock_ok(env, brc_term_bin_new(env->p, room, size))
                 : brc_sock_error(env, errno);
    free(room);
    return t;
}

Term brc_bif_prim_socket_nif_getopt_4(Proc *p, Term ref, Term level, Term option, Term as) {
    ErlNifEnv *env = SOCK_ENV(p);
    Sock *s = brc_sock_get(env, ref);
    int number, l;
    if (!s) return BRC_NONE;
    if (s->closing) return sock_leave(env, s, brc_sock_fail(env, "closed"));
    if (!small_of(option, &number) || (l = level_of(env, level)) < 0)
        return sock_leave(env, s, brc_ctx_badarg(p));
    return sock_leave(env, s, get_native(env, s, l, number, as));
}
