/* link.c: objects and the runtime into one static executable. What nothing refers to is dropped by
 * section. It goes by way of memory: a full disk is met when the finished file is written, and a
 * build that is killed leaves no part of one. Addresses stay below 4 GB (never position
 * independent), as abi/layout.h asks. */
#include "drive/link.h"
#include "drive/image.h"
#include "drive/listing.h"
#include "drive/spawn.h"
#include "base/diag.h"
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* From Debian's -dev packages; each is taken only as far as the program reaches it. */
static const char *const libraries[] = {"-lpcre2-8", "-ltommath", "-lcrypto", "-lzstd", "-lz"};

/* What a shared object of NIFs takes from the program: all of it is there. */
static const char *const exporting[] = {"-Wl,--undefined-glob=enif_*",
                                        "-Wl,--export-dynamic-symbol=enif_*"};

/* Nothing is ever unwound in a program without symbols: the tables for it, from the C library, go.
 */
static const char no_unwinding[] =
    "SECTIONS { /DISCARD/ : { *(.eh_frame) } } INSERT AFTER .text;\n";

static bool keeps_symbols(const LinkOptions *options) {
    return options->debug || strcmp(options->variant, "release") != 0;
}

/* C that may ask for any part of the C library: all of it comes before what takes the place of some
 * in other programs (base/libc.c). */
static bool has_strangers(const LinkOptions *options) {
    return options->nifs.count || options->foreign.count || options->dynamic;
}

static void add_script(Argv *argv) {
    char *script = files_join(files_temp_folder(), "link.ld");
    int result = files_write(script, no_unwinding, sizeof no_unwinding - 1, 0600);
    if (result < 0) diag_fatal("cannot write %s: %s", script, strerror(-result));
    vec_push(argv, mem_format("-Wl,-T,%s", script));
}

static void add_command(Argv *argv, const Plan *plan, const LinkOptions *options) {
    bool asan = strcmp(options->variant, "asan") == 0, tsan = strcmp(options->variant, "tsan") == 0;
    vec_push(argv, plan->tools->clang);
    vec_push(argv, asan || tsan || options->dynamic ? "-no-pie" : "-static");
    const char *triple = toolchain_triple(plan->tools);
    if (triple) vec_push(argv, mem_format("--target=%s", triple));
    if (triple) vec_push(argv, mem_format("-L%s", toolchain_archives(plan->tools)));
    if (asan) vec_push(argv, "-fsanitize=address,undefined");
    if (tsan) vec_push(argv, "-fsanitize=thread");
    const char *first[] = {mem_format("--ld-path=%s", plan->tools->lld),
                           "-Wl,--gc-sections",
                           "-Wl,--build-id=none",
                           "-Wl,--icf=safe",
                           "-Wl,-O2",
                           "-Wl,-z,noexecstack",
                           "-o",
                           "-"};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        vec_push(argv, first[i]);
    if (!keeps_symbols(options) && !options->dynamic) add_script(argv);
    for (size_t i = 0; options->dynamic && i < sizeof exporting / sizeof *exporting; i++)
        vec_push(argv, exporting[i]);
    vec_push(argv, "-Wl,--whole-archive");
    vec_push(argv, "/proc/self/fd/0");
    vec_push(argv, "-Wl,--no-whole-archive");
    for (size_t i = 0; i < options->nifs.count; i++)
        vec_push(argv, options->nifs.at[i]);
    for (size_t i = 0; i < options->foreign.count; i++)
        vec_push(argv, options->foreign.at[i]);
    if (has_strangers(options)) vec_push(argv, "-lc");
    vec_push(argv, toolchain_archive(plan->tools, options->variant));
    if (options->dynamic) vec_push(argv, "-Wl,-Bstatic");
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
        vec_push(argv, libraries[i]);
    if (options->dynamic) vec_push(argv, "-Wl,-Bdynamic");
    vec_push(argv, "-lm");
}

static const char *first_error(const char *messages) {
    const char *at = strstr(messages, "error:");
    if (!at) return "no message";
    while (at > messages && at[-1] != '\n')
        at--;
    return mem_copy_text(at, strcspn(at, "\n"));
}

/* A library that the linker does not find is told in one line. */
static void require_libraries(const char *messages) {
    static const char unable[] = "unable to find library -l";
    const char *at = strstr(messages, unable);
    if (!at) return;
    at += strlen(unable);
    const char *name = mem_copy_text(at, strcspn(at, " \r\n"));
    for (const Library *l = toolchain_libraries; l->name; l++)
        if (strcmp(l->name, name) == 0)
            diag_fatal("the static library lib%s.a is not here: install Debian's %s (`beamrc "
                       "doctor` tells of all)",
                       name, l->package);
    diag_fatal("the library %s is not here", name);
}

/* The mode that a new executable gets. */
static unsigned executable_mode(void) {
    mode_t mask = umask(0);
    umask(mask);
    return 0777 & ~(unsigned)mask;
}

void link_program(const Plan *plan, const LinkOptions *options, const char *output) {
    Argv argv = {0};
    add_command(&argv, plan, options);
    diag_note("%s", spawn_command_line(&argv));
    uint8_t *bytes;
    size_t size;
    char *messages;
    int status = spawn_filter(&argv, options->objects, &bytes, &size, &messages);
    close(options->objects);
    if (status < 0) diag_fatal("cannot run %s: %s", plan->tools->clang, strerror(-status));
    if (status != 0) {
        require_libraries(messages);
        fputs(messages, stderr);
        diag_fatal("linking %s failed: %s", output, first_error(messages));
    }
    char *listing = listing_make(bytes, size, plan, options->about);
    Text packed = listing_pack(listing);
    Text image = {0};
    const char *error = image_finish(bytes, size, LISTING_SECTION, packed.at, packed.count,
                                     keeps_symbols(options), &image);
    if (error) diag_fatal("the linker's output %s", error);
    int result = files_write(output, image.at, image.count, executable_mode());
    if (result < 0) diag_fatal("cannot write %s: %s", output, strerror(-result));
}
