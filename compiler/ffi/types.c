/* types.c: see types.h. Structs of beamrc.h and terms are known by their names, for a brc_term is
 * an integer to C; all else by its canonical type. */
#include "ffi/types.h"
#include <ctype.h>

/* ---- names ---- */

/* The type's own name, then what each typedef stands for; "" at the end. */
static char *next_name(const TypeReader *r, CXType *type) {
    CXCursor declaration = r->clang->getTypeDeclaration(*type);
    char *name = clang_text(r->clang->getCursorSpelling(declaration));
    *type = r->clang->getCursorKind(declaration) == CXCursor_TypedefDecl
                ? r->clang->getTypedefDeclUnderlyingType(declaration)
                : r->clang->getCanonicalType(*type);
    return name;
}

static bool is_last(const TypeReader *r, CXType type) {
    return r->clang->getCursorKind(r->clang->getTypeDeclaration(type)) != CXCursor_TypedefDecl;
}

static bool is_named(const TypeReader *r, CXType type, const char *name) {
    for (bool last = false; !last;) {
        last = is_last(r, type);
        if (strcmp(next_name(r, &type), name) == 0) return true;
    }
    return false;
}

static const char *resource_name(const TypeReader *r, CXType type) {
    for (bool last = false; !last;) {
        last = is_last(r, type);
        char *name = next_name(r, &type);
        if (*name && map_get(r->resources, name, strlen(name))) return name;
    }
    return NULL;
}

/* ---- enumerations ---- */

typedef struct EnumVisit {
    const TypeReader *r;
    FfiEnumType *to;
} EnumVisit;

static enum CXChildVisitResult add_enumerator(CXCursor c, CXCursor parent, CXClientData data) {
    (void)parent;
    EnumVisit *v = data;
    const Clang *clang = v->r->clang;
    if (clang->getCursorKind(c) != CXCursor_EnumConstantDecl) return CXChildVisit_Continue;
    FfiEnumerator e = {clang_text(clang->getCursorSpelling(c)), clang->getEnumConstantDeclValue(c)};
    vec_push(&v->to->values, e);
    return CXChildVisit_Continue;
}

/* Up to the last underscore that ends a prefix of all names. */
static size_t shared_prefix(const FfiEnumType *e) {
    const char *first = e->values.at[0].name;
    size_t len = e->values.count > 1 ? strlen(first) : 0, best = 0;
    for (size_t i = 1; i < e->values.count; i++)
        while (strncmp(first, e->values.at[i].name, len) != 0)
            len--;
    for (size_t i = 0; i < len; i++)
        if (first[i] == '_') best = i + 1;
    return best;
}

static const FfiEnumType *read_enum(const TypeReader *r, CXType type) {
    FfiEnumType *e = mem_new(FfiEnumType);
    r->clang->visitChildren(r->clang->getTypeDeclaration(type), add_enumerator, &(EnumVisit){r, e});
    size_t prefix = e->values.count ? shared_prefix(e) : 0;
    for (size_t i = 0; i < e->values.count; i++) {
        char *name = mem_format("%s", e->values.at[i].name + prefix);
        for (char *c = name; *c; c++)
            *c = (char)tolower((unsigned char)*c);
        e->values.at[i].name = name;
    }
    return e;
}

/* ---- numbers ---- */

static bool integer_of(const TypeReader *r, CXType type, FfiType *out) {
    static const struct {
        enum CXTypeKind kind;
        bool is_unsigned;
        const char *c;
    } rows[] = {
        {CXType_SChar, false, "signed char"},
        {CXType_UChar, true, "unsigned char"},
        {CXType_Short, false, "short"},
        {CXType_UShort, true, "unsigned short"},
        {CXType_Int, false, "int"},
        {CXType_UInt, true, "unsigned"},
        {CXType_Long, false, "long"},
        {CXType_ULong, true, "unsigned long"},
        {CXType_LongLong, false, "long long"},
        {CXType_ULongLong, true, "unsigned long long"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].kind != type.kind) continue;
        unsigned bits = (unsigned)r->clang->Type_getSizeOf(type) * 8;
        out->kind = rows[i].is_unsigned ? FFI_UINT : FFI_INT;
        out->c = rows[i].c;
        out->umax = UINT64_MAX >> (64 - bits);
        out->max = (int64_t)(out->umax >> 1);
        return true;
    }
    return false;
}

static bool number_of(const TypeReader *r, CXType type, FfiType *out) {
    switch (type.kind) {
    case CXType_Bool: *out = (FfiType){.kind = FFI_BOOL, .c = "bool"}; return true;
    case CXType_Float: *out = (FfiType){.kind = FFI_FLOAT, .c = "float"}; return true;
    case CXType_Double: *out = (FfiType){.kind = FFI_DOUBLE, .c = "double"}; return true;
    case CXType_Enum:
        integer_of(r,
                   r->clang->getCanonicalType(
                       r->clang->getEnumDeclIntegerType(r->clang->getTypeDeclaration(type))),
                   out);
        out->kind = FFI_ENUM;
        out->enumeration = read_enum(r, type);
        return true;
    default: return integer_of(r, type, out);
    }
}

/* ---- by name ---- */

static bool named_type(const TypeReader *r, CXType type, FfiType *out) {
    static const struct {
        const char *name;
        FfiKind kind;
    } rows[] = {{"brc_binary", FFI_BINARY}, {"brc_buffer", FFI_BUFFER}, {"brc_atom", FFI_ATOM},
                {"brc_value", FFI_VALUE},   {"brc_result", FFI_RESULT}, {"ERL_NIF_TERM", FFI_TERM}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!is_named(r, type, rows[i].name)) continue;
        *out = (FfiType){.kind = rows[i].kind, .c = rows[i].name};
        return true;
    }
    return false;
}

/* ---- pointers ---- */

static bool is_char(const TypeReader *r, CXType type) {
    CXType c = r->clang->getCanonicalType(type);
    return c.kind == CXType_Char_S || c.kind == CXType_Char_U;
}

/* A pointer's: the T of BRC_RESOURCE(T, ...), by the names that the prototype uses. */
static bool resource_of(const TypeReader *r, CXType pointer, FfiType *out) {
    CXType to = r->clang->getPointeeType(pointer);
    if (to.kind == CXType_Invalid)
        to = r->clang->getPointeeType(r->clang->getCanonicalType(pointer));
    const char *name = resource_name(r, to);
    if (name) *out = (FfiType){.kind = FFI_RESOURCE, .c = "void *", .resource = name};
    return name != NULL;
}

bool types_is_environment(const TypeReader *r, CXType type) {
    CXType c = r->clang->getCanonicalType(type);
    return c.kind == CXType_Pointer &&
           is_named(r, r->clang->getPointeeType(c), "enif_environment_t");
}

bool types_is_slice(const TypeReader *r, CXType pointer, CXType size) {
    CXType c = r->clang->getCanonicalType(pointer);
    if (c.kind != CXType_Pointer || !is_named(r, size, "size_t")) return false;
    CXType to = r->clang->getCanonicalType(r->clang->getPointeeType(c));
    return r->clang->isConstQualifiedType(to) &&
           (to.kind == CXType_UChar || to.kind == CXType_Void);
}

/* ---- arguments and results ---- */

const char *types_of_result(const TypeReader *r, CXType type, FfiType *out) {
    CXType c = r->clang->getCanonicalType(type);
    *out = (FfiType){.kind = FFI_VOID, .c = "void"};
    if (named_type(r, type, out) || number_of(r, c, out)) return NULL;
    if (is_char(r, c)) return "may have a sign or none (int8_t and uint8_t say which)";
    if (c.kind != CXType_Pointer && c.kind != CXType_Void) return "stands for nothing in Erlang";
    if (c.kind != CXType_Pointer || resource_of(r, type, out)) return NULL;
    CXType to = r->clang->getPointeeType(c);
    if (!is_char(r, to)) return "is no resource (BRC_RESOURCE makes one of its type)";
    bool borrowed = r->clang->isConstQualifiedType(to);
    *out = (FfiType){.kind = borrowed ? FFI_STRING : FFI_OWN_STRING,
                     .c = borrowed ? "const char *" : "char *"};
    return NULL;
}

const char *types_of_argument(const TypeReader *r, CXType type, FfiType *out) {
    if (types_is_environment(r, type)) return "is given as the first parameter only";
    CXType to =
        r->clang->getCanonicalType(r->clang->getPointeeType(r->clang->getCanonicalType(type)));
    if (to.kind == CXType_UChar || to.kind == CXType_Void)
        return "does not tell its size (brc_binary is a binary, and const uint8_t * before size_t)";
    const char *why = types_of_result(r, type, out);
    if (why) return why;
    switch (out->kind) {
    case FFI_OWN_STRING: return "could be written to (const char * is a string)";
    case FFI_BUFFER:
    case FFI_VALUE:
    case FFI_RESULT: return "is for results only";
    default: return NULL;
    }
}
