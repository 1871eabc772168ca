/* emit_all.c: the compiler's front half alone: a .beam file in, its C out, for tools/compile-otp.
 *
 *   emit_all IN.beam OUT.c   prints: functions instructions bytes-of-C
 *   emit_all --flags         prints the flags that the driver gives clang */
#include "base/diag.h"
#include "drive/files.h"
#include "drive/pool.h"
#include "emit/emit.h"
#include <gc.h>
#include <stdio.h>

static size_t count_ops(const BeamFile *f) {
    size_t ops = 0;
    for (size_t i = 0; i < f->functions.count; i++) {
        const BeamFunction *fn = &f->functions.at[i];
        for (size_t k = 0; k < fn->count; k++)
            ops += fn->ops[k].code != OP_label && fn->ops[k].code != OP_line;
    }
    return ops;
}

int main(int argc, char **argv) {
    GC_INIT();
    if (argc == 2 && strcmp(argv[1], "--flags") == 0) {
        ClangFlags flags = {0};
#if defined(__x86_64__)
        flags.aligns_stack_to_8 = true;
#endif
        puts(pool_flags_text(&flags));
        return 0;
    }
    if (argc != 3) diag_fatal("usage: emit_all IN.beam OUT.c | emit_all --flags");
    char *error = NULL;
    BeamFile *f = beam_read(argv[1], &error);
    if (!f) diag_fatal("%s", error);
    EmitOptions options = {0};
    size_t len;
    char *text = emit_module(f, &options, &len);
    int result = files_write(argv[2], text, len, 0666);
    if (result < 0) diag_fatal("cannot write %s: %s", argv[2], strerror(-result));
    printf("%zu %zu %zu\n", f->functions.count, count_ops(f), len);
    return 0;
}
