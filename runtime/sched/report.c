/* report.c: system_info's `info`, `procs`, `loaded` and `dist`: texts in the form of a crash dump's
 * sections, as stock has them. */
#include "base/panic.h"
#include "proc/text.h"
#include "sched/dirty.h"
#include "sched/sched.h"
#include "sched/stats.h"
#include "term/atom.h"
#include "term/bits.h"
#include "term/print.h"
#include <stdio.h>
#include <stdlib.h>

extern const char __executable_start[], etext[]; /* the linker's */

static void put(const char *text, size_t n, void *stream) {
    fwrite(text, 1, n, stream);
}

static void put_loaded(FILE *f) {
    fprintf(f, "Current code: %zu\nOld code: 0\n", (size_t)(etext - __executable_start));
}

static void put_dist(FILE *f) {
    fputs("=node:'nonode@nohost'\n=no_distribution\n", f);
}

static void put_info(FILE *f) {
    fprintf(f, "=index_table:atom_tab\nlimit: %zu\nentries: %zu\n", brc_term_atom_limit,
            brc_term_atom_count());
    fprintf(f, "=index_table:process_table\nlimit: %u\nentries: %u\n", brc_proc_limit(),
            brc_proc_count());
    fprintf(f, "=allocated_areas\nbinary: %zu\nets: %zu\n", brc_ctx_sharedbin_bytes(),
            brc_sched_ets_bytes ? (size_t)brc_sched_ets_bytes() : 0);
    put_loaded(f);
    put_dist(f);
}

/* What can be said of a process by whoever looks from outside. */
static void put_process(FILE *f, Term pid) {
    static const char *const states[] = {
        [BRC_PROC_FREE] = "Free",       [BRC_PROC_READY] = "Scheduled",
        [BRC_PROC_WAITING] = "Waiting", [BRC_PROC_PARKED] = "Waiting",
        [BRC_PROC_DIRTY] = "Running",   [BRC_PROC_SUSPENDED] = "Suspended",
        [BRC_PROC_EXITING] = "Exiting",
    };
    ProcSlot *slot = brc_proc_slot_of(pid);
    if (!slot || !term_is_local_pid(pid)) return;
    Term name = atomic_load(&slot->name);
    fputs("=proc:", f);
    brc_term_print(pid, put, f);
    fprintf(f, "\nState: %s\n", states[atomic_load(&slot->state)]);
    if (name == BRC_NONE) return;
    fputs("Name: ", f);
    brc_term_print(name, put, f);
    fputc('\n', f);
}

static void put_processes(FILE *f) {
    uint32_t at = 0;
    for (Term pid; (pid = brc_proc_next(&at)) != BRC_NONE;)
        put_process(f, pid);
}

Term brc_sched_report(Proc *p, Term item) {
    void (*write_to)(FILE *) = item == AM(info)     ? put_info
                               : item == AM(procs)  ? put_processes
                               : item == AM(loaded) ? put_loaded
                               : item == AM(dist)   ? put_dist
                                                    : NULL;
    char *text = NULL;
    size_t size = 0;
    FILE *f = write_to ? open_memstream(&text, &size) : NULL;
    if (!f) return BRC_NONE;
    write_to(f);
    fclose(f);
    Term binary = brc_term_bin_new(p, (const uint8_t *)text, size);
    free(text);
    return binary;
}
