/* read.c: see read.h. What a declaration is marked with are `annotate` attributes of clang. */
#include "ffi/read.h"
#include "base/diag.h"
#include "ffi/clang.h"
#include "ffi/types.h"
#include <dlfcn.h>

#define TYPE_PREFIX    "brc_type_"
#define MOST_ARGUMENTS 32

typedef struct Reader {
    const Clang *clang;
    FfiModule *module;
    TypeReader types;
    Map *resources, *names;
    const char *text;
} Reader;

/* ---- places ---- */

static unsigned line_of(const Clang *clang, CXSourceLocation place) {
    unsigned line;
    clang->getExpansionLocation(place, NULL, &line, NULL, NULL);
    return line;
}

/* Where macros are used, not where they are. */
static bool is_in_main_file(const Reader *r, CXCursor c) {
    CXFile file;
    r->clang->getExpansionLocation(r->clang->getCursorLocation(c), &file, NULL, NULL, NULL);
    return file && strcmp(clang_text(r->clang->getFileName(file)), r->module->path) == 0;
}

static char *source_line(const char *text, unsigned line) {
    while (--line && *text)
        text += strcspn(text, "\n") + (text[strcspn(text, "\n")] != 0);
    text += strspn(text, " \t");
    size_t len = strcspn(text, "\n");
    while (len && (text[len - 1] == ' ' || text[len - 1] == '{' || text[len - 1] == '\r'))
        len--;
    return mem_copy_text(text, len);
}

static _Noreturn void refuse(const Reader *r, unsigned line, const char *why) {
    diag_fatal("%s:%u: %s | %s", r->module->path, line, why, source_line(r->text, line));
}

/* ---- marks ---- */

typedef struct Marks {
    const Clang *clang;
    bool exported;
    FfiPool pool;
} Marks;

static enum CXChildVisitResult note_mark(CXCursor c, CXCursor parent, CXClientData data) {
    (void)parent;
    Marks *m = data;
    if (m->clang->getCursorKind(c) != CXCursor_AnnotateAttr) return CXChildVisit_Continue;
    char *text = clang_text(m->clang->getCursorSpelling(c));
    bool cpu = !strcmp(text, "beamrc:dirty_cpu"), io = !strcmp(text, "beamrc:dirty_io");
    if (cpu || io || !strcmp(text, "beamrc:export")) m->exported = true;
    if (cpu || io) m->pool = cpu ? FFI_DIRTY_CPU : FFI_DIRTY_IO;
    return CXChildVisit_Continue;
}

/* ---- functions ---- */

static const char *erlang_name(const Reader *r, const char *c_name) {
    size_t len = strlen(r->module->name);
    bool prefixed =
        strncmp(c_name, r->module->name, len) == 0 && c_name[len] == '_' && c_name[len + 1];
    return prefixed ? c_name + len + 1 : c_name;
}

static char *type_text(const Reader *r, CXType type) {
    return clang_text(r->clang->getTypeSpelling(type));
}

static void add_argument(Reader *r, CXCursor function, int i, FfiFunction *f) {
    CXCursor c = r->clang->Cursor_getArgument(function, (unsigned)i);
    CXType type = r->clang->getCursorType(c);
    FfiType t = {0};
    const char *why = types_of_argument(&r->types, type, &t);
    if (why)
        refuse(r, line_of(r->clang, r->clang->getCursorLocation(c)),
               mem_format("parameter %d of %s: %s %s", i + 1, f->c_name, type_text(r, type), why));
    vec_push(&f->arguments, t);
}

static bool add_slice(Reader *r, CXCursor function, int i, FfiFunction *f) {
    const Clang *clang = r->clang;
    CXType pointer = clang->getCursorType(clang->Cursor_getArgument(function, (unsigned)i));
    CXType size = clang->getCursorType(clang->Cursor_getArgument(function, (unsigned)i + 1));
    if (!types_is_slice(&r->types, pointer, size)) return false;
    FfiType t = {.kind = FFI_SLICE, .c = "const void *"};
    vec_push(&f->arguments, t);
    return true;
}

static void add_arguments(Reader *r, CXCursor function, FfiFunction *f) {
    int count = r->clang->Cursor_getNumArguments(function), i = 0;
    if (count > 0) {
        CXCursor first = r->clang->Cursor_getArgument(function, 0);
        f->takes_env = types_is_environment(&r->types, r->clang->getCursorType(first));
        i = f->takes_env;
    }
    for (; i < count; i++) {
        if (i + 1 < count && add_slice(r, function, i, f))
            i++;
        else
            add_argument(r, function, i, f);
    }
    if (f->arguments.count > MOST_ARGUMENTS)
        refuse(r, f->line, mem_format("%s has more than %d parameters", f->c_name, MOST_ARGUMENTS));
}

static void note_name(Reader *r, const FfiFunction *f) {
    char *key = mem_format("%s/%zu", f->name, f->arguments.count);
    if (map_get(r->names, key, strlen(key)) || !strncmp(key, "module_info/", 12))
        refuse(r, f->line, mem_format("%s:%s is there already", r->module->name, key));
    map_set(r->names, key, strlen(key), r);
}

static void add_function(Reader *r, CXCursor c) {
    const Clang *clang = r->clang;
    Marks marks = {.clang = clang};
    clang->visitChildren(c, note_mark, &marks);
    if (!marks.exported) return;
    FfiFunction f = {.c_name = clang_text(clang->getCursorSpelling(c)), .pool = marks.pool};
    f.line = line_of(clang, clang->getCursorLocation(c));
    f.name = erlang_name(r, f.c_name);
    if (clang->Cursor_getStorageClass(c) == CX_SC_Static)
        refuse(r, f.line, mem_format("%s is exported and must not be static", f.c_name));
    if (dlsym(RTLD_DEFAULT, f.c_name) || strncmp(f.c_name, "brc_", 4) == 0)
        refuse(r, f.line,
               mem_format("%s is a name of the C library or of beamrc: %s_%s is %s:%s, too",
                          f.c_name, r->module->name, f.name, r->module->name, f.name));
    if (clang->getCursorType(c).kind == CXType_FunctionNoProto)
        refuse(r, f.line,
               mem_format("%s() leaves open what it takes: %s(void) takes nothing", f.c_name,
                          f.c_name));
    if (clang->isFunctionTypeVariadic(clang->getCursorType(c)))
        refuse(r, f.line, mem_format("%s takes any number of arguments", f.c_name));
    CXType result = clang->getCursorResultType(c);
    const char *why = types_of_result(&r->types, result, &f.result);
    if (why)
        refuse(r, f.line,
               mem_format("the result of %s: %s %s", f.c_name, type_text(r, result), why));
    add_arguments(r, c, &f);
    note_name(r, &f);
    vec_push(&r->module->functions, f);
}

/* ---- declarations ---- */

static enum CXChildVisitResult note_resource(CXCursor c, CXCursor parent, CXClientData data) {
    (void)parent;
    Reader *r = data;
    if (r->clang->getCursorKind(c) != CXCursor_VarDecl) return CXChildVisit_Continue;
    char *name = clang_text(r->clang->getCursorSpelling(c));
    if (strncmp(name, TYPE_PREFIX, sizeof TYPE_PREFIX - 1) != 0) return CXChildVisit_Continue;
    name += sizeof TYPE_PREFIX - 1;
    map_set(r->resources, name, strlen(name), r);
    if (r->clang->isCursorDefinition(c)) vec_push(&r->module->resources, (const char *)name);
    return CXChildVisit_Continue;
}

static enum CXChildVisitResult note_function(CXCursor c, CXCursor parent, CXClientData data) {
    (void)parent;
    Reader *r = data;
    if (r->clang->getCursorKind(c) == CXCursor_FunctionDecl && r->clang->isCursorDefinition(c) &&
        is_in_main_file(r, c))
        add_function(r, c);
    return CXChildVisit_Continue;
}

/* ---- the file ---- */

static void check_diagnostics(const Reader *r, CXTranslationUnit unit) {
    const Clang *clang = r->clang;
    for (unsigned i = 0; i < clang->getNumDiagnostics(unit); i++) {
        CXDiagnostic d = clang->getDiagnostic(unit, i);
        if (clang->getDiagnosticSeverity(d) < CXDiagnostic_Error) continue;
        CXFile file;
        unsigned line;
        clang->getSpellingLocation(clang->getDiagnosticLocation(d), &file, &line, NULL, NULL);
        char *what = clang_text(clang->getDiagnosticSpelling(d));
        char *where = file ? clang_text(clang->getFileName(file)) : "";
        if (strcmp(where, r->module->path) == 0) refuse(r, line, what);
        diag_fatal("%s:%u: %s", *where ? where : r->module->path, line, what);
    }
}

static char *module_name(const char *path) {
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    return mem_copy_text(base, strlen(base) - strlen(".c"));
}

FfiModule *ffi_read(const char *path, const char *text, const char *const *flags, size_t count) {
    const Clang *clang = clang_open();
    Reader r = {.clang = clang, .module = mem_new(FfiModule), .text = text};
    r.module->path = path;
    r.module->name = module_name(path);
    r.resources = map_new();
    r.names = map_new();
    r.types = (TypeReader){clang, r.resources};
    CXIndex index = clang->createIndex(0, 0);
    CXTranslationUnit unit = NULL;
    enum CXErrorCode error = clang->parseTranslationUnit2(index, path, flags, (int)count, NULL, 0,
                                                          CXTranslationUnit_None, &unit);
    if (error != CXError_Success) diag_fatal("%s: libclang cannot read it", path);
    check_diagnostics(&r, unit);
    CXCursor top = clang->getTranslationUnitCursor(unit);
    clang->visitChildren(top, note_resource, &r);
    clang->visitChildren(top, note_function, &r);
    clang->disposeTranslationUnit(unit);
    clang->disposeIndex(index);
    return r.module;
}
