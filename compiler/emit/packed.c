/* packed.c: selections of constants. Where a selection's branches do no more than return constants,
 * as in tables of characters, these are written as bytes, which the run time makes terms of when
 * one is asked for first (runtime/code/packed.c): a tenth of the code and static data they were.
 *
 * A term is a number, its low two bits the kind: PACKED_SMALL, the value; PACKED_TUPLE, the
 * elements, which follow; PACKED_LIST, the elements, which follow, then the tail; PACKED_WORD,
 * which of the table's words. Numbers stand in seven bits a byte, the lowest first, the eighth bit
 * saying that more follow. */
#include "emit/writer.h"

#include "abi/layout.h"
#include "abi/packed.h"

enum { PACK_LEAST = 64 }; /* constants */

typedef struct Pack {
    Text bytes;
    VEC(uint64_t) words; /* atoms and the empty list */
} Pack;

static void put_number(Pack *k, uint64_t n, unsigned kind) {
    for (n = n << 2 | kind; n >= 0x80; n >>= 7)
        text_put(&k->bytes, &(char){(char)(n | 0x80)}, 1);
    text_put(&k->bytes, &(char){(char)n}, 1);
}

static void put_word(Pack *k, uint64_t word) {
    size_t i = 0;
    while (i < k->words.count && k->words.at[i] != word)
        i++;
    if (i == k->words.count) vec_push(&k->words, word);
    put_number(k, i, PACKED_WORD);
}

static bool put_lit(Pack *k, const Lit *lit) {
    size_t n = lit->kind == LIT_CONS ? lit->count - 1 : lit->count;
    switch (lit->kind) {
    case LIT_INT:
        if (lit->i < 0 || lit->i > PACKED_MOST) return false;
        put_number(k, (uint64_t)lit->i, PACKED_SMALL);
        return true;
    case LIT_ATOM: put_word(k, names_atom(lit->text, lit->count)); return true;
    case LIT_NIL: put_word(k, BRC_NIL); return true;
    case LIT_TUPLE: put_number(k, n, PACKED_TUPLE); break;
    case LIT_CONS: put_number(k, n, PACKED_LIST); break;
    default: return false;
    }
    for (size_t i = 0; i < lit->count; i++)
        if (!put_lit(k, lit->items[i])) return false;
    return true;
}

static bool put_constant(Writer *w, Pack *k, const Arg *a) {
    int64_t n;
    switch (a->kind) {
    case ARG_LIT: return put_lit(k, a->lit);
    case ARG_NIL: put_word(k, BRC_NIL); return true;
    case ARG_ATOM:
        put_word(k, names_atom(w->f->atoms[a->u], strlen(w->f->atoms[a->u])));
        return true;
    default:
        if (!w_const_small(a, &n) || n < 0 || n > PACKED_MOST) return false;
        put_number(k, (uint64_t)n, PACKED_SMALL);
        return true;
    }
}

/* The constant that a branch returns, or NULL where it does anything else. */
static const Arg *constant_of(const Writer *w, uint64_t label) {
    int32_t block = ir_block_of(w->ir, label);
    const IrBlock *b = &w->ir->blocks.at[block];
    const Arg *constant = NULL;
    bool returns = false;
    if (w->frame != 1 || w->head_of_call || b->entry != IR_INSIDE) return NULL;
    for (uint32_t i = b->first; i < b->first + b->count; i++) {
        const Op *op = &w->ir->fn->ops[i];
        if (op->code == OP_label || op->code == OP_line) continue;
        if (op->code == OP_return && constant)
            returns = true;
        else if (op->code == OP_move && !constant && op->args[1].kind == ARG_X &&
                 op->args[1].u == 0 && op->args[0].kind != ARG_X && op->args[0].kind != ARG_Y)
            constant = &op->args[0];
        else
            return NULL;
    }
    return returns ? constant : NULL;
}

static void write_pack(Writer *w, const char *name, const Pack *k, const uint32_t *at, size_t n) {
    text_add(&w->head, "static const uint8_t %s_bytes[] = {", name);
    for (size_t i = 0; i < k->bytes.count; i++)
        text_add(&w->head, "%s%u,", i % 20 == 0 ? "\n" : "", (unsigned)(uint8_t)k->bytes.at[i]);
    text_add(&w->head, "};\nstatic const uint32_t %s_at[] = {", name);
    for (size_t i = 0; i < n; i++)
        text_add(&w->head, "%s%u,", i % 12 == 0 ? "\n" : "", at[i]);
    text_add(&w->head, "};\nstatic const Term %s_words[] = {", name);
    for (size_t i = 0; i < k->words.count; i++)
        text_add(&w->head, "UINT64_C(0x%llx),", (unsigned long long)k->words.at[i]);
    text_add(&w->head,
             "0};\nstatic _Atomic(Term) %s_made[%zu];\n"
             "static const Packed %s = {%s_bytes, %s_at, %s_words, %s_made};\n",
             name, n, name, name, name, name, name);
}

const char *w_pack(Writer *w, const uint64_t *labels, size_t n, bool *packed) {
    Pack k = {0};
    uint32_t *at = mem_alloc_atomic(n * sizeof(uint32_t));
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const Arg *constant = constant_of(w, labels[i]);
        at[i] = (uint32_t)k.bytes.count;
        packed[i] = constant && put_constant(w, &k, constant);
        if (packed[i])
            count++;
        else
            k.bytes.count = at[i];
    }
    if (count < PACK_LEAST) return NULL;
    const char *name = mem_format("pack%u_%u", w->fn_index, w->op_index);
    write_pack(w, name, &k, at, n);
    return name;
}
