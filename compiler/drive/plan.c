/* plan.c: from a program's entry to the objects it is linked from. A module's object depends on
 * its own .beam, the compiler, the headers and the flags, never on the program around it: that is
 * what lets the cache serve every program. */
#include "drive/plan.h"
#include "drive/archive.h"
#include "drive/elixir.h"
#include "drive/hash.h"
#include "drive/index.h"
#include "drive/source.h"
#include "base/diag.h"
#include "ir/bifs.h"
#include "ir/natives.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#define BOOT_MODULE "brc_boot" /* lib/brc_boot.erl: where a program starts */

/* ---- reach ---- */

/* "M:F/A": false where it is not of that form. */
static bool parse_mfa(const char *text, Keep *out) {
    const char *slash = strrchr(text, '/');
    if (!slash || slash == text) return false;
    char *end;
    unsigned long arity = strtoul(slash + 1, &end, 10);
    char *head = mem_copy_text(text, (size_t)(slash - text));
    char *colon = strrchr(head, ':');
    if (*end || end == slash + 1 || arity > 255 || !colon || colon == head || !colon[1])
        return false;
    *colon = 0;
    *out = (Keep){head, colon + 1, (uint32_t)arity};
    return true;
}

typedef struct Root { /* a line of the file of roots */
    Keep of;
    const char *when; /* an atom that programs mention, or an M:F/A that they reach; NULL: always */
    bool by_program;  /* that atom: in modules of their own */
} Root;

/* "M:F/A" or "M:_", all that M exports, and then perhaps " if [own] NAME or M:F/A". */
static Root read_root(const char *file, const char *line) {
    Root root = {.when = NULL};
    size_t len = strcspn(line, " \t");
    const char *what = mem_copy_text(line, len), *rest = line + len + strspn(line + len, " \t");
    if (*rest) {
        root.by_program = strncmp(rest, "if own ", 7) == 0;
        root.when = rest + (root.by_program ? 7 : 3);
        if (strncmp(rest, "if ", 3) != 0)
            diag_fatal("%s: '%s' is not M:F/A [if [own] NAME or M:F/A]", file, line);
    }
    if (len > 2 && strcmp(what + len - 2, ":_") == 0)
        root.of.module = mem_copy_text(what, len - 2);
    else if (!parse_mfa(what, &root.of))
        diag_fatal("%s: '%s' is not M:F/A", file, what);
    return root;
}

static void add_late(Reach *reach, const char *file, const char *line) {
    Root root = read_root(file, line);
    if (!root.when) diag_fatal("%s: late '%s' is not M:F/A if [own] NAME or M:F/A", file, line);
    reach_late(reach, (ReachLate){.when = root.when,
                                  .by_program = root.by_program,
                                  .module = root.of.module,
                                  .function = root.of.function,
                                  .arity = root.of.arity});
}

/* Of M:F/0 with a condition: a server that is started. */
static void add_case(Reach *reach, const Root *root) {
    bool whole = !root->of.function;
    reach_case(reach, (ReachCase){.when = root->when,
                                  .by_program = root->by_program,
                                  .module = root->of.module,
                                  .function = root->of.function,
                                  .arity = root->of.arity,
                                  .whole = whole,
                                  .starts = !whole && root->of.arity == 0});
}

static void add_root(Reach *reach, const char *file, const char *line) {
    static const struct {
        const char *verb;
        void (*add)(Reach *reach, const char *names);
    } lists[] = {{"plain ", reach_plain},
                 {"closed ", reach_closed},
                 {"small ", reach_small},
                 {"untraced ", reach_untraced}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        size_t len = strlen(lists[i].verb);
        if (strncmp(line, lists[i].verb, len) != 0) continue;
        lists[i].add(reach, line + len);
        return;
    }
    if (strncmp(line, "late ", 5) == 0) {
        add_late(reach, file, line + 5);
        return;
    }
    Root root = read_root(file, line);
    if (root.when)
        add_case(reach, &root);
    else if (root.of.function)
        reach_root(reach, root.of.module, root.of.function, root.of.arity);
    else
        diag_fatal("%s: '%s' is not M:F/A", file, line);
}

static void add_roots(Reach *reach, const char *file) {
    uint8_t *bytes;
    size_t size;
    if (!file || files_read(file, &bytes, &size) < 0) return;
    const char *text = (const char *)bytes;
    while (*text) {
        size_t len = strcspn(text, "\n");
        char *line = mem_copy_text(text, strcspn(text, "\r\n#"));
        if (*line) add_root(reach, file, line);
        text += len + (text[len] != 0);
    }
}

typedef struct Offer {
    Finder *finder;
    Reach *reach;
} Offer;

static void offer_own(const char *module, void *arg) {
    Offer *offer = arg;
    if (finder_is_own(module, offer->finder)) reach_offer(offer->reach, module);
}

static Reach *reach_once(Finder *finder, const PlanAsked *asked) {
    const Entry *entry = asked->entry;
    Reach *reach = reach_new(finder_module, finder_is_own, finder);
    reach->takes_nifs = asked->takes_nifs;
    finder_each(finder, offer_own, &(Offer){finder, reach});
    reach_root(reach, BOOT_MODULE, "start", 4);
    add_roots(reach, asked->roots);
    apps_reach(asked->apps, reach);
    apps_reach_config(asked->config, reach);
    if (entry->application) apps_start(entry->application, reach);
    elixir_reach(finder, reach, entry->module, entry->function, entry->arity);
    reach_by_program(reach);
    reach_root(reach, entry->module, entry->function, entry->arity);
    for (size_t i = 0; i < asked->keep_count; i++) {
        const Keep *keep = &asked->keep[i];
        if (!finder_path(finder, keep->module))
            diag_fatal("--keep names the module '%s', which is not there", keep->module);
        if (keep->function)
            reach_root(reach, keep->module, keep->function, keep->arity);
        else
            reach_keep_module(reach, keep->module);
    }
    reach_solve(reach);
    return reach;
}

/* Does the program need more of a module than the part of it that it has? */
static bool needs_whole(const Reach *reach, const PlanAsked *asked, const char *module) {
    if (reach->loads_code || reach_mentions(reach, module, true)) return true;
    for (size_t i = 0; i < asked->keep_count; i++)
        if (!strcmp(asked->keep[i].module, module)) return true;
    for (size_t i = 0; i < reach->missing.count; i++)
        if (!strcmp(reach->missing.at[i].module, module)) return true;
    for (size_t i = 0; i < reach->bifs.count; i++)
        if (!strcmp(reach->bifs.at[i]->module, module)) return true;
    for (size_t i = 0; i < reach->modules.count; i++)
        if (!strcmp(reach->modules.at[i]->name, module)) return reach->modules.at[i]->has_strangers;
    return false;
}

Reach *plan_reach(Finder *finder, const PlanAsked *asked) {
    if (!finder_path(finder, BOOT_MODULE))
        diag_fatal("the module " BOOT_MODULE " is missing from beamrc's own library: build or "
                   "install beamrc again");
    const Names *parts = finder_parts(finder);
    for (;;) {
        Reach *reach = reach_once(finder, asked);
        size_t count = parts->count;
        for (size_t i = count; i-- > 0;)
            if (needs_whole(reach, asked, parts->at[i])) finder_whole(finder, parts->at[i]);
        if (parts->count == count) return reach;
    }
}

/* ---- keys ---- */

static Hash *key_start(const Plan *plan, const char *what, CodeKind kind) {
    ClangFlags flags = pool_flags_for(&plan->flags, kind);
    Hash *h = hash_new();
    hash_text(h, what);
    hash_text(h, plan->id);
    hash_text(h, pool_flags_text(&flags));
    return h;
}

static size_t count_ops(const BeamFile *f) {
    size_t ops = 0;
    for (size_t i = 0; i < f->functions.count; i++)
        ops += f->functions.at[i].count;
    return ops;
}

/* A header beside those that all generated C includes. */
static void hash_header(const Plan *plan, Hash *h, const char *name) {
    uint8_t *bytes;
    size_t size;
    if (files_read(files_join(plan->tools->include, name), &bytes, &size) == 0)
        hash_bytes(h, bytes, size);
}

/* Headers that the C of a module with functions in C includes. */
static void hash_natives(const Plan *plan, Hash *h, const Unit *u) {
    if (!natives_count(u->beam)) return;
    hash_header(plan, h, "abi/natives.h");
    hash_header(plan, h, "code/natives.h");
}

static void find_object(const Plan *plan, Unit *u) {
    u->object = mem_new(Object);
    u->ready = cache_find(plan->cache, u->key, u->object);
    if (u->ready) diag_note("%s is in %s", u->name, u->object->path);
}

static CodeKind kind_of(const Plan *plan, const Otp *otp, const ReachModule *m) {
    const char *path = m->beam->path;
    if (!files_is_below(path, otp->root) && !files_is_below(path, plan->tools->lib))
        return CODE_OWN;
    return reach_is_small(plan->reach, m) ? CODE_SMALL : CODE_FAST;
}

static const char *unit_text(const Plan *plan, Unit *u, size_t *len) {
    if (u->beam && !u->text) u->text = emit_module(u->beam, &u->options, &u->text_len);
    *len = u->beam ? u->text_len : plan->tables_len;
    return u->beam ? u->text : plan->tables;
}

/* All that shapes the module's C and its object. */
static char *made_from(const Plan *plan, const Unit *u) {
    Hash *h = key_start(plan, plan->compiler, u->kind);
    const EmitOptions *o = &u->options;
    const bool flags[] = {o->placeless, o->lines, o->traced};
    hash_bytes(h, flags, sizeof flags);
    hash_bytes(h, o->weak, u->beam->functions.count * sizeof *o->weak);
    for (size_t i = 0; o->sources && i < u->beam->files.count; i++)
        hash_text(h, o->sources[i]);
    hash_bytes(h, u->beam->bytes, u->beam->size);
    hash_natives(plan, h, u);
    return hash_hex(h);
}

/* An object is named by the very C it is compiled from, so that it serves every beamrc that writes
 * the same. */
static char *unit_key(const Plan *plan, Unit *u) {
    Hash *h = key_start(plan, "module", u->kind);
    size_t len;
    const char *text = unit_text(plan, u, &len);
    hash_bytes(h, text, len);
    hash_natives(plan, h, u);
    return hash_hex(h);
}

static Unit module_unit(const Plan *plan, const Otp *otp, const ReachModule *m, Index *index) {
    const BeamFile *beam = m->beam;
    Unit u = {.name = beam->module, .beam = beam, .ops = count_ops(beam)};
    u.kind = kind_of(plan, otp, m);
    bool *weak = mem_alloc_atomic(beam->functions.count + 1);
    for (size_t i = 0; i < beam->functions.count; i++)
        weak[i] = reach_can_be_late(plan->reach, m, i);
    u.options = (EmitOptions){.placeless = strstr(beam->path, "/erts-") != NULL,
                              .lines = plan->flags.debug,
                              .traced = plan->reach->traces_calls,
                              .weak = weak,
                              .sources = plan->flags.debug ? source_names(beam) : NULL};
    char *from = made_from(plan, &u);
    u.key = index_find(index, from);
    if (!u.key) {
        u.key = unit_key(plan, &u);
        index_add(index, from, u.key);
    }
    find_object(plan, &u);
    return u;
}

static Unit tables_unit(const Plan *plan, bool dynamic) {
    Hash *h = key_start(plan, "program", CODE_FAST);
    hash_bytes(h, plan->tables, plan->tables_len);
    hash_header(plan, h, "abi/natives.h");
    if (plan->reach->loads_code) hash_header(plan, h, "interp/loads.h");
    if (dynamic) hash_header(plan, h, "nif/opens.h");
    if (plan->reach->traces_calls) hash_header(plan, h, "abi/traced.h");
    Unit u = {.name = "(program tables)", .key = hash_hex(h), .ops = plan->tables_len / 100};
    find_object(plan, &u);
    return u;
}

Plan *plan_make(const Toolchain *tools, const Otp *otp, const Cache *cache, const ClangFlags *flags,
                Reach *reach, const Entry *entry, const Extras *extras) {
    Plan *plan = mem_new(Plan);
    *plan = (Plan){.tools = tools,
                   .cache = cache,
                   .flags = *flags,
                   .entry = *entry,
                   .reach = reach,
                   .id = toolchain_id(tools),
                   .compiler = toolchain_own_id()};
    Index *index = index_open(cache);
    for (size_t i = 0; i < reach->modules.count; i++)
        vec_push(&plan->units, module_unit(plan, otp, reach->modules.at[i], index));
    index_keep(index);
    plan->tables = emit_program(reach, entry->module, entry->function, entry->arity, extras,
                                &plan->tables_len);
    vec_push(&plan->units, tables_unit(plan, extras->dynamic));
    return plan;
}

size_t plan_missing(const Plan *plan) {
    size_t missing = 0;
    for (size_t i = 0; i < plan->units.count; i++)
        missing += !plan->units.at[i].ready;
    return missing;
}

char *plan_key(const Plan *plan, const char *variant) {
    Hash *h = hash_new();
    hash_text(h, variant);
    const char *archive = toolchain_archive(plan->tools, variant);
    struct stat st;
    if (stat(archive, &st) == 0) {
        hash_text(h, archive);
        hash_bytes(h, &st.st_size, sizeof st.st_size);
        hash_bytes(h, &st.st_mtim.tv_sec, sizeof st.st_mtim.tv_sec);
        hash_bytes(h, &st.st_mtim.tv_nsec, sizeof st.st_mtim.tv_nsec);
    }
    for (size_t i = 0; i < plan->units.count; i++)
        hash_text(h, plan->units.at[i].key);
    return hash_hex(h);
}

/* ---- compiling ---- */

typedef struct Compile {
    const Plan *plan;
    PlanProgress *progress;
    void *arg;
    double weight;
} Compile;

static const char *job_text(const Job *job, size_t *len, void *arg) {
    const Compile *c = arg;
    return unit_text(c->plan, job->source, len);
}

static void job_progress(const Job *job, size_t done, size_t total, double weight, void *arg) {
    const Compile *c = arg;
    if (c->progress) c->progress(job, done, total, weight / c->weight, c->arg);
}

void plan_compile(Plan *plan, unsigned jobs, PlanProgress *progress, void *arg) {
    Compile compile = {plan, progress, arg, 0};
    Job *work = mem_array(Job, plan->units.count);
    size_t count = 0;
    for (size_t i = 0; i < plan->units.count; i++) {
        Unit *u = &plan->units.at[i];
        if (u->ready) continue;
        work[count++] = (Job){.name = u->name,
                              .key = u->key,
                              .object = u->object,
                              .weight = u->ops,
                              .kind = u->kind,
                              .source = u};
        compile.weight += (double)u->ops;
    }
    if (compile.weight <= 0) compile.weight = 1;
    Pool pool = {.tools = plan->tools,
                 .cache = plan->cache,
                 .flags = plan->flags,
                 .jobs = jobs,
                 .text = job_text,
                 .progress = job_progress,
                 .arg = &compile};
    pool_run(&pool, work, count);
    plan->compiled += count;
    for (size_t i = 0; i < plan->units.count; i++)
        plan->units.at[i].ready = true;
}

int plan_archive(Plan *plan, unsigned jobs) {
    size_t count = plan->units.count;
    Object **objects = mem_array(Object *, count);
    for (size_t i = 0; i < count; i++)
        objects[i] = plan->units.at[i].object;
    int fd = archive_make(objects, count);
    if (fd == -EBADMSG) { /* a disc that lies, or somebody else's hand */
        for (size_t i = 0; i < count; i++)
            plan->units.at[i].ready = objects[i]->bytes != NULL;
        plan_compile(plan, jobs, NULL, NULL);
        fd = archive_make(objects, count);
    }
    if (fd < 0) diag_fatal("cannot lay the objects together: %s", strerror(-fd));
    return fd;
}

void plan_write_c(const Plan *plan, const char *folder) {
    int result = files_make_folders(folder);
    if (result < 0) diag_fatal("cannot make the folder %s: %s", folder, strerror(-result));
    for (size_t i = 0; i < plan->units.count; i++) {
        Unit *u = &plan->units.at[i];
        char *name = mem_format("%s.c", u->beam ? u->name : "program-tables");
        for (char *c = name; *c; c++)
            if (*c == '/') *c = '_';
        size_t len;
        const char *text = unit_text(plan, u, &len);
        char *path = files_join(folder, name);
        result = files_write(path, text, len, 0666);
        if (result < 0) diag_fatal("cannot write %s: %s", path, strerror(-result));
    }
}
