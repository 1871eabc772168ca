/* test_otp.c: every .beam of the installed OTP reads without error, and its checksum is the one
 * that erlc stored as the module's version; further libraries in BEAMRC_OTP_DIRS (separated by
 * colons) too, as of other releases. */
#include "beam/beam.h"
#include "cli/disasm.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

static struct {
    size_t files, functions, ops, versions;
} seen;

/* {vsn,[Number]} of the attributes; without a -vsn of its own the number is the checksum. */
static const Lit *version_of(const BeamFile *f) {
    const Lit *list = f->attributes;
    for (size_t i = 0; list && list->kind == LIT_CONS && i + 1 < list->count; i++) {
        const Lit *t = list->items[i];
        if (t->kind != LIT_TUPLE || t->count != 2 || t->items[0]->kind != LIT_ATOM) continue;
        if (strcmp(t->items[0]->text, "vsn") != 0 || t->items[1]->kind != LIT_CONS) continue;
        const Lit *version = t->items[1]->items[0];
        return version->kind == LIT_BIG && !version->negative ? version : NULL;
    }
    return NULL;
}

static void check_version(const BeamFile *f) {
    const Lit *version = version_of(f);
    if (!version || version->count != 2) return;
    for (unsigned i = 0; i < 16; i++) {
        uint64_t limb = version->limbs[1 - i / 8];
        cr_assert_eq(f->md5[i], (uint8_t)(limb >> (56 - 8 * (i % 8))), "%s", f->path);
    }
    seen.versions++;
}

static void check_shape(const BeamFile *f) {
    for (size_t i = 0; i < f->functions.count; i++) {
        const BeamFunction *function = &f->functions.at[i];
        cr_assert_eq(f->labels[function->entry].function, i);
        cr_assert_eq(function->ops[f->labels[function->entry].op].code, OP_label);
        seen.ops += function->count;
    }
    seen.functions += f->functions.count;
}

static int visit(const char *path, const struct stat *info, int kind, struct FTW *where) {
    (void)info, (void)where;
    size_t len = strlen(path);
    if (kind != FTW_F || len < 5 || strcmp(path + len - 5, ".beam") != 0) return 0;
    char *error;
    BeamFile *f = beam_read(path, &error);
    cr_assert_not_null(f, "%s", error);
    seen.files++;
    check_version(f);
    check_shape(f);
    if (seen.files % 20 == 0) {
        Text t = {0};
        disasm_print(f, &t);
        cr_assert_gt(t.count, 100);
    }
    return 0;
}

static char *installed_root(void) {
    FILE *in = popen("erl -noshell -eval 'io:put_chars(code:lib_dir()), halt().'", "r");
    static char root[4096];
    cr_assert_not_null(in);
    cr_assert_not_null(fgets(root, sizeof root, in));
    pclose(in);
    return root;
}

Test(otp, all_modules_read, .timeout = 100) {
    nftw(installed_root(), visit, 32, FTW_PHYS);
    cr_assert_gt(seen.files, 200);
    cr_assert_gt(seen.functions, 13000);
    cr_assert_gt(seen.ops, 400000);
    cr_assert_gt(seen.versions, 150);
}

Test(otp, modules_of_other_releases, .timeout = 100) {
    const char *dirs = getenv("BEAMRC_OTP_DIRS");
    if (!dirs) return;
    char *copy = mem_copy_text(dirs, strlen(dirs)), *rest = NULL;
    for (char *dir = strtok_r(copy, ":", &rest); dir; dir = strtok_r(NULL, ":", &rest)) {
        size_t before = seen.files;
        nftw(dir, visit, 32, FTW_PHYS);
        cr_assert_gt(seen.files, before, "no .beam in %s", dir);
    }
}
