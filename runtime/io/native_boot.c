/* native_boot.c: what brc_boot, init and the servers ask of the runtime at start. */
#include "abi/bif.h"
#include "abi/carried.h"
#include "abi/program.h"
#include "abi/servers.h"
#include "code/funs.h"
#include "ctx/fail.h"
#include "io/main.h"
#include "proc/proc.h"
#include "proc/text.h"
#include "term/bits.h"
#include "term/room.h"
#include <stdlib.h>
#include <string.h>

Term brc_io_arguments(Proc *p) {
    Term list = BRC_NIL;
    for (int i = brc_io_argc - 1; i > 0; i--) {
        Term text = brc_proc_string(p, brc_io_argv[i], strlen(brc_io_argv[i]));
        list = term_cons(room_exact(p, 2), text, list);
    }
    return list;
}

/* brc_native:arguments(). */
Term brc_bif_brc_native_arguments_0(Proc *p) {
    return brc_io_arguments(p);
}

/* brc_native:program(): the program's own name. */
Term brc_bif_brc_native_program_0(Proc *p) {
    const char *name = brc_io_argc > 0 ? brc_io_argv[0] : "";
    return brc_proc_string(p, name, strlen(name));
}

/* brc_native:library(Module): the folder below lib/ that the program's module was in, or undefined.
 */
Term brc_bif_brc_native_library_1(Proc *p, Term module) {
    for (size_t i = 0; brc_program_libraries && i < brc_program.module_count; i++) {
        const char *library = brc_program_libraries[i];
        if (brc_program.modules[i].name == module && library)
            return brc_proc_string(p, library, strlen(library));
    }
    return AM(undefined);
}

/* brc_native:servers(): what starts the program's servers, as funs. */
Term brc_bif_brc_native_servers_0(Proc *p) {
    size_t n = 0;
    if (!brc_program_servers) return BRC_NIL;
    while (brc_program_servers[n][0])
        n++;
    Term list = BRC_NIL;
    while (n--) {
        const Term *s = brc_program_servers[n];
        Term fun = brc_code_external_fun(p, s[0], s[1], 0);
        list = term_cons(brc_ctx_alloc(p, 2), fun, list);
    }
    return list;
}

/* "utf8" or "utf-8" in any case. */
static bool names_utf8(const char *at) {
    for (; *at; at++) {
        if ((at[0] | 32) != 'u' || (at[1] | 32) != 't' || (at[2] | 32) != 'f') continue;
        if (at[3 + (at[3] == '-')] == '8') return true;
    }
    return false;
}

bool brc_io_speaks_utf8(void) {
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) return names_utf8(value);
    }
    return false;
}

/* brc_native:encoding(): of standard input and output: before OTP 26 latin1 whatever the locale. */
Term brc_bif_brc_native_encoding_0(Proc *p) {
    (void)p;
    if (brc_program.otp_release < BRC_SMALL(26)) return AM(latin1);
    return brc_io_speaks_utf8() ? AM(unicode) : AM(latin1);
}

/* Which characters ~tp shows as text: stock's default, without the flag +pc unicode. */
Term brc_bif_io_printable_range_0(Proc *p) {
    (void)p;
    return AM(latin1);
}
