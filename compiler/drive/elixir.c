/* elixir.c: what programs in Elixir reach without naming it. P.impl_for/1 of a protocol P looks for
 * the module P.T, T being the type of a value. */
#include "drive/elixir.h"

static const char prefix[] = "Elixir.";

static void add_case(Reach *reach, const char *protocol, const char *type, const char *module) {
    reach_case(reach, (ReachCase){.when = mem_format("%s:impl_for/1", protocol),
                                  .with = mem_format("%s%s", prefix, type),
                                  .module = module,
                                  .whole = true});
}

/* Any first part of its name may be a protocol's: only one that is reached and is one counts. */
static void implementation(const char *module, void *arg) {
    Reach *reach = arg;
    if (strncmp(module, prefix, sizeof prefix - 1) != 0) return;
    const char *dot = module + sizeof prefix - 1;
    while ((dot = strchr(dot, '.'))) {
        add_case(reach, mem_copy_text(module, (size_t)(dot - module)), dot + 1, module);
        dot++;
    }
}

void elixir_reach(const Finder *finder, Reach *reach, const char *entry_module,
                  const char *entry_function, uint32_t entry_arity) {
    finder_each(finder, implementation, reach);
    if (strncmp(entry_module, prefix, sizeof prefix - 1) != 0) return;
    char *entry = mem_format("%s:%s/%u", entry_module, entry_function, entry_arity);
    reach_case(
        reach,
        (ReachCase){.when = entry, .module = "brc_elixir", .function = "start", .starts = true});
}
