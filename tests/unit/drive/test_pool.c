/* test_pool.c: many jobs at a time, with a shell script in clang's place. */
#include "drive/files.h"
#include "drive/pool.h"
#include "drive/spawn.h"
#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>

/* Gives its input back; fails where the input says so. */
static const char fake_clang[] = "#!/bin/sh\n"
                                 "text=$(cat)\n"
                                 "printf %s \"$text\"\n"
                                 "if [ \"$text\" = BAD ]; then\n"
                                 "  echo '<stdin>:1:1: error: it is bad' >&2\n"
                                 "  exit 1\n"
                                 "fi\n";

static Names order; /* of asking for texts */

static const char *text_of(const Job *job, size_t *len, void *arg) {
    (void)arg;
    vec_push(&order, job->name);
    *len = strlen(job->source);
    return job->source;
}

static size_t last_done;
static void count(const Job *job, size_t done, size_t total, double weight, void *arg) {
    (void)job, (void)weight, (void)arg;
    cr_assert_leq(done, total);
    cr_assert(done == last_done || done == last_done + 1);
    last_done = done;
}

static Pool fake_pool(unsigned jobs) {
    char *folder = files_temp_folder();
    char *clang = files_join(folder, "clang");
    cr_assert_eq(files_write(clang, fake_clang, sizeof fake_clang - 1, 0755), 0);
    setenv("BEAMRC_CACHE", files_join(folder, "cache"), 1);
    Toolchain *tools = mem_new(Toolchain);
    tools->clang = clang;
    tools->include = folder;
    return (Pool){.tools = tools,
                  .cache = cache_open(true, NULL, NULL),
                  .jobs = jobs,
                  .text = text_of,
                  .progress = count};
}

Test(pool, compiles_all_longest_first) {
    Pool pool = fake_pool(3);
    Job jobs[20];
    for (size_t i = 0; i < 20; i++)
        jobs[i] = (Job){.name = mem_format("m%zu", i),
                        .weight = i * 7 % 20,
                        .key = mem_format("%zu", i),
                        .object = mem_new(Object),
                        .source = mem_format("text %zu", i)};
    pool_run(&pool, jobs, 20);
    cr_assert_eq(last_done, 20);
    cr_assert_eq(order.count, 20);
    for (size_t i = 0; i < 20; i++) {
        cr_assert_str_eq(order.at[i], jobs[i].name);
        cr_assert(i == 0 || jobs[i - 1].weight >= jobs[i].weight);
        Object kept;
        char text[20] = "";
        cr_assert(cache_find(pool.cache, jobs[i].name + 1, &kept));
        cr_assert(cache_open_object(&kept, (uint8_t *)text));
        cr_assert_str_eq(text, mem_format("text %s", jobs[i].name + 1));
    }
}

Test(pool, nothing_to_do) {
    Pool pool = fake_pool(2);
    pool_run(&pool, NULL, 0);
    cr_assert_eq(order.count, 0);
}

Test(pool, a_failure_ends_the_program, .exit_code = 1, .init = cr_redirect_stderr) {
    Pool pool = fake_pool(2);
    Job jobs[] = {
        {.name = "good", .weight = 2, .key = "g", .object = mem_new(Object), .source = "fine"},
        {.name = "bad", .weight = 1, .key = "b", .object = mem_new(Object), .source = "BAD"},
    };
    pool_run(&pool, jobs, 2);
    cr_assert_fail("not reached");
}

Test(pool, flags_are_part_of_the_key) {
    ClangFlags a = {.optimise = 2}, b = {.optimise = 1}, c = {.optimise = 2, .debug = true};
    cr_assert_str_neq(pool_flags_text(&a), pool_flags_text(&b));
    cr_assert_str_neq(pool_flags_text(&a), pool_flags_text(&c));
    cr_assert_geq(pool_processors(), 1);
}

Test(spawn, gives_status_and_output) {
    Argv argv = {0};
    const char *words[] = {"sh", "-c", "echo out; echo err >&2; exit 3"};
    for (size_t i = 0; i < 3; i++)
        vec_push(&argv, words[i]);
    char *output;
    cr_assert_eq(spawn_run(&argv, NULL, &output), 3);
    cr_assert_str_eq(output, "out\nerr\n");
    cr_assert_str_eq(spawn_command_line(&argv), "sh -c 'echo out; echo err >&2; exit 3'");
}

Test(spawn, a_program_that_is_not_there) {
    Argv argv = {0};
    vec_push(&argv, "/nonexistent/program");
    cr_assert_lt(spawn_run(&argv, NULL, NULL), 0);
    cr_assert_null(spawn_find("no-such-program-anywhere"));
    cr_assert_not_null(spawn_find("sh"));
}
