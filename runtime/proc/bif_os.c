/* bif_os.c: the environment of the operating system process. */
#include "abi/bif.h"
#include "base/format.h"
#include "ctx/fail.h"
#include "base/lock.h"
#include "proc/proc.h"
#include "proc/text.h"
#include <stdlib.h>
#include <unistd.h>

static BrcLock lock; /* of the C library's environment */

/* A name without '='; NULL: none. */
static char *name_of(Term t) {
    char *name = brc_proc_text(t, NULL);
    if (name && (!*name || strchr(name, '='))) {
        free(name);
        return NULL;
    }
    return name;
}

Term brc_bif_os_getenv_1(Proc *p, Term name) {
    char *text = name == BRC_NIL ? brc_proc_text(name, NULL) : name_of(name);
    if (!text) return brc_ctx_badarg(p);
    brc_base_lock(&lock);
    const char *value = getenv(text);
    Term result = value ? brc_proc_string(p, value, strlen(value)) : AM(false);
    brc_base_unlock(&lock);
    free(text);
    return result;
}

Term brc_bif_os_putenv_2(Proc *p, Term name, Term value) {
    char *n = name_of(name), *v = brc_proc_text(value, NULL);
    bool ok = n && v;
    if (ok) {
        brc_base_lock(&lock);
        setenv(n, v, 1);
        brc_base_unlock(&lock);
    }
    free(n);
    free(v);
    return ok ? AM(true) : brc_ctx_badarg(p);
}

Term brc_bif_os_unsetenv_1(Proc *p, Term name) {
    char *n = name_of(name);
    if (!n) return brc_ctx_badarg(p);
    brc_base_lock(&lock);
    unsetenv(n);
    brc_base_unlock(&lock);
    free(n);
    return AM(true);
}

Term brc_bif_os_env_0(Proc *p) {
    Term list = BRC_NIL;
    brc_base_lock(&lock);
    for (char **e = environ; e && *e; e++) {
        const char *eq = strchr(*e, '=');
        if (!eq) continue;
        Term name = brc_proc_string(p, *e, (size_t)(eq - *e));
        Term value = brc_proc_string(p, eq + 1, strlen(eq + 1));
        Term *at = brc_ctx_alloc(p, 5);
        list = term_cons(at, term_tuple2(at + 2, name, value), list);
    }
    brc_base_unlock(&lock);
    return list;
}

Term brc_bif_os_getpid_0(Proc *p) {
    char text[32];
    brc_base_format(text, sizeof text, "%d", (int)getpid());
    return brc_proc_string_ascii(p, text);
}
