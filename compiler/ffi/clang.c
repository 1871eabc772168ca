/* clang.c: see clang.h. */
#include "ffi/clang.h"
#include "base/diag.h"
#include <dlfcn.h>

#define LIBRARY "libclang-19.so.19"

static void *find_library(void) {
    static const char *const places[] = {LIBRARY, "/usr/lib/llvm-19/lib/" LIBRARY};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        void *handle = dlopen(places[i], RTLD_NOW | RTLD_LOCAL);
        if (handle) return handle;
    }
    return NULL;
}

bool clang_is_there(void) {
    return find_library() != NULL;
}

static void *symbol(void *library, const char *name) {
    void *at = dlsym(library, name);
    if (!at) diag_fatal(LIBRARY " has no %s: install Debian's libclang1-19", name);
    return at;
}

const Clang *clang_open(void) {
    static Clang clang;
    static bool is_open;
    if (is_open) return &clang;
    void *library = find_library();
    if (!library)
        diag_fatal(LIBRARY " reads native/*.c, and it is not there: install Debian's libclang1-19");
#define FIELD(name) *(void **)&clang.name = symbol(library, "clang_" #name);
    CLANG_FUNCTIONS(FIELD)
#undef FIELD
    is_open = true;
    return &clang;
}

char *clang_text(CXString s) {
    const Clang *clang = clang_open();
    const char *text = clang->getCString(s);
    char *copy = mem_format("%s", text ? text : "");
    clang->disposeString(s);
    return copy;
}
