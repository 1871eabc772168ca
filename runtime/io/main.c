/* main.c: from the operating system's start of the program to its first Erlang process.
 *
 * That process runs brc_boot:start(Module, Function, Arity, Args) (lib/brc_boot.erl), which starts
 * the servers of standard output and error and then the program's main function. */
#include "io/main.h"
#include "abi/program.h"
#include "base/panic.h"
#include "code/funs.h"
#include "code/support.h"
#include "io/dump.h"
#include "io/out.h"
#include "sched/sched.h"
#include "sig/signal.h"
#include "term/etf.h"
#include <fcntl.h>
#include <malloc.h>

int brc_io_argc;
char **brc_io_argv;

extern const LitSlot __start_brc_litslots[] __attribute__((weak));
extern const LitSlot __stop_brc_litslots[] __attribute__((weak));

/* Literals hold no local funs: those are made where the code says `fun`. */
static const FunEntry *find_fun(const FunEntry *like, bool existing) {
    (void)existing;
    return like->index < 0 ? brc_code_external_entry(like->module, like->name, like->arity) : NULL;
}

static void build_literals(void) {
    for (const LitSlot *s = __start_brc_litslots; s < __stop_brc_litslots; s++) {
        *s->slot = brc_term_etf_decode_plain(NULL, s->etf, s->size, find_fun);
        if (*s->slot == BRC_NONE) brc_base_panic("a literal of the program cannot be read");
    }
}

/* The arguments of brc_boot:start/4: static data, so a literal. */
static Term boot_arguments(void) {
    static Term cells[8] __attribute__((aligned(16)));
    Term list = term_cons(cells + 6, brc_io_arguments(NULL), BRC_NIL);
    list = term_cons(cells + 4, BRC_SMALL(brc_program.main_arity), list);
    list = term_cons(cells + 2, brc_program.main_function, list);
    return term_cons(cells, brc_program.main_module, list);
}

/* A standard descriptor that the parent has closed must not come to mean another file: it is one
 * that is always at its end and takes all that is written, as in stock. */
static void hold_descriptors(void) {
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0) (void)!open("/dev/null", O_RDWR);
}

/* Binaries of the sizes that grow and go all the time are not worth a mapping each. */
static void tune_malloc(void) {
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 8 << 20);
}

int main(int argc, char **argv) {
    tune_malloc();
    hold_descriptors();
    brc_io_argc = argc;
    brc_io_argv = argv;
    build_literals();
    Sched *s = &brc_sched_first;
    brc_sched_start(s);
    brc_sched_prepare_wake(s);
    brc_io_take_flags();
    brc_io_signals_start();
    brc_io_dump_start();
    brc_sched_flush = brc_io_out_flush;
    brc_sig_crash_report = brc_io_crash_report;
    brc_sig_limit_report = brc_io_limit_report;
    Term none;
    Term boot = brc_sig_spawn(s, NULL, &brc_proc_default_options, AM(brc_boot), AM(start),
                              boot_arguments(), &none);
    BRC_CHECK(boot != BRC_NONE);
    brc_sched_run(s);
    brc_io_out_finish_blocking();
    return 0;
}
