/* check.c: what nothing provides, told by the command check and by builds. */
#include "cli/check.h"
#include "base/diag.h"
#include <stdio.h>

static char *missing_text(const ReachMissing *m) {
    return mem_format("%s:%s/%u, %s: %s", m->module, m->function, m->arity, reach_by_text(&m->by),
                      m->is_stub ? "a native function that the runtime lacks" : "no such function");
}

void check_warn(const Reach *reach) {
    size_t count = reach->missing.count;
    if (count == 0) return;
    if (diag_verbosity() > 0) {
        for (size_t i = 0; i < count; i++)
            diag_warn("%s", missing_text(&reach->missing.at[i]));
        return;
    }
    const ReachMissing *first = &reach->missing.at[0];
    if (count == 1) {
        diag_warn("%s:%s/%u can be reached and is not there: calling it raises undef (`beamrc "
                  "check` says who calls it)",
                  first->module, first->function, first->arity);
        return;
    }
    diag_warn("%zu functions can be reached and are not there, %s:%s/%u among them: calling one "
              "raises undef (`beamrc check` lists them)",
              count, first->module, first->function, first->arity);
}

static void print_why(const Options *o, const char *why) {
    if (!o->json) {
        fputs(why, stdout);
        return;
    }
    Json j = diag_json(true);
    json_key(&j, "why");
    json_begin(&j, '[');
    for (size_t len; *why; why += len + (why[len] != 0)) {
        len = strcspn(why, "\n");
        json_string(&j, mem_copy_text(why, len));
    }
    json_end(&j, ']');
    diag_print(&j);
}

static void print_json(const Reach *reach) {
    Json j = diag_json(reach->missing.count == 0);
    json_key(&j, "missing");
    json_begin(&j, '[');
    for (size_t i = 0; i < reach->missing.count; i++) {
        const ReachMissing *m = &reach->missing.at[i];
        json_begin(&j, '{');
        json_string_of(&j, "function", mem_format("%s:%s/%u", m->module, m->function, m->arity));
        json_string_of(&j, "why", reach_by_text(&m->by));
        json_bool_of(&j, "native", m->is_stub);
        json_end(&j, '}');
    }
    json_end(&j, ']');
    diag_print(&j);
}

int check_print(const Options *o, const Reach *reach) {
    if (o->why) {
        char *why = reach_why(reach, o->why);
        if (!why) diag_fatal("--why %s: nothing reaches it", o->why);
        print_why(o, why);
        return 0;
    }
    if (o->json) {
        print_json(reach);
        return reach->missing.count > 0;
    }
    for (size_t i = 0; i < reach->missing.count; i++)
        puts(missing_text(&reach->missing.at[i]));
    for (size_t i = 0; o->verbosity > 0 && i < reach->modules.count; i++) {
        const ReachModule *m = reach->modules.at[i];
        printf("%s, %zu functions, %s\n", m->name, m->reached, reach_by_text(&m->by[m->first]));
    }
    if (reach->missing.count == 0 && o->verbosity >= 0) puts("every reachable call is provided");
    return reach->missing.count > 0;
}
