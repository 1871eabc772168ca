/* monitor.c: processes that resources watch. The process has an entry as for any monitor, whose
 * watcher is BRC_SIG_WATCHER; the reference's key leads to the resource here. */
#include "nif/nif.h"
#include "base/panic.h"
#include "sig/signal.h"
#include <stdlib.h>

typedef struct Watch {
    struct Watch *next;
    uint64_t key;
    NifResource *resource;
} Watch;

enum { BUCKETS = 256 };
static struct {
    BrcLock lock; /* guards all, and NifResource.monitors */
    Watch *buckets[BUCKETS];
} watches;

static Watch **place_locked(uint64_t key) {
    Watch **at = &watches.buckets[key % BUCKETS];
    while (*at && (*at)->key != key)
        at = &(*at)->next;
    return at;
}

static bool forget_locked(uint64_t key) {
    Watch **at = place_locked(key), *w = *at;
    if (!w) return false;
    *at = w->next;
    free(w);
    return true;
}

/* The resource's own note of it; the caller frees it. */
static NifMonitor *unlink_locked(NifResource *r, uint64_t key) {
    for (NifMonitor **at = &r->monitors; *at; at = &(*at)->next)
        if ((*at)->key == key) {
            NifMonitor *m = *at;
            *at = m->next;
            return m;
        }
    return NULL;
}

static void put_key(ErlNifMonitor *to, uint64_t key) {
    memset(to, 0, sizeof *to);
    memcpy(to->data, &key, sizeof key);
}
static uint64_t key_of(const ErlNifMonitor *m) {
    uint64_t key;
    memcpy(&key, m->data, sizeof key);
    return key;
}

/* ---- the process has ended ---- */

static void down(uint64_t key, Term pid) {
    brc_base_lock(&watches.lock);
    Watch *w = *place_locked(key);
    NifResource *r = w ? w->resource : NULL;
    bool mine = w && brc_nif_resource_try_ref(r); /* else its destructor takes the entry out */
    if (mine) {
        forget_locked(key);
        free(unlink_locked(r, key));
    }
    brc_base_unlock(&watches.lock);
    if (!mine) return;
    NifOwnEnv e;
    ErlNifPid who = {.pid = pid};
    ErlNifMonitor monitor;
    put_key(&monitor, key);
    r->type->init.down(brc_nif_env_begin(&e, NIF_ENV_CALLBACK, r->type->owner), r->data, &who,
                       &monitor);
    brc_nif_env_end(&e);
    brc_ctx_magic_unref(&r->magic);
}

/* The reference of the resource that watches. */
static Term watcher(Proc *p, uint64_t key) {
    brc_base_lock(&watches.lock);
    Watch *w = *place_locked(key);
    NifResource *r = w && brc_nif_resource_try_ref(w->resource) ? w->resource : NULL;
    brc_base_unlock(&watches.lock);
    return r ? brc_ctx_magic_term(p, &r->magic) : AM(undefined);
}

/* ---- setting and ending one ---- */

static void note(NifResource *r, Term pid, uint64_t key) {
    Watch *w = calloc(1, sizeof *w);
    NifMonitor *m = calloc(1, sizeof *m);
    BRC_CHECK(w && m);
    *m = (NifMonitor){.key = key, .pid = pid};
    *w = (Watch){.key = key, .resource = r};
    brc_base_lock(&watches.lock);
    m->next = r->monitors;
    r->monitors = m;
    w->next = watches.buckets[key % BUCKETS];
    watches.buckets[key % BUCKETS] = w;
    brc_base_unlock(&watches.lock);
}

/* Whether it was there. */
static bool end(NifResource *r, uint64_t key, bool tell) {
    brc_base_lock(&watches.lock);
    NifMonitor *m = unlink_locked(r, key);
    if (m) forget_locked(key);
    brc_base_unlock(&watches.lock);
    if (!m) return false;
    if (tell) brc_sig_send_plain(BRC_SIG_DEMONITOR, BRC_SIG_WATCHER, m->pid, key);
    free(m);
    return true;
}

int enif_monitor_process(ErlNifEnv *env, void *object, const ErlNifPid *pid, ErlNifMonitor *out) {
    (void)env;
    NifResource *r = nif_resource_of(object);
    if (!r->type->init.down) return -1;
    if (!term_is_local_pid(pid->pid) || !brc_proc_is_alive(pid->pid)) return 1;
    Term at[BRC_REF_WORDS];
    uint64_t key;
    brc_proc_ref_new(at, &key);
    atomic_store(&brc_sig_watched_down, down);
    atomic_store(&brc_sig_watcher, watcher);
    note(r, pid->pid, key);
    Frag *f = brc_sig_new(BRC_SIG_MONITOR, BRC_SIG_WATCHER, 0);
    sig_meta(f)->key = key;
    if (!brc_sig_push_mt(pid->pid, f)) {
        end(r, key, false);
        return 1;
    }
    if (out) put_key(out, key);
    return 0;
}

int enif_demonitor_process(ErlNifEnv *env, void *object, const ErlNifMonitor *monitor) {
    (void)env;
    return end(nif_resource_of(object), key_of(monitor), true) ? 0 : 1;
}

void brc_nif_drop_monitors(NifResource *r) {
    while (r->monitors)
        end(r, r->monitors->key, true);
}

int enif_compare_monitors(const ErlNifMonitor *a, const ErlNifMonitor *b) {
    return memcmp(a->data, b->data, sizeof a->data);
}

ERL_NIF_TERM enif_make_monitor_term(ErlNifEnv *env, const ErlNifMonitor *monitor) {
    return brc_proc_ref_from_key(brc_ctx_alloc(env->p, BRC_REF_WORDS), key_of(monitor));
}
