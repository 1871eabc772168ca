/* report.c: system_info's `info`, `procs`, `loaded` and `dist`: texts in the form of a crash dump's
 * sections, as stock has them. */
#include "base/format.h"
#include "base/panic.h"
#include "proc/text.h"
#include "sched/dirty.h"
#include "sched/sched.h"
#include "sched/stats.h"
#include "term/atom.h"
#include "term/bits.h"
#include "term/print.h"
#include <stdlib.h>

extern const char __executable_start[], etext[]; /* the linker's */

static void put_loaded(BaseText *t) {
    brc_base_text_add(t, "Current code: %zu\nOld code: 0\n", (size_t)(etext - __executable_start));
}

static void put_dist(BaseText *t) {
    brc_base_text_add(t, "=node:'nonode@nohost'\n=no_distribution\n");
}

static void put_info(BaseText *t) {
    brc_base_text_add(t, "=index_table:atom_tab\nlimit: %zu\nentries: %zu\n", brc_term_atom_limit,
                      brc_term_atom_count());
    brc_base_text_add(t, "=index_table:process_table\nlimit: %u\nentries: %u\n", brc_proc_limit(),
                      brc_proc_count());
    brc_base_text_add(t, "=allocated_areas\nbinary: %zu\nets: %zu\n", brc_ctx_sharedbin_bytes(),
                      brc_sched_ets_bytes ? (size_t)brc_sched_ets_bytes() : 0);
    put_loaded(t);
    put_dist(t);
}

/* What can be said of a process by whoever looks from outside. */
static void put_process(BaseText *t, Term pid) {
    static const char *const states[] = {
        [BRC_PROC_FREE] = "Free",       [BRC_PROC_READY] = "Scheduled",
        [BRC_PROC_WAITING] = "Waiting", [BRC_PROC_PARKED] = "Waiting",
        [BRC_PROC_DIRTY] = "Running",   [BRC_PROC_SUSPENDED] = "Suspended",
        [BRC_PROC_EXITING] = "Exiting",
    };
    ProcSlot *slot = brc_proc_slot_of(pid);
    if (!slot || !term_is_local_pid(pid)) return;
    Term name = atomic_load(&slot->name);
    brc_base_text_add(t, "=proc:");
    brc_term_print(pid, brc_base_text_put, t);
    brc_base_text_add(t, "\nState: %s\n", states[atomic_load(&slot->state)]);
    if (name == BRC_NONE) return;
    brc_base_text_add(t, "Name: ");
    brc_term_print(name, brc_base_text_put, t);
    brc_base_text_add(t, "\n");
}

static void put_processes(BaseText *t) {
    uint32_t at = 0;
    for (Term pid; (pid = brc_proc_next(&at)) != BRC_NONE;)
        put_process(t, pid);
}

Term brc_sched_report(Proc *p, Term item) {
    void (*write_to)(BaseText *) = item == AM(info)     ? put_info
                                   : item == AM(procs)  ? put_processes
                                   : item == AM(loaded) ? put_loaded
                                   : item == AM(dist)   ? put_dist
                                                        : NULL;
    if (!write_to) return BRC_NONE;
    BaseText text = {0};
    write_to(&text);
    Term binary = brc_term_bin_new(p, (const uint8_t *)text.bytes, text.size);
    free(text.bytes);
    return binary;
}
