/* open.c: libraries that are shared objects. Part of programs that are linked dynamically only. */
#include "nif/nif.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static char *why(void) {
    const char *text = dlerror();
    return strdup(text ? text : "unknown error");
}

void brc_nif_dlopen(const char *path, NifOpened *out) {
    char name[4200];
    snprintf(name, sizeof name, "%s.so", path);
    out->handle = dlopen(name, RTLD_NOW);
    if (!out->handle) {
        out->error = why();
        return;
    }
    out->init = dlsym(out->handle, "nif_init");
    if (out->init) return;
    out->error = why();
    out->has_no_init = true;
    dlclose(out->handle);
}

void brc_nif_dlclose(void *handle) {
    dlclose(handle);
}

static void *report(void (*handler)(void *, const char *), void *arg) {
    if (handler) handler(arg, dlerror());
    return NULL;
}

void *enif_dlopen(const char *lib, void (*handler)(void *, const char *), void *arg) {
    void *handle = dlopen(lib, RTLD_NOW);
    return handle ? handle : report(handler, arg);
}

void *enif_dlsym(void *handle, const char *symbol, void (*handler)(void *, const char *),
                 void *arg) {
    void *at = dlsym(handle, symbol);
    return at ? at : report(handler, arg);
}
