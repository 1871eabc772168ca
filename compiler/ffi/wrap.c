/* wrap.c: see wrap.h. A wrapper is a built-in function: it converts its arguments, calls, converts
 * the result. Users' functions are declared under names of our own, so that none meets one of the
 * runtime's. */
#include "ffi/wrap.h"
#include "abi/layout.h"
#include "emit/names.h"
#include "ir/bifs.h"
#include <inttypes.h>

typedef struct Wrapper {
    const FfiFunction *f;
    const char *cname;
    uint32_t arity;
    Text *out;
} Wrapper;

#define OUT(...) text_add(w->out, __VA_ARGS__)

/* ---- what stands before the function ---- */

static void write_enum(Wrapper *w, const FfiType *t, const char *name) {
    if (t->kind != FFI_ENUM) return;
    const FfiEnumType *e = t->enumeration;
    OUT("static const char *const %s_names[] = {", name);
    for (size_t i = 0; i < e->values.count; i++)
        OUT("\"%s\", ", e->values.at[i].name);
    OUT("0};\nstatic const int64_t %s_values[] = {", name);
    for (size_t i = 0; i < e->values.count; i++)
        OUT("(int64_t)UINT64_C(%" PRIu64 "), ", (uint64_t)e->values.at[i].value);
    OUT("0};\nstatic _Atomic(Term) %s_terms[%zu];\n", name, e->values.count + 1);
    OUT("static const FfiEnum %s = {%s_names, %s_values, %s_terms, %zu};\n", name, name, name, name,
        e->values.count);
}

static char *enum_name(const Wrapper *w, const char *what, size_t number) {
    return mem_format("%s$%u$%s%zu", w->cname, w->arity, what, number);
}

static void write_declarations(Wrapper *w) {
    const FfiFunction *f = w->f;
    write_enum(w, &f->result, enum_name(w, "r", 0));
    if (f->result.resource) OUT("extern const brc_type brc_type_%s;\n", f->result.resource);
    for (size_t i = 0; i < f->arguments.count; i++) {
        write_enum(w, &f->arguments.at[i], enum_name(w, "a", i));
        if (f->arguments.at[i].resource)
            OUT("extern const brc_type brc_type_%s;\n", f->arguments.at[i].resource);
    }
    OUT("extern %s user$%s(", f->result.c, f->c_name);
    const char *comma = "";
    if (f->takes_env) OUT("brc_env *"), comma = ", ";
    for (size_t i = 0; i < f->arguments.count; i++, comma = ", ")
        OUT("%s%s%s", comma, f->arguments.at[i].c,
            f->arguments.at[i].kind == FFI_SLICE ? ", size_t" : "");
    OUT("%s) __asm__(\"%s\");\n", *comma ? "" : "void", f->c_name);
}

/* ---- arguments ---- */

/* What reads it, up to where the result goes. */
static char *reader(const Wrapper *w, size_t i) {
    const FfiType *t = &w->f->arguments.at[i];
    switch (t->kind) {
    case FFI_INT:
        return mem_format("int(t%zu, -INT64_C(%" PRId64 ") - 1, INT64_C(%" PRId64 ")", i, t->max,
                          t->max);
    case FFI_UINT: return mem_format("uint(t%zu, UINT64_C(%" PRIu64 ")", i, t->umax);
    case FFI_ENUM: return mem_format("enum(t%zu, &%s", i, enum_name(w, "a", i));
    case FFI_RESOURCE: return mem_format("resource(t%zu, &brc_type_%s", i, t->resource);
    case FFI_STRING: return mem_format("string(t%zu", i);
    case FFI_BINARY:
    case FFI_SLICE: return mem_format("binary(t%zu", i);
    case FFI_BOOL: return mem_format("bool(t%zu", i);
    case FFI_FLOAT: return mem_format("float(t%zu", i);
    case FFI_DOUBLE: return mem_format("double(t%zu", i);
    default: return mem_format("atom(t%zu", i);
    }
}

static void write_argument(Wrapper *w, size_t i) {
    const FfiType *t = &w->f->arguments.at[i];
    switch (t->kind) {
    case FFI_TERM: return; /* is itself */
    case FFI_INT:
    case FFI_ENUM: OUT("    int64_t a%zu;\n", i); break;
    case FFI_UINT: OUT("    uint64_t a%zu;\n", i); break;
    case FFI_STRING:
    case FFI_BINARY:
    case FFI_SLICE: OUT("    BRC_FFI_BYTES(a%zu);\n", i); break;
    default: OUT("    %s a%zu;\n", t->c, i);
    }
    OUT("    if (!brc_ffi_%s, &a%zu)) return brc_ctx_badarg(p);\n", reader(w, i), i);
}

static void pass_argument(Wrapper *w, size_t i) {
    const FfiType *t = &w->f->arguments.at[i];
    switch (t->kind) {
    case FFI_TERM: OUT("t%zu", i); break;
    case FFI_ATOM: OUT("a%zu", i); break;
    case FFI_STRING: OUT("(const char *)a%zu.data", i); break;
    case FFI_BINARY: OUT("(brc_binary){a%zu.data, a%zu.size}", i, i); break;
    case FFI_SLICE: OUT("a%zu.data, a%zu.size", i, i); break;
    default: OUT("(%s)a%zu", t->c, i);
    }
}

/* ---- results ---- */

static const char *of_result(const Wrapper *w) {
    switch (w->f->result.kind) {
    case FFI_VOID: return "AM(nil)";
    case FFI_INT: return "brc_ffi_of_int(p, r)";
    case FFI_UINT: return "brc_ffi_of_uint(p, r)";
    case FFI_BOOL: return "term_bool(r)";
    case FFI_FLOAT:
    case FFI_DOUBLE: return "brc_ffi_of_double(p, r)";
    case FFI_ENUM: return mem_format("brc_ffi_of_enum(p, (int64_t)r, &%s)", enum_name(w, "r", 0));
    case FFI_ATOM: return "brc_ffi_of_atom(p, r)";
    case FFI_STRING: return "brc_ffi_of_string(p, r)";
    case FFI_OWN_STRING: return "brc_ffi_of_own_string(p, r)";
    case FFI_BINARY: return "brc_ffi_of_binary(p, r)";
    case FFI_BUFFER: return "brc_ffi_of_buffer(p, r)";
    case FFI_TERM: return w->f->takes_env ? "r" : "r != BRC_NONE ? r : brc_ctx_badarg(p)";
    case FFI_RESOURCE:
        return mem_format("brc_ffi_of_resource(p, r, &brc_type_%s)", w->f->result.resource);
    case FFI_VALUE: return "brc_ffi_of_value(p, r)";
    default: return "brc_ffi_of_result(p, r)";
    }
}

static bool allocates(const FfiFunction *f) {
    switch (f->result.kind) {
    case FFI_VOID:
    case FFI_BOOL:
    case FFI_ENUM:
    case FFI_ATOM: return f->takes_env;
    case FFI_INT: return f->takes_env || f->result.max > INT32_MAX;
    case FFI_UINT: return f->takes_env || f->result.umax > UINT32_MAX;
    default: return true;
    }
}

/* ---- functions ---- */

static void write_parameters(Wrapper *w, const char *name) {
    OUT("Term %s(Proc *p", name);
    for (size_t i = 0; i < w->arity; i++)
        OUT(", Term t%zu", i);
    OUT(") {\n");
}

static void write_call(Wrapper *w) {
    const FfiFunction *f = w->f;
    for (size_t i = 0; i < f->arguments.count; i++)
        write_argument(w, i);
    if (f->takes_env) OUT("    BRC_FFI_ENV(env);\n");
    OUT("    ");
    if (f->result.kind != FFI_VOID) OUT("%s r = ", f->result.c);
    OUT("user$%s(%s", f->c_name, f->takes_env ? "&env" : "");
    for (size_t i = 0; i < f->arguments.count; i++) {
        if (i || f->takes_env) OUT(", ");
        pass_argument(w, i);
    }
    OUT(");\n    Term t = %s;\n", of_result(w));
    OUT("    return %s;\n}\n", f->takes_env ? "brc_ffi_env_end(&env, t)" : "t");
}

/* The built-in itself has the call made by a thread of the pool, where dirty$ does it. */
static void write_dirty(Wrapper *w) {
    const char *inner = mem_format("inner$%s$%u", w->cname, w->arity);
    OUT("static ");
    write_parameters(w, inner);
    write_call(w);
    OUT("static Term dirty$%s$%u(Proc *p) {\n    return %s(p", w->cname, w->arity, inner);
    for (size_t i = 0; i < w->arity; i++)
        OUT(", p->x[%zu]", i);
    OUT(");\n}\n");
    write_parameters(w, mem_format("brc_bif_%s_%u", w->cname, w->arity));
    for (size_t i = 0; i < w->arity; i++)
        OUT("    p->x[%zu] = t%zu;\n", i, i);
    OUT("    return brc_sched_dirty_call_plain(p, %s, dirty$%s$%u, %u);\n}\n",
        w->f->pool == FFI_DIRTY_IO ? "BRC_DIRTY_IO" : "BRC_DIRTY_CPU", w->cname, w->arity,
        w->arity);
}

static void write_function(Wrapper *w, const BifRow *row) {
    write_declarations(w);
    text_str(w->out, names_bif_prototype(row));
    if (w->f->pool != FFI_QUICK) {
        write_dirty(w);
    } else {
        write_parameters(w, mem_format("brc_bif_%s_%u", w->cname, w->arity));
        write_call(w);
    }
    OUT("BRC_BIF_CODE(%s, %u,", w->cname, w->arity);
    for (size_t i = 0; i < w->arity; i++)
        OUT(i < BRC_REG_ARGS ? ", x%zu" : ", p->x[%zu]", i);
    OUT(")\n\n");
}

char *wrap_module(const FfiModule *m) {
    Text out = {0};
    text_str(&out, "#include \"nif/ffi.h\"\n#include \"code/bifcode.h\"\n\n");
    for (size_t i = 0; i < m->functions.count; i++) {
        const FfiFunction *f = &m->functions.at[i];
        BifRow *row = mem_new(BifRow);
        *row = (BifRow){.module = m->name, .name = f->name, .is_foreign = true};
        row->cname = mem_format("native$%s$%s", names_escape(m->name, strlen(m->name)), f->name);
        row->arity = (uint32_t)f->arguments.count;
        row->flags = allocates(f) ? BRC_BIF_ALLOC : 0;
        if (f->pool != FFI_QUICK) row->flags = BRC_BIF_ALLOC | BRC_BIF_TRAP;
        bifs_add(row);
        write_function(&(Wrapper){.f = f, .cname = row->cname, .arity = row->arity, .out = &out},
                       row);
    }
    return out.at;
}
