/* load.c: erlang:load_nif/2: a library is found, looked over, and takes the place of functions of
 * the module that calls. */
#include "abi/bif.h"
#include "base/format.h"
#include "base/panic.h"
#include "bif/text.h"
#include "ctx/fail.h"
#include "nif/nif.h"
#include "term/atom.h"
#include "term/print.h"
#include "term/utf.h"
#include <stdarg.h>

static BrcLock loading; /* held over the whole of a load; guards NativeModule.library */

NativeModule *brc_nif_module(Term name) {
    if (!brc_program_natives) return NULL;
    for (NativeModule *m = brc_program_natives; m->name; m++)
        if (m->name == name) return m;
    return NULL;
}

__attribute__((weak)) NativeModule *brc_nif_loaded(const FnInfo *fn) {
    (void)fn;
    return NULL;
}
__attribute__((weak)) NifLibrary *brc_nif_older(const NativeModule *m) {
    (void)m;
    return NULL;
}

void brc_nif_library_ref(NifLibrary *l) {
    atomic_fetch_add_explicit(&l->refs, 1, memory_order_relaxed);
}
void brc_nif_library_unref(NifLibrary *l) {
    /* release: our uses come before; the acquire pairs with those of the other owners */
    if (atomic_fetch_sub_explicit(&l->refs, 1, memory_order_acq_rel) != 1) return;
    NifOwnEnv e;
    ErlNifEnv *env = brc_nif_env_begin(&e, NIF_ENV_CALLBACK, l);
    if (l->entry->unload && l->loaded) l->entry->unload(env, l->private_data);
    brc_nif_env_end(&e);
    brc_nif_types_forget(l);
    if (l->handle && &brc_nif_close) brc_nif_close(l->handle);
    free(l);
}

void brc_nif_purge(NativeModule *m) {
    brc_base_lock(&loading);
    NifLibrary *l = m->library;
    m->library = NULL;
    brc_base_unlock(&loading);
    if (l) brc_nif_library_unref(l);
}

/* ---- answers ---- */

typedef struct Refusal {
    Term tag; /* 0: none */
    char text[1024], shown[1024];
} Refusal;

static void show_part(const char *bytes, size_t n, void *refusal) {
    Refusal *r = refusal;
    size_t used = strlen(r->shown);
    brc_base_format(r->shown + used, sizeof r->shown - used, "%.*s", (int)n, bytes);
}

/* An atom as text, until the next one. */
static const char *show(Refusal *r, Term atom) {
    r->shown[0] = 0;
    brc_term_print(atom, show_part, r);
    return r->shown;
}

__attribute__((format(printf, 3, 4))) static bool refuse(Refusal *r, Term tag, const char *format,
                                                         ...) {
    va_list ap;
    va_start(ap, format);
    brc_base_format_args(r->text, sizeof r->text, format, ap);
    va_end(ap);
    r->tag = tag;
    return false;
}

/* UTF-8 as a list of characters. */
static Term characters(Proc *p, const char *text) {
    Term list = BRC_NIL;
    size_t n = strlen(text);
    while (n > 0) {
        size_t start = n - 1;
        while (start > 0 && ((uint8_t)text[start] & 0xC0) == 0x80)
            start--;
        uint32_t c = (uint8_t)text[start];
        if (n - start > 1) c &= 0x7Fu >> (n - start);
        for (size_t i = start + 1; i < n; i++)
            c = c << 6 | ((uint8_t)text[i] & 0x3F);
        list = term_cons(brc_ctx_alloc(p, 2), BRC_SMALL(c), list);
        n = start;
    }
    return list;
}

static Term refusal_term(Proc *p, const Refusal *r) {
    Term text = characters(p, r->text);
    Term pair = term_tuple2(brc_ctx_alloc(p, 3), r->tag, text);
    return term_tuple2(brc_ctx_alloc(p, 3), AM(error), pair);
}

/* ---- the path ---- */

typedef struct Path {
    char text[4096];
    size_t len;
} Path;

static void put_character(Path *to, uint32_t c) {
    if (c < 0x80) {
        to->text[to->len++] = (char)c;
        return;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const uint8_t first[] = {0, 0xC0, 0xE0, 0xF0};
    to->text[to->len++] = (char)(first[more] | c >> 6 * more);
    while (more-- > 0)
        to->text[to->len++] = (char)(0x80 | (c >> 6 * more & 0x3F));
}

/* A file name: a string or a binary. */
static bool read_path(Term t, Path *to) {
    size_t size;
    uint8_t *tmp = NULL;
    const uint8_t *bytes = brc_term_bin_bytes(t, &size, &tmp);
    to->len = 0;
    if (bytes) {
        bool fits = size < sizeof to->text;
        if (fits) memcpy(to->text, bytes, to->len = size);
        free(tmp);
        to->text[to->len] = 0;
        return fits;
    }
    for (; term_is_cons(t); t = term_tail(t)) {
        Term c = term_head(t);
        if (!term_is_small(c) || (uint64_t)term_small(c) > 0x10FFFF || c == BRC_SMALL(0) ||
            to->len + 8 > sizeof to->text)
            return false;
        put_character(to, (uint32_t)term_small(c));
    }
    to->text[to->len] = 0;
    return term_is_nil(t);
}

/* ---- finding the library ---- */

typedef struct Found {
    const ErlNifEntry *entry;
    void *handle;
} Found;

static bool is_module(const ErlNifEntry *e, Term module) {
    return e && e->name && brc_term_atom_existing(e->name, strlen(e->name)) == module;
}

/* Before version 2.7 functions had no flags, before 2.1 libraries no variant. */
typedef struct OldFunction {
    const char *name;
    unsigned arity;
    NifFunction *function;
} OldFunction;

static const ErlNifEntry *modern(const ErlNifEntry *e) {
    if (e->major != ERL_NIF_MAJOR_VERSION || e->minor >= 7) return e;
    ErlNifEntry *copy = calloc(1, sizeof *copy + (size_t)e->num_of_funcs * sizeof *copy->funcs);
    if (!copy) brc_base_panic("out of memory (a library of NIFs)");
    memcpy(copy, e, offsetof(ErlNifEntry, vm_variant));
    copy->vm_variant = e->minor >= 1 ? e->vm_variant : ERL_NIF_VM_VARIANT;
    copy->funcs = (ErlNifFunc *)(copy + 1);
    const OldFunction *old = (const OldFunction *)e->funcs;
    for (int i = 0; i < e->num_of_funcs; i++)
        copy->funcs[i] = (ErlNifFunc){old[i].name, old[i].arity, old[i].function, 0};
    return copy;
}

/* One that is linked into the program: named as the path ends, or for that module. */
static const StaticNif *find_static(const char *path, Term module) {
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    if (!brc_program_nifs) return NULL;
    for (const StaticNif *s = brc_program_nifs; s->name; s++)
        if (!strcmp(s->name, base) && is_module(s->init(), module)) return s;
    for (const StaticNif *s = brc_program_nifs; s->name; s++)
        if (is_module(s->init(), module)) return s;
    for (const StaticNif *s = brc_program_nifs; s->name; s++)
        if (!strcmp(s->name, base)) return s;
    return NULL;
}

static bool find(const char *path, Term module, Found *f, Refusal *r) {
    const StaticNif *s = find_static(path, module);
    NifOpened opened = {0};
    if (s) {
        f->entry = s->init();
    } else if (!&brc_nif_open) {
        return refuse(r, AM(load_failed),
                      "Failed to load NIF library: '%s.so: the program is linked statically, and "
                      "has no such library'",
                      path);
    } else {
        brc_nif_open(path, &opened);
        if (opened.error) {
            refuse(r, opened.has_no_init ? AM(bad_lib) : AM(load_failed),
                   opened.has_no_init ? "Failed to find library init function: '%s'"
                                      : "Failed to load NIF library: '%s'",
                   opened.error);
            free(opened.error);
            return false;
        }
        f->handle = opened.handle;
        f->entry = ((ErlNifEntry * (*)(void)) opened.init)();
    }
    if (!f->entry) return refuse(r, AM(bad_lib), "Library init-call unsuccessful");
    f->entry = modern(f->entry);
    return true;
}

/* ---- looking it over ---- */

/* "erts-13.1.5" as a number; what we provide is erts-13.1. */
static bool needs_newer(const char *erts) {
    char *at = "";
    if (!erts || strncmp(erts, "erts-", 5) != 0) return false;
    long major = strtol(erts + 5, &at, 10), minor = *at == '.' ? strtol(at + 1, NULL, 10) : 0;
    return major > 13 || (major == 13 && minor > 1);
}

static bool check_entry(const ErlNifEntry *e, Term module, Refusal *r) {
    if (e->major != ERL_NIF_MAJOR_VERSION)
        return refuse(r, AM(bad_lib),
                      "That old NIF library (%d.%d) is not compatible with this erts runtime "
                      "(%d.%d). Try recompile the NIF lib.",
                      e->major, e->minor, ERL_NIF_MAJOR_VERSION, ERL_NIF_MINOR_VERSION);
    if (strcmp(e->vm_variant, ERL_NIF_VM_VARIANT) != 0)
        return refuse(r, AM(bad_lib), "Library (%s) not compiled for this vm variant (%s).",
                      e->vm_variant, ERL_NIF_VM_VARIANT);
    if (e->minor >= 14 && needs_newer(e->min_erts))
        return refuse(
            r, AM(bad_lib),
            "That '%s' NIF library needs %s or newer. Either try to recompile the NIF lib "
            "or use a newer erts runtime.",
            e->name, e->min_erts);
    if (!is_module(e, module))
        return refuse(r, AM(bad_lib), "Library module name '%s' does not match calling module '%s'",
                      e->name, show(r, module));
    return true;
}

static NativeRow *row_of(const NativeModule *m, const ErlNifFunc *f) {
    Term name = brc_term_atom_existing(f->name, strlen(f->name));
    for (size_t i = 0; i < m->count; i++)
        if (m->rows[i].bif.name == name && m->rows[i].bif.arity == f->arity) return &m->rows[i];
    return NULL;
}

static bool check_function(const NativeModule *m, const ErlNifEntry *e, int i, Refusal *r) {
    const ErlNifFunc *f = &e->funcs[i];
    const NativeRow *row = row_of(m, f);
    if (!row)
        return refuse(r, AM(bad_lib), "Function not found %s:%s/%u", show(r, m->name), f->name,
                      f->arity);
    if (!(row->kind & BRC_NATIVE_NIF))
        return refuse(r, AM(bad_lib), "Function not declared as nif %s:%s/%u", show(r, m->name),
                      f->name, f->arity);
    if (f->flags > ERL_NIF_DIRTY_JOB_IO_BOUND)
        return refuse(r, AM(bad_lib), "Illegal flags field value %d for NIF %s:%s/%u",
                      (int)f->flags, show(r, m->name), f->name, f->arity);
    for (int k = 0; k < i; k++)
        if (e->funcs[k].arity == f->arity && !strcmp(e->funcs[k].name, f->name))
            return refuse(r, AM(bad_lib), "Duplicate NIF entry for %s:%s/%u", show(r, m->name),
                          f->name, f->arity);
    return true;
}

/* ---- taking it ---- */

/* old: of an older version of the module, or NULL. */
static bool call_load(Proc *p, NifLibrary *l, NifLibrary *old, Term info, Refusal *r) {
    const ErlNifEntry *e = l->entry;
    ErlNifEnv env = {.p = p, .kind = NIF_ENV_LOAD, .library = l, .raised = BRC_NONE};
    if (old && !e->upgrade)
        return refuse(r, AM(upgrade), "Upgrade not supported by this NIF library.");
    brc_nif_types_begin();
    int result = old       ? e->upgrade(&env, &l->private_data, &old->private_data, info)
                 : e->load ? e->load(&env, &l->private_data, info)
                           : 0;
    brc_nif_free_temps(&env);
    brc_nif_types_end(l, result == 0);
    l->loaded = result == 0;
    if (result == 0) return true;
    return refuse(r, old ? AM(upgrade) : AM(load), "Library %s-call unsuccessful (%d).",
                  old ? "upgrade" : "load", result);
}

static void replace(NativeModule *m, NifLibrary *l) {
    for (int i = 0; i < l->entry->num_of_funcs; i++) {
        const ErlNifFunc *f = &l->entry->funcs[i];
        NativeRow *row = row_of(m, f);
        row->function = (void *)f->fptr;
        row->flags = f->flags;
        row->from = l;
        /* pairs with the acquire in code/natives.h */
        atomic_store_explicit(&row->gate, brc_nif_enter, memory_order_release);
    }
}

static bool load_locked(Proc *p, NativeModule *m, const char *path, Term info, Refusal *r) {
    Found found = {0};
    if (m->library)
        return refuse(r, AM(reload),
                      "NIF library already loaded (reload disallowed since OTP 20).");
    if (!find(path, m->name, &found, r) || !check_entry(found.entry, m->name, r)) return false;
    for (int i = 0; i < found.entry->num_of_funcs; i++)
        if (!check_function(m, found.entry, i, r)) return false;
    NifLibrary *l = calloc(1, sizeof *l);
    if (!l) brc_base_panic("out of memory (a library of NIFs)");
    *l = (NifLibrary){.refs = 1, .entry = found.entry, .module = m->name, .handle = found.handle};
    if (!call_load(p, l, brc_nif_older(m), info, r)) {
        brc_nif_library_unref(l);
        return false;
    }
    m->library = l;
    m->tainted = true;
    replace(m, l);
    return true;
}

/* p->loc is where it is called. */
Term brc_bif_erlang_load_nif_2(Proc *p, Term path_term, Term info) {
    Path path;
    Refusal r = {0};
    if (!read_path(path_term, &path)) return brc_ctx_badarg(p);
    const FnInfo *caller = p->loc ? p->loc->fn : NULL;
    NativeModule none = {.name = caller ? caller->module : AM(undefined)};
    NativeModule *m = brc_nif_module(none.name);
    if (!m && caller) m = brc_nif_loaded(caller);
    brc_base_lock(&loading);
    bool good = load_locked(p, m ? m : &none, path.text, info, &r);
    brc_base_unlock(&loading);
    return good ? AM(ok) : refusal_term(p, &r);
}
