/* info.c: what sockets are known to support, by name; what one is, what all are; settings of all.
 */
#include "base/file.h"
#include "base/format.h"
#include "sock/option.h"
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>

static Term pair(ErlNifEnv *env, Term a, Term b) {
    return enif_make_tuple2(env, a, b);
}

/* ---- protocols: those of /etc/protocols, or without it what OTP knows by itself ---- */

static const char *const usual[] = {"ip 0", "ipv6 41", "sctp 132", "tcp 6", "udp 17", NULL};

/* One line: {[Name, Alias...], Number}; BRC_NONE: nothing in it. */
static Term protocol(ErlNifEnv *env, char *line) {
    char *save, *word, *name;
    Term names = enif_make_list(env, 0), out;
    line[strcspn(line, "#\n")] = 0;
    if (!(name = strtok_r(line, " \t", &save)) || !(word = strtok_r(NULL, " \t", &save)))
        return BRC_NONE;
    int number = (int)strtol(word, NULL, 10);
    names = enif_make_list1(env, SOCK_A(name));
    while ((word = strtok_r(NULL, " \t", &save)))
        if (strcmp(word, name) != 0) names = enif_make_list_cell(env, SOCK_A(word), names);
    return enif_make_reverse_list(env, names, &out) ? pair(env, out, enif_make_int(env, number))
                                                    : BRC_NONE;
}

static Term protocols(ErlNifEnv *env) {
    Term list = enif_make_list(env, 0), t;
    char *text = brc_base_file("/etc/protocols", NULL), *rest = NULL, line[64];
    for (char *at = text ? strtok_r(text, "\n", &rest) : NULL; at; at = strtok_r(NULL, "\n", &rest))
        if ((t = protocol(env, at)) != BRC_NONE) list = enif_make_list_cell(env, t, list);
    for (int i = 0; !text && usual[i]; i++) {
        brc_base_format(line, sizeof line, "%s", usual[i]);
        list = enif_make_list_cell(env, protocol(env, line), list);
    }
    free(text);
    return list;
}

/* ---- tables ---- */

static Term options_of(ErlNifEnv *env, int level) {
    Term list = enif_make_list(env, 0);
    for (int i = brc_sock_option_count - 1; i >= 0; i--) {
        const SockOption *o = &brc_sock_options[i];
        if (o->level != level) continue;
        Term name = SOCK_A(o->name);
        if (o->number >= 0) name = pair(env, name, enif_make_int(env, o->number));
        list = enif_make_list_cell(env, name, list);
    }
    return list;
}

static Term options(ErlNifEnv *env) {
    static const int levels[] = {IPPROTO_UDP, IPPROTO_TCP, IPPROTO_IPV6, IPPROTO_IP};
    Term list = enif_make_list(env, 0);
    for (int i = 0; i < 4; i++)
        list = enif_make_list_cell(
            env, pair(env, enif_make_int(env, levels[i]), options_of(env, levels[i])), list);
    return enif_make_list_cell(env, pair(env, SOCK_A("socket"), options_of(env, SOL_SOCKET)), list);
}

static const SockName requests[] = {{"gifconf", SIOCGIFCONF},
                                    {"gifname", SIOCGIFNAME},
                                    {"gifindex", SIOCGIFINDEX},
                                    {"gifaddr", SIOCGIFADDR},
                                    {"gifdstaddr", SIOCGIFDSTADDR},
                                    {"gifbrdaddr", SIOCGIFBRDADDR},
                                    {"gifnetmask", SIOCGIFNETMASK},
                                    {"gifhwaddr", SIOCGIFHWADDR},
                                    {"gifmtu", SIOCGIFMTU},
                                    {"gifflags", SIOCGIFFLAGS},
                                    {"giftxqlen", SIOCGIFTXQLEN},
                                    {"gifmap", SIOCGIFMAP},
                                    {"sifaddr", SIOCSIFADDR},
                                    {"sifdstaddr", SIOCSIFDSTADDR},
                                    {"sifbrdaddr", SIOCSIFBRDADDR},
                                    {"sifmtu", SIOCSIFMTU},
                                    {"sifflags", SIOCSIFFLAGS},
                                    {"siftxqlen", SIOCSIFTXQLEN},
                                    {NULL, 0}};
const SockName brc_sock_interface_flags[] = {
    {"allmulti", 512},  {"automedia", 16384}, {"broadcast", 2},    {"cantconfig", 0},
    {"debug", 4},       {"dormant", 131072},  {"dying", 0},        {"dynamic", 32768},
    {"echo", 262144},   {"knowsepoch", 0},    {"link0", 0},        {"link1", 0},
    {"link2", 0},       {"loopback", 8},      {"lower_up", 65536}, {"master", 1024},
    {"monitor", 0},     {"multicast", 4096},  {"noarp", 128},      {"nogroup", 0},
    {"notrailers", 32}, {"oactive", 0},       {"pointopoint", 16}, {"portsel", 8192},
    {"ppromisc", 0},    {"promisc", 256},     {"renaming", 0},     {"running", 64},
    {"simplex", 0},     {"slave", 2048},      {"staticarp", 0},    {"up", 1},
    {NULL, 0}};

static Term numbers(ErlNifEnv *env, const SockName *table) {
    Term list = enif_make_list(env, 0);
    for (; table->name; table++)
        list = enif_make_list_cell(
            env, pair(env, SOCK_A(table->name), enif_make_int(env, table->number)), list);
    return list;
}

Term brc_bif_prim_socket_nif_supports_0(Proc *p) {
    ErlNifEnv *env = SOCK_ENV(p);
    static const SockName have[] = {
        {"sctp", false}, {"ipv6", true}, {"local", true}, {"netns", true}, {"sendfile", true}};
    Term list = enif_make_list(env, 0);
    for (int i = 4; i >= 0; i--)
        list = enif_make_list_cell(env, pair(env, SOCK_A(have[i].name), sock_bool(have[i].number)),
                                   list);
    return list;
}

Term brc_bif_prim_socket_nif_supports_1(Proc *p, Term what) {
    ErlNifEnv *env = SOCK_ENV(p);
    if (what == SOCK_A("protocols")) return protocols(env);
    if (what == SOCK_A("options")) return options(env);
    if (what == SOCK_A("ioctl_requests")) return numbers(env, requests);
    if (what == SOCK_A("ioctl_flags")) return numbers(env, brc_sock_interface_flags);
    if (what == SOCK_A("msg_flags")) return numbers(env, brc_sock_flag_names);
    return enif_make_list(env, 0);
}

/* ---- one socket ---- */

static Term count(ErlNifEnv *env, Term m, const char *name, uint64_t n) {
    return sock_put(env, m, name, enif_make_uint64(env, n));
}

static Term counters(ErlNifEnv *env, const SockCounts *c) {
    Term m = enif_make_new_map(env);
#define COUNT(name) m = count(env, m, #name, c->name)
    COUNT(read_byte), COUNT(read_fails), COUNT(read_pkg), COUNT(read_pkg_max), COUNT(read_tries);
    COUNT(read_waits), COUNT(write_byte), COUNT(write_fails), COUNT(write_pkg),
        COUNT(write_pkg_max);
    COUNT(write_tries), COUNT(write_waits), COUNT(acc_success), COUNT(acc_fails), COUNT(acc_tries);
    COUNT(acc_waits);
    return m;
}

static int waiting(const Sock *s, enum SockWay way, Term op, bool is) {
    int n = 0;
    for (SockWait *w = s->waits[way]; w; w = w->next)
        n += w->message && (w->op == op) == is;
    return n;
}

static Term states(ErlNifEnv *env, const Sock *s, bool writes) {
    Term list = enif_make_list(env, 0);
    const struct {
        const char *name;
        bool is;
    } all[] = {{"closed", s->closed},
               {"closing", s->closing},
               {"selected", s->selected[writes ? SOCK_WRITE : SOCK_READ]},
               {"connecting", writes && s->connecting},
               {"connected", writes && s->connected},
               {"listening", !writes && s->listening},
               {"bound", !writes && s->bound}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].is) list = enif_make_list_cell(env, SOCK_A(all[i].name), list);
    return list;
}

Term brc_bif_prim_socket_nif_info_1(Proc *p, Term ref) {
    ErlNifEnv *env = SOCK_ENV(p);
    Sock *s = brc_sock_get(env, ref);
    if (!s) return BRC_NONE;
    Term m = enif_make_new_map(env), accept = SOCK_A("accept");
    m = sock_put(env, m, "domain", brc_sock_family_term(env, s->domain));
    m = sock_put(env, m, "type", brc_sock_type_term(env, s->type));
    m = sock_put(env, m, "protocol", enif_make_int(env, s->protocol));
    m = sock_put(env, m, "owner", s->owner == BRC_NONE ? AM(undefined) : s->owner);
    Term made = SOCK_A(s->given || s->copy_of >= 0 ? "fromfd" : "normal");
    if (s->copy_of >= 0) made = pair(env, made, enif_make_int(env, s->copy_of));
    m = sock_put(env, m, "ctype", made);
    m = sock_put(env, m, "counters", counters(env, &s->counts));
    m = sock_put(env, m, "num_readers", enif_make_int(env, waiting(s, SOCK_READ, accept, false)));
    m = sock_put(env, m, "num_acceptors", enif_make_int(env, waiting(s, SOCK_READ, accept, true)));
    m = sock_put(env, m, "num_writers", enif_make_int(env, waiting(s, SOCK_WRITE, accept, false)));
    m = sock_put(env, m, "rstates", states(env, s, false));
    m = sock_put(env, m, "wstates", states(env, s, true));
    brc_base_unlock(&s->lock);
    return m;
}

/* ---- all of them ---- */

static _Atomic(bool) debugs, sockets_debug;
_Atomic(bool) brc_sock_uses_registry = true;

enum Counted {
    DINET,
    DINET6,
    DLOCAL,
    PIP,
    PSCTP,
    PTCP,
    PUDP,
    SOCKETS,
    TDGRAMS,
    TSEQPKGS,
    TSTREAMS,
    COUNTED
};
static const char *const counted_names[COUNTED] = {
    "num_dinet", "num_dinet6",  "num_dlocal",  "num_pip",      "num_psctp",   "num_ptcp",
    "num_pudp",  "num_sockets", "num_tdgrams", "num_tseqpkgs", "num_tstreams"};
static _Atomic(int64_t) counted[COUNTED];

static void add(enum Counted what, bool is, int change) {
    if (is) atomic_fetch_add_explicit(&counted[what], change, memory_order_relaxed);
}

void brc_sock_count(const Sock *s, int change) {
    add(DINET, s->domain == AF_INET, change), add(DINET6, s->domain == AF_INET6, change);
    add(DLOCAL, s->domain == AF_UNIX, change), add(PIP, s->protocol == IPPROTO_IP, change);
    add(PSCTP, s->protocol == IPPROTO_SCTP, change), add(PTCP, s->protocol == IPPROTO_TCP, change);
    add(PUDP, s->protocol == IPPROTO_UDP, change), add(SOCKETS, true, change);
    add(TDGRAMS, s->type == SOCK_DGRAM, change), add(TSEQPKGS, s->type == SOCK_SEQPACKET, change);
    add(TSTREAMS, s->type == SOCK_STREAM, change);
}

Term brc_bif_prim_socket_nif_info_0(Proc *p) {
    ErlNifEnv *env = SOCK_ENV(p);
    Term m = enif_make_new_map(env), c = enif_make_new_map(env);
    c = sock_put(env, c, "num_cnt_bits", enif_make_int(env, 64));
    for (int i = 0; i < COUNTED; i++)
        c = sock_put(env, c, counted_names[i], enif_make_int64(env, counted[i]));
    m = sock_put(env, m, "counters", c);
    m = sock_put(env, m, "debug", sock_bool(debugs));
    m = sock_put(env, m, "socket_debug", sock_bool(sockets_debug));
    m = sock_put(env, m, "use_registry", sock_bool(brc_sock_uses_registry));
    m = sock_put(env, m, "iow", AM(false));
    return sock_put(env, m, "iov_max", enif_make_int(env, 1024));
}

Term brc_bif_prim_socket_nif_command_1(Proc *p, Term command) {
    ErlNifEnv *env = SOCK_ENV(p);
    Term what = enif_is_map(env, command) ? sock_get(env, command, "command") : BRC_NONE;
    Term data = what != BRC_NONE ? sock_get(env, command, "data") : BRC_NONE;
    if (data != AM(true) && data != AM(false)) return brc_ctx_badarg(p);
    if (what == SOCK_A("debug"))
        debugs = data == AM(true);
    else if (what == SOCK_A("socket_debug"))
        sockets_debug = data == AM(true);
    else if (what == SOCK_A("use_registry"))
        brc_sock_uses_registry = data == AM(true);
    else
        return brc_ctx_badarg(p);
    return AM(ok);
}
