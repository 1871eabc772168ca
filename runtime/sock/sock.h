/* sock.h: sockets as OTP's prim_socket speaks of them: resources, whose calls try at once and,
 * where the kernel has nothing, leave a request that a message answers:
 * {'$socket', Socket, select, Handle}. */
#pragma once
#include "nif/nif.h"
#include "term/atom.h"
#include "io/file.h"
#include <sys/socket.h>

enum SockWay { SOCK_READ, SOCK_WRITE, SOCK_WAYS };

/* A process that waits for its turn, or was told that it has come. */
typedef struct SockWait {
    struct SockWait *next;
    Term pid;
    Term op;       /* as prim_socket:cancel/3 names it */
    Frag *message; /* what it is told; NULL: it was */
    Frag *handle;  /* its term names the request: a reference, mostly */
} SockWait;

typedef struct SockCounts {
    uint64_t read_pkg, read_pkg_max, read_byte, read_tries, read_waits, read_fails, write_pkg,
        write_pkg_max, write_byte, write_tries, write_waits, write_fails, acc_success, acc_fails,
        acc_tries, acc_waits;
} SockCounts;

/* All is guarded by the lock. Invariants: 1. fd is -1 once it is closed; 2. a way's first waiting
 * process is the one that is told, the others wait for it to be done. */
typedef struct Sock {
    BrcLock lock;
    int fd, domain, type, protocol;
    Term owner;
    ErlNifMonitor owner_monitor;
    SockWait *waits[SOCK_WAYS];
    bool connecting, connected, bound, listening, closing, closed, counted;
    bool selected[SOCK_WAYS]; /* some call has waited for that */
    bool given;               /* the descriptor was the program's */
    int copy_of;              /* the program's, or -1 */
    unsigned generation;      /* of the epoll entry */
    /* -- options -- */
    bool debug, iow, registered;
    uint32_t read_bytes, read_control, write_control;
    uint32_t read_times,
        reads;           /* full buffers that make one recv, 0: any number; so many of them */
    NifOwnEnv *meta_env; /* malloc'd; holds meta */
    Term meta;
    int file; /* what is being sent, or -1 */
    SockCounts counts;
} Sock;

/* A call's environment. */
#define SOCK_ENV(p)  (&(ErlNifEnv){.p = (p), .kind = NIF_ENV_CALL, .raised = BRC_NONE})
#define SOCK_A(text) enif_make_atom(env, text)

/* -- resource.c -- */
Sock *brc_sock_new(ErlNifEnv *env, int fd, int domain, int type, int protocol, Term *ref);
/* The socket of a term, locked; NULL: none (badarg), and where it is closed, *error says so. */
Sock *brc_sock_get(ErlNifEnv *env, Term ref);
Term brc_sock_ref(ErlNifEnv *env, Sock *s);
void brc_sock_hold(Sock *s);
void brc_sock_drop(Sock *s);
void brc_sock_register(ErlNifEnv *env, Sock *s, const char *what);
/* Everybody that waits is told that it is over. */
void brc_sock_abort_locked(ErlNifEnv *env, Sock *s, const char *why);
bool brc_sock_own_locked(ErlNifEnv *env, Sock *s, Term pid); /* false: no process of that name */

/* One more, or one less, of those that prim_socket:info/0 counts. */
void brc_sock_count(const Sock *s, int change);

/* -- answers -- */
Term brc_sock_ok(ErlNifEnv *env, Term value);
Term brc_sock_error(ErlNifEnv *env, int error);
Term brc_sock_fail(ErlNifEnv *env, const char *reason);
Term brc_sock_invalid(ErlNifEnv *env, const char *what);
Term brc_sock_int_atom(ErlNifEnv *env, const char *name, int number); /* NULL: the number */

/* -- select.c -- */
/* Whether it is the caller's turn; where not, it waits and hears of it. */
enum SockTurn {
    SOCK_MINE,
    SOCK_WAITS,
    SOCK_BUSY, /* and the handle is `zero`: it does not wait */
    SOCK_CLASH /* with a call of another kind */
};
enum SockTurn brc_sock_turn_locked(ErlNifEnv *env, Sock *s, enum SockWay way, Term op, Term handle);
Term brc_sock_later(ErlNifEnv *env, enum SockTurn turn); /* the result where it is not MINE */
/* The kernel had nothing: the caller is told when that changes. 0, or an errno. */
int brc_sock_wait_locked(ErlNifEnv *env, Sock *s, enum SockWay way, Term op, Term handle);
/* The caller's request is done: the next one's turn. */
void brc_sock_done_locked(ErlNifEnv *env, Sock *s, enum SockWay way);
Term brc_sock_cancel_locked(ErlNifEnv *env, Sock *s, enum SockWay way, Term op, Term handle);
void brc_sock_forget_locked(Sock *s); /* epoll's entry goes */
void brc_sock_gone(ErlNifEnv *env, Sock *s, Term pid);
void brc_sock_wait_free(SockWait *w);

/* -- address.c -- */
typedef union SockAddress {
    struct sockaddr any;
    struct sockaddr_storage room;
    uint8_t bytes[sizeof(struct sockaddr_storage)];
} SockAddress;
bool brc_sock_read_address(ErlNifEnv *env, Term map, SockAddress *a, socklen_t *size);
Term brc_sock_address(ErlNifEnv *env, const SockAddress *a, socklen_t size);
bool brc_sock_read_ip4(ErlNifEnv *env, Term t, void *to);
bool brc_sock_read_ip6(ErlNifEnv *env, Term t, void *to);
Term brc_sock_ip4(ErlNifEnv *env, const void *from);
Term brc_sock_ip6(ErlNifEnv *env, const void *from);
int brc_sock_family(ErlNifEnv *env, Term t); /* -1: none */
Term brc_sock_family_term(ErlNifEnv *env, int family);
int brc_sock_type(ErlNifEnv *env, Term t);
Term brc_sock_type_term(ErlNifEnv *env, int type);

/* -- control.c: of ancillary data -- */
bool brc_sock_read_control(ErlNifEnv *env, const Sock *s, Term list, uint8_t *to, size_t room,
                           size_t *size);
Term brc_sock_control(ErlNifEnv *env, struct msghdr *m);
Term brc_sock_flags(ErlNifEnv *env, int flags);

/* -- names.c -- */
typedef struct SockName {
    const char *name;
    int number;
} SockName;
extern const SockName brc_sock_tos[], brc_sock_discover[], brc_sock_flag_names[];
int brc_sock_number_of(ErlNifEnv *env, const SockName *table, Term t); /* -1: none */
const char *brc_sock_name_of(const SockName *table, int number);       /* NULL: none */

/* The end of a call that has s locked. */
static inline Term sock_leave(ErlNifEnv *env, Sock *s, Term result) {
    brc_base_unlock(&s->lock);
    if (env->temps) brc_nif_free_temps(env);
    return result;
}
/* The call's socket s, locked and open, or the call's result. */
#define SOCK_ENTER(p, ref)                                                                         \
    ErlNifEnv *env = SOCK_ENV(p);                                                                  \
    Sock *s = brc_sock_get(env, ref);                                                              \
    if (!s) return BRC_NONE;                                                                       \
    if (s->closing) return sock_leave(env, s, brc_sock_fail(env, "closed"))

static inline Term sock_get(ErlNifEnv *env, Term map, const char *key) {
    Term value;
    return enif_get_map_value(env, map, SOCK_A(key), &value) ? value : BRC_NONE;
}
static inline Term sock_bool(bool b) {
    return b ? AM(true) : AM(false);
}
static inline Term sock_put(ErlNifEnv *env, Term map, const char *key, Term value) {
    Term out = map;
    enif_make_map_put(env, map, SOCK_A(key), value, &out);
    return out;
}
extern const SockName brc_sock_interface_flags[];
extern _Atomic(bool) brc_sock_uses_registry; /* where nothing else is said */
