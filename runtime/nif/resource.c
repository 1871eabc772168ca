/* resource.c: resources and their types. A type is found by module and name, and outlives every
 * library: those that open it again take it over, with the resources that live. */
#include "nif/nif.h"
#include "base/panic.h"
#include "ctx/magic.h"
#include "term/atom.h"
#include <stdlib.h>

/* ---- types ---- */

static struct {
    BrcLock lock;
    ErlNifResourceType *first; /* guarded by the lock; only grows */
} types;

/* Opened by the load that is under way, which nif/load.c lets be only one. */
typedef struct Opened {
    struct Opened *next;
    ErlNifResourceType *type;
    ErlNifResourceTypeInit init;
} Opened;
static Opened *opened;

void brc_nif_types_begin(void) {
    opened = NULL;
}

/* Keeps the library that its resources need; the one that it kept before, if that is another: a
 * reference for the caller to drop. */
static NifLibrary *settle_locked(ErlNifResourceType *t) {
    const ErlNifResourceTypeInit *i = &t->init;
    bool calls = i->dtor || i->stop || i->down || i->dyncall;
    NifLibrary *before = t->keeps;
    t->keeps = t->resources > 0 && calls ? t->owner : NULL;
    if (t->keeps == before) return NULL;
    if (t->keeps) brc_nif_library_ref(t->keeps);
    return before;
}

static void take_over(ErlNifResourceType *t, const ErlNifResourceTypeInit *init, NifLibrary *l) {
    brc_base_lock(&types.lock);
    brc_base_lock(&t->lock);
    t->init = *init;
    t->owner = l;
    NifLibrary *before = settle_locked(t);
    brc_base_unlock(&t->lock);
    brc_base_unlock(&types.lock);
    if (before) brc_nif_library_unref(before);
}

void brc_nif_types_end(NifLibrary *l, bool good) {
    for (Opened *o = opened, *next; o; o = next) {
        next = o->next;
        if (good) take_over(o->type, &o->init, l);
        free(o);
    }
    opened = NULL;
}

void brc_nif_types_forget(const NifLibrary *l) {
    brc_base_lock(&types.lock);
    for (ErlNifResourceType *t = types.first; t; t = t->next)
        if (t->owner == l) t->owner = NULL;
    brc_base_unlock(&types.lock);
}

static ErlNifResourceType *find_locked(Term module, Term name) {
    ErlNifResourceType *t = types.first;
    while (t && (t->module != module || t->name != name))
        t = t->next;
    return t;
}

/* Owner NULL: opened by a load that failed, or is still under way. */
static ErlNifResourceType *find_or_make(Term module, Term name, ErlNifResourceFlags flags,
                                        ErlNifResourceFlags *tried) {
    brc_base_lock(&types.lock);
    ErlNifResourceType *t = find_locked(module, name);
    bool there = t && t->owner;
    ErlNifResourceFlags want = there ? ERL_NIF_RT_TAKEOVER : ERL_NIF_RT_CREATE;
    if (tried) *tried = flags & want ? want : there ? ERL_NIF_RT_CREATE : ERL_NIF_RT_TAKEOVER;
    if (!(flags & want)) {
        t = NULL;
    } else if (!t) {
        t = calloc(1, sizeof *t);
        if (!t) brc_base_panic("out of memory (a resource type)");
        t->module = module;
        t->name = name;
        t->next = types.first;
        types.first = t;
    }
    brc_base_unlock(&types.lock);
    return t;
}

ErlNifResourceType *enif_init_resource_type(ErlNifEnv *env, const char *name,
                                            const ErlNifResourceTypeInit *init,
                                            ErlNifResourceFlags flags, ErlNifResourceFlags *tried) {
    if (env->kind != NIF_ENV_LOAD) return NULL;
    Term atom = enif_make_atom(env, name);
    if (atom == BRC_NONE) return NULL;
    ErlNifResourceType *t = find_or_make(env->library->module, atom, flags, tried);
    if (!t) return NULL;
    Opened *o = calloc(1, sizeof *o);
    if (!o) brc_base_panic("out of memory (a resource type)");
    o->type = t;
    o->init.dtor = init->members > 0 ? init->dtor : NULL;
    o->init.stop = init->members > 1 ? init->stop : NULL;
    o->init.down = init->members > 2 ? init->down : NULL;
    o->init.dyncall = init->members > 3 ? init->dyncall : NULL;
    o->next = opened;
    opened = o;
    return t;
}

ErlNifResourceType *enif_open_resource_type_x(ErlNifEnv *env, const char *name,
                                              const ErlNifResourceTypeInit *init,
                                              ErlNifResourceFlags flags,
                                              ErlNifResourceFlags *tried) {
    ErlNifResourceTypeInit known = *init;
    known.members = 3;
    return enif_init_resource_type(env, name, &known, flags, tried);
}

ErlNifResourceType *enif_open_resource_type(ErlNifEnv *env, const char *module, const char *name,
                                            void (*dtor)(ErlNifEnv *, void *),
                                            ErlNifResourceFlags flags, ErlNifResourceFlags *tried) {
    (void)module;
    ErlNifResourceTypeInit init = {.dtor = dtor, .members = 1};
    return enif_init_resource_type(env, name, &init, flags, tried);
}

/* ---- resources ---- */

static void count(ErlNifResourceType *t, int more) {
    brc_base_lock(&t->lock);
    t->resources = (size_t)((int64_t)t->resources + more);
    NifLibrary *before = settle_locked(t);
    brc_base_unlock(&t->lock);
    if (before) brc_nif_library_unref(before);
}

/* It counts until its destructor is done, and the destructor's library stays meanwhile, whoever
 * takes the type over. */
static void destroy(Magic *m) {
    NifResource *r = (NifResource *)m;
    ErlNifResourceType *t = r->type;
    brc_nif_drop_monitors(r);
    brc_base_lock(&t->lock);
    ErlNifResourceDtor *dtor = t->init.dtor;
    NifLibrary *l = t->keeps;
    if (l) brc_nif_library_ref(l);
    brc_base_unlock(&t->lock);
    if (dtor) {
        NifOwnEnv e;
        dtor(brc_nif_env_begin(&e, NIF_ENV_CALLBACK, l), r->data);
        brc_nif_env_end(&e);
    }
    count(t, -1);
    if (l) brc_nif_library_unref(l);
    brc_ctx_magic_free(m);
}

void *enif_alloc_resource(ErlNifResourceType *type, size_t size) {
    NifResource *r = brc_ctx_magic_new(sizeof *r + size, destroy);
    r->type = type;
    r->size = size;
    count(type, 1);
    return r->data;
}

bool brc_nif_resource_try_ref(NifResource *r) {
    uint64_t n = atomic_load(&r->magic.refs);
    while (n)
        if (atomic_compare_exchange_weak(&r->magic.refs, &n, n + 1)) return true;
    return false;
}

void enif_release_resource(void *object) {
    brc_ctx_magic_unref(&nif_resource_of(object)->magic);
}
void enif_keep_resource(void *object) {
    brc_ctx_magic_ref(&nif_resource_of(object)->magic);
}
size_t enif_sizeof_resource(void *object) {
    return nif_resource_of(object)->size;
}

ERL_NIF_TERM enif_make_resource(ErlNifEnv *env, void *object) {
    Magic *m = &nif_resource_of(object)->magic;
    brc_ctx_magic_ref(m);
    return brc_ctx_magic_term(env->p, m);
}

/* The resource of a term: a reference, or a binary that enif_make_resource_binary made. */
static NifResource *resource_of(Term t) {
    NifResource *r = brc_ctx_magic_kind(t, destroy);
    BitsView v;
    if (r || !brc_term_bits_view(t, &v) || !term_is_kind(v.original, BRC_REFBIN)) return r;
    const SharedBin *b = (const SharedBin *)term_box(v.original)[3];
    return b->room_bytes == BRC_SHAREDBIN_MAGIC ? *(NifResource *const *)b->data : NULL;
}

int enif_get_resource(ErlNifEnv *env, ERL_NIF_TERM t, ErlNifResourceType *type, void **object) {
    (void)env;
    NifResource *r = resource_of(t);
    if (!r || r->type != type) return 0;
    *object = r->data;
    return 1;
}

ERL_NIF_TERM enif_make_resource_binary(ErlNifEnv *env, void *object, const void *data,
                                       size_t size) {
    Magic *m = &nif_resource_of(object)->magic;
    brc_ctx_magic_ref(m);
    SharedBin *b = brc_ctx_sharedbin_of_magic(m, size);
    return brc_nif_window(env->p, b, data, size);
}

int enif_dynamic_resource_call(ErlNifEnv *env, ERL_NIF_TERM module, ERL_NIF_TERM name,
                               ERL_NIF_TERM resource, void *data) {
    brc_base_lock(&types.lock);
    ErlNifResourceType *t = find_locked(module, name);
    brc_base_unlock(&types.lock);
    void *object;
    if (!t || !t->init.dyncall || !enif_get_resource(env, resource, t, &object)) return 1;
    ErlNifEnv inner = *env;
    inner.library = t->owner;
    inner.temps = NULL;
    t->init.dyncall(&inner, object, data);
    brc_nif_free_temps(&inner);
    return 0;
}
