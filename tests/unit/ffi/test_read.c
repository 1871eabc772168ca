/* Prototypes, as they are read from C. */
#include "beam/beam.h"
#include "ffi/directives.h"
#include "ffi/read.h"
#include "ffi/stub.h"
#include "ffi/wrap.h"
#include "ir/bifs.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static FfiModule *read_text(const char *body) {
    char folder[] = "/tmp/brc-ffi-XXXXXX";
    cr_assert(mkdtemp(folder));
    char *path = mem_format("%s/m.c", folder), *text = mem_format("#include <beamrc.h>\n%s", body);
    FILE *out = fopen(path, "w");
    fputs(text, out);
    fclose(out);
    const char *flags[] = {"-std=gnu17", mem_format("-I%s/include", getenv("BEAMRC_SOURCE"))};
    FfiModule *m = ffi_read(path, text, flags, 2);
    unlink(path);
    rmdir(folder);
    return m;
}

static const FfiFunction *only(const FfiModule *m) {
    cr_assert_eq(m->functions.count, 1);
    return &m->functions.at[0];
}

Test(read, names_and_marks) {
    const FfiModule *m = read_text("BRC_EXPORT int m_f(int a) { return a; }\n"
                                   "BRC_DIRTY_IO void g(void) {}\n"
                                   "BRC_DIRTY_CPU void m_(void) {}\n"
                                   "int quiet(int a) { return a; }\n"
                                   "BRC_EXPORT int declared(int a);\n"
                                   "int declared(int a) { return a; }\n");
    cr_assert_str_eq(m->name, "m");
    cr_assert_eq(m->functions.count, 4);
    cr_assert_str_eq(m->functions.at[0].name, "f");
    cr_assert_str_eq(m->functions.at[0].c_name, "m_f");
    cr_assert_eq(m->functions.at[0].line, 2);
    cr_assert_eq(m->functions.at[0].pool, FFI_QUICK);
    cr_assert_str_eq(m->functions.at[1].name, "g");
    cr_assert_eq(m->functions.at[1].pool, FFI_DIRTY_IO);
    cr_assert_str_eq(m->functions.at[2].name, "m_");
    cr_assert_eq(m->functions.at[2].pool, FFI_DIRTY_CPU);
    cr_assert_str_eq(m->functions.at[3].name, "declared");
}

Test(read, numbers) {
    const FfiFunction *f = only(read_text("typedef uint16_t port;\nBRC_EXPORT uint8_t f(int64_t a, "
                                          "port b, bool c, float d, double e, size_t s) "
                                          "{ return 0; }"));
    static const FfiKind kinds[] = {FFI_INT, FFI_UINT, FFI_BOOL, FFI_FLOAT, FFI_DOUBLE, FFI_UINT};
    cr_assert_eq(f->arguments.count, 6);
    for (size_t i = 0; i < 6; i++)
        cr_assert_eq(f->arguments.at[i].kind, kinds[i]);
    cr_assert_eq(f->arguments.at[0].max, INT64_MAX);
    cr_assert_eq(f->arguments.at[1].umax, 65535);
    cr_assert_eq(f->arguments.at[5].umax, SIZE_MAX);
    cr_assert_eq(f->result.kind, FFI_UINT);
    cr_assert_eq(f->result.umax, 255);
}

Test(read, enumerations) {
    const FfiFunction *f =
        only(read_text("typedef enum { UP_LEFT = -1, UP_RIGHT = 5 } way;\n"
                       "BRC_EXPORT way f(enum { ALONE } a) { return UP_LEFT; }"));
    const FfiEnumType *way = f->result.enumeration, *one = f->arguments.at[0].enumeration;
    cr_assert_eq(f->result.kind, FFI_ENUM);
    cr_assert_eq(way->values.count, 2);
    cr_assert_str_eq(way->values.at[0].name, "left");
    cr_assert_eq(way->values.at[0].value, -1);
    cr_assert_str_eq(way->values.at[1].name, "right");
    cr_assert_eq(one->values.count, 1);
    cr_assert_str_eq(one->values.at[0].name, "alone");
}

Test(read, bytes_and_structs) {
    const FfiFunction *f =
        only(read_text("BRC_EXPORT char *f(brc_env *env, const char *a, brc_binary b, "
                       "const uint8_t *c, size_t cn, brc_term d, brc_atom e, "
                       "const void *g, size_t gn) { return 0; }"));
    static const FfiKind kinds[] = {FFI_STRING, FFI_BINARY, FFI_SLICE,
                                    FFI_TERM,   FFI_ATOM,   FFI_SLICE};
    cr_assert(f->takes_env);
    cr_assert_eq(f->arguments.count, 6);
    for (size_t i = 0; i < 6; i++)
        cr_assert_eq(f->arguments.at[i].kind, kinds[i]);
    cr_assert_eq(f->result.kind, FFI_OWN_STRING);
}

Test(read, results) {
    const FfiModule *m = read_text("BRC_EXPORT brc_result a(void) { return brc_ok(1); }\n"
                                   "BRC_EXPORT brc_value b(void) { return brc_of(1.0); }\n"
                                   "BRC_EXPORT brc_buffer c(void) { return (brc_buffer){0, 0}; }\n"
                                   "BRC_EXPORT const char *d(void) { return \"\"; }\n"
                                   "BRC_EXPORT void e(void) {}\n");
    static const FfiKind kinds[] = {FFI_RESULT, FFI_VALUE, FFI_BUFFER, FFI_STRING, FFI_VOID};
    cr_assert_eq(m->functions.count, 5);
    for (size_t i = 0; i < 5; i++)
        cr_assert_eq(m->functions.at[i].result.kind, kinds[i]);
}

Test(read, resources) {
    const FfiModule *m =
        read_text("typedef struct s s;\nvoid end(s *);\nBRC_RESOURCE(s, end);\n"
                  "typedef struct far far;\nBRC_RESOURCE_OF_OTHER(far);\n"
                  "BRC_EXPORT s *f(const s *a, far *b, struct s *c) { return 0; }");
    const FfiFunction *f = only(m);
    cr_assert_eq(m->resources.count, 1);
    cr_assert_str_eq(m->resources.at[0], "s");
    cr_assert_eq(f->result.kind, FFI_RESOURCE);
    cr_assert_str_eq(f->arguments.at[0].resource, "s");
    cr_assert_str_eq(f->arguments.at[1].resource, "far");
    cr_assert_str_eq(f->arguments.at[2].resource, "s");
}

Test(read, refused, .exit_code = 1) {
    read_text("BRC_EXPORT int f(struct unknown *a) { return 0; }");
}

Test(wrap, functions_are_built_in) {
    FfiModule *m = read_text("BRC_EXPORT int f(int a) { return a; }\n"
                             "BRC_EXPORT double g(double a) { return a; }\n"
                             "BRC_DIRTY_IO int h(int a) { return a; }\n");
    m->name = "test_wrap";
    cr_assert_null(bifs_find("test_wrap", "f", 1));
    cr_assert(strstr(wrap_module(m), "brc_ffi_int(t0, "));
    cr_assert(bifs_find("test_wrap", "f", 1)->is_foreign);
    cr_assert_eq(bifs_find("test_wrap", "f", 1)->flags, 0);
    cr_assert_eq(bifs_find("test_wrap", "g", 1)->flags, 1);
    cr_assert_eq(bifs_find("test_wrap", "h", 1)->flags, 3);
}

Test(stub, is_a_module) {
    Text body = {0};
    for (int i = 0; i < 40; i++)
        text_add(&body, "BRC_EXPORT int f%d(int a, int b) { return a + b; }\n", i);
    const FfiModule *m = read_text(body.at);
    Text bytes = stub_module(m);
    char *error;
    const BeamFile *f = beam_read_bytes("m.beam", (const uint8_t *)bytes.at, bytes.count, &error);
    cr_assert_not_null(f, "%s", error);
    cr_assert_str_eq(f->module, "m");
    cr_assert_eq(f->functions.count, 42);
    cr_assert_eq(f->exports.count, 42);
    for (size_t i = 0; i < 40; i++)
        cr_assert(bifs_is_stub(f, &f->functions.at[i]));
    cr_assert_not(bifs_is_stub(f, &f->functions.at[40]));
}

Test(directives, words) {
    FfiDirectives d = {0};
    directives_read("m.c",
                    "int a;\n  // beamrc: link z  m\r\n// beamrc: flags -DX -DY\n"
                    "// beamrc: package p\n// other: link q",
                    &d);
    cr_assert_eq(d.links.count, 2);
    cr_assert_str_eq(d.links.at[1].text, "m");
    cr_assert_eq(d.links.at[1].line, 2);
    cr_assert_eq(d.flags.count, 2);
    cr_assert_eq(d.packages.count, 1);
    cr_assert_str_eq(d.packages.at[0].text, "p");
}

Test(directives, unknown_word, .exit_code = 1) {
    directives_read("m.c", "// beamrc: lnk z\n", &(FfiDirectives){0});
}
