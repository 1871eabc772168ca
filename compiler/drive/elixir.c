/* elixir.c: what programs in Elixir reach without naming it. P.impl_for/1 of a protocol P looks for
 * the module P.T, T being the type of a value. */
#include "drive/elixir.h"

bool elixir_is_module(const char *name) {
    return strncmp(name, ELIXIR, strlen(ELIXIR)) == 0;
}

static void add_case(Reach *reach, const char *protocol, const char *type, const char *module) {
    reach_case(reach, (ReachCase){.when = mem_format("%s:impl_for/1", protocol),
                                  .with = mem_format(ELIXIR "%s", type),
                                  .module = module,
                                  .whole = true});
}

/* Any first part of its name may be a protocol's: only one that is reached and is one counts. */
static void implementation(const char *module, void *arg) {
    Reach *reach = arg;
    if (!elixir_is_module(module)) return;
    const char *dot = module + strlen(ELIXIR);
    while ((dot = strchr(dot, '.'))) {
        add_case(reach, mem_copy_text(module, (size_t)(dot - module)), dot + 1, module);
        dot++;
    }
}

void elixir_reach(const Finder *finder, Reach *reach, const char *entry_module,
                  const char *entry_function, uint32_t entry_arity) {
    finder_each(finder, implementation, reach);
    if (!elixir_is_module(entry_module)) return;
    char *entry = mem_format("%s:%s/%u", entry_module, entry_function, entry_arity);
    reach_case(
        reach,
        (ReachCase){.when = entry, .module = "brc_elixir", .function = "start", .starts = true});
}
