/* ms_compile.c: a match specification into a program: its clauses and their patterns. */
#include "base/format.h"
#include "ets/ms.h"
#include "base/pages.h"
#include "base/panic.h"
#include "heap/heap.h"
#include "term/atom.h"
#include "term/litarea.h"
#include "term/map.h"
#include <stdarg.h>
#include <stdlib.h>

enum { DEEPEST = 5000, VARIABLE_MOST = 100000000, TEXT_MOST = 100 };

/* Room for one more; first: what it begins with. */
static void *grown(void *at, size_t n, size_t *room, size_t each, const void *first) {
    if (n < *room) return at;
    *room *= 2;
    void *more = realloc(at == first ? NULL : at, *room * each);
    if (!more) brc_base_panic("out of memory (a match specification)");
    if (at == first) memcpy(more, first, n * each);
    return more;
}
#define GROW(c, what, count, room)                                                                 \
    ((c)->what = grown((c)->what, (c)->count, &(c)->room, sizeof *(c)->what, (c)->first_##what))

static void begin(MsCompiler *c, MsDialect dialect, MsErrors *errors) {
    memset(c, 0, offsetof(MsCompiler, first_ops));
    c->dialect = dialect;
    c->errors = errors;
#define BEGIN(what, room)                                                                          \
    (c->what = c->first_##what, c->room = sizeof c->first_##what / sizeof *c->what)
    BEGIN(ops, op_room);
    BEGIN(args, arg_room);
    BEGIN(consts, const_room);
    BEGIN(variables, variable_room);
    BEGIN(clauses, clause_room);
#undef BEGIN
}

static void end(MsCompiler *c) {
    if (c->ops != c->first_ops) free(c->ops);
    if (c->args != c->first_args) free(c->args);
    if (c->consts != c->first_consts) free(c->consts);
    if (c->variables != c->first_variables) free(c->variables);
    if (c->clauses != c->first_clauses) free(c->clauses);
}

/* ---- pieces ---- */
void brc_ets_ms_error(MsCompiler *c, const char *format, ...) {
    c->failed = true;
    if (!c->errors) return;
    va_list args;
    char *text = malloc(TEXT_MOST);
    if (!text) brc_base_panic("out of memory (an error's text)");
    va_start(args, format);
    brc_base_format_args(text, TEXT_MOST, format, args);
    va_end(args);
    MsErrors *e = c->errors;
    e->text = realloc(e->text, (e->n + 1) * sizeof *e->text);
    e->text[e->n++] = text;
}

void brc_ets_ms_errors_free(MsErrors *e) {
    for (size_t i = 0; i < e->n; i++)
        free(e->text[i]);
    free(e->text);
}

MsOp *brc_ets_ms_emit(MsCompiler *c, MsKind kind, uint32_t d, uint32_t a, uint32_t b) {
    GROW(c, ops, op_count, op_room);
    MsOp *op = &c->ops[c->op_count++];
    *op = (MsOp){.kind = (uint16_t)kind, .in_body = c->in_body, .d = d, .a = a, .b = b};
    return op;
}

uint32_t brc_ets_ms_const(MsCompiler *c, Term t) {
    if (!term_is_pointer(t))
        for (size_t i = c->const_count; i-- > 0 && i + 16 > c->const_count;)
            if (c->consts[i] == t) return (uint32_t)i | MS_CONST;
    GROW(c, consts, const_count, const_room);
    c->consts[c->const_count] = t;
    return (uint32_t)c->const_count++ | MS_CONST;
}

uint32_t brc_ets_ms_slot(MsCompiler *c) {
    if (c->slots == c->most_slots) c->most_slots++;
    return c->slots++;
}

uint32_t brc_ets_ms_args(MsCompiler *c, const uint32_t *operands, size_t n) {
    uint32_t first = (uint32_t)c->arg_count;
    for (size_t i = 0; i < n; i++) {
        GROW(c, args, arg_count, arg_room);
        c->args[c->arg_count++] = operands[i];
    }
    return first;
}

bool brc_ets_ms_deeper(MsCompiler *c) {
    if (++c->depth <= DEEPEST) return true;
    if (c->errors && !c->too_deep) brc_ets_ms_error(c, "Excessive nesting; system limit reached.");
    c->too_deep = true;
    return false;
}

/* ---- variables ---- */
bool brc_ets_ms_variable(Term t, uint32_t *number) {
    if (!term_is_atom(t)) return false;
    size_t len;
    const char *text = brc_term_atom_text(t, &len);
    if (len < 2 || len > 10 || text[0] != '$' || (text[1] == '0' && len > 2)) return false;
    uint32_t n = 0;
    for (size_t i = 1; i < len; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        n = 10 * n + (uint32_t)(text[i] - '0');
    }
    *number = n;
    return n <= VARIABLE_MOST;
}

static size_t place_of(const MsCompiler *c, uint32_t number) {
    size_t lo = 0, hi = c->variable_count;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (c->variables[mid].number < number)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

int64_t brc_ets_ms_slot_of(const MsCompiler *c, uint32_t number) {
    size_t i = place_of(c, number);
    bool found = i < c->variable_count && c->variables[i].number == number;
    return found ? (int64_t)c->variables[i].slot : -1;
}

static void bind(MsCompiler *c, uint32_t number, uint32_t slot) {
    size_t i = place_of(c, number);
    GROW(c, variables, variable_count, variable_room);
    memmove(c->variables + i + 1, c->variables + i, (c->variable_count - i) * sizeof *c->variables);
    c->variables[i] = (MsVariable){number, slot};
    c->variable_count++;
}

/* ---- patterns ---- */
/* Too deep a term counts as one with variables, so that whoever asks goes on into it. So does, with
 * `zeros`, a float of that value, which only matches one of the same sign. */
static bool has_variables(Term t, unsigned depth, bool zeros) {
    uint32_t n;
    if (zeros && term_is_float(t)) return term_float(t) == 0.0;
    if (depth > DEEPEST) return true;
    for (; term_is_cons(t); t = term_tail(t))
        if (term_head(t) != BRC_NIL && has_variables(term_head(t), depth + 1, zeros)) return true;
    if (term_is_atom(t)) return t == AM(underscore) || brc_ets_ms_variable(t, &n);
    if (!term_is_tuple(t)) return term_is_map(t);
    const Term *e = term_tuple_elements(t);
    for (size_t i = 0, size = term_tuple_arity(t); i < size; i++)
        if (has_variables(e[i], depth + 1, zeros)) return true;
    return false;
}

bool brc_ets_ms_is_bound(Term pattern) {
    return !has_variables(pattern, 0, false);
}

/* How many cells of a list there are up to the last that has variables. */
static size_t open_cells(Term t) {
    size_t n = 0, open = 0;
    for (; term_is_cons(t); t = term_tail(t)) {
        n++;
        if (has_variables(term_head(t), 0, true)) open = n;
    }
    return has_variables(t, 0, true) ? n : open;
}

static void pattern(MsCompiler *c, Term t, uint32_t slot);

static void tuple_pattern(MsCompiler *c, Term t, uint32_t slot) {
    const Term *e = term_tuple_elements(t);
    size_t n = term_tuple_arity(t);
    brc_ets_ms_emit(c, MS_TUPLE, 0, slot, (uint32_t)n);
    for (size_t i = 0; i < n; i++) {
        if (e[i] == AM(underscore)) continue;
        uint32_t part = brc_ets_ms_slot(c);
        brc_ets_ms_emit(c, MS_ELEMENT, part, slot, (uint32_t)i);
        pattern(c, e[i], part);
    }
}

static void map_pattern(MsCompiler *c, Term t, uint32_t slot) {
    MapIter it;
    Term key, value;
    uint32_t number;
    brc_ets_ms_emit(c, MS_MAP, 0, slot, 0);
    brc_term_map_iter(&it, t);
    while (brc_term_map_next(&it, &key, &value)) {
        if (key == AM(underscore)) {
            brc_ets_ms_error(c, "Underscore found in map key.");
            return;
        }
        if (brc_ets_ms_variable(key, &number)) {
            brc_ets_ms_error(c, "Variable found in map key.");
            return;
        }
        uint32_t part = brc_ets_ms_slot(c);
        brc_ets_ms_emit(c, MS_GET, part, slot, brc_ets_ms_const(c, key));
        if (value != AM(underscore)) pattern(c, value, part);
    }
}

/* What is in `slot` must match t. */
static void pattern(MsCompiler *c, Term t, uint32_t slot) {
    uint32_t number;
    if (!brc_ets_ms_deeper(c)) return;
    for (size_t n = term_is_cons(t) ? open_cells(t) : 0; n > 0; n--) {
        uint32_t head = brc_ets_ms_slot(c), tail = brc_ets_ms_slot(c);
        brc_ets_ms_emit(c, MS_CONS, head, slot, 0);
        if (term_head(t) != AM(underscore)) pattern(c, term_head(t), head);
        t = term_tail(t);
        slot = tail;
    }
    c->depth--;
    if (t == AM(underscore)) return;
    if (brc_ets_ms_variable(t, &number)) {
        int64_t known = brc_ets_ms_slot_of(c, number);
        if (known < 0)
            bind(c, number, slot);
        else
            brc_ets_ms_emit(c, MS_SAME, 0, slot, (uint32_t)known);
    } else if (term_is_tuple(t) && has_variables(t, 0, true)) {
        if (brc_ets_ms_deeper(c)) tuple_pattern(c, t, slot);
        c->depth--;
    } else if (term_is_map(t)) {
        if (brc_ets_ms_deeper(c)) map_pattern(c, t, slot);
        c->depth--;
    } else if (term_is_float(t)) {
        brc_ets_ms_emit(c, MS_FLOAT, 0, slot, brc_ets_ms_const(c, t));
    } else {
        brc_ets_ms_emit(c, term_is_pointer(t) ? MS_SAME : MS_IS, 0, slot, brc_ets_ms_const(c, t));
    }
}

/* ---- clauses ---- */
static bool clause(MsCompiler *c, Term t, MsClause *clause_) {
    if (!term_is_tuple_of(t, 3)) {
        brc_ets_ms_error(c, "Match program part is not a tuple of arity 3.");
        return false;
    }
    const Term *e = term_tuple_elements(t);
    c->variable_count = 0;
    c->slots = 0;
    c->root = brc_ets_ms_slot(c);
    c->in_body = false;
    clause_->pattern = e[0];
    clause_->body = e[2];
    clause_->first = (uint32_t)c->op_count;
    if (c->dialect == MS_TRACE && term_is_cons(e[0]) && brc_term_list_length(e[0]) < 0)
        brc_ets_ms_say(c, "Match expression part %.0s%s is not a proper list.", AM(const), e[0]);
    else if (e[0] != AM(underscore))
        pattern(c, e[0], c->root);
    if (c->failed) return false;
    brc_ets_ms_guards(c, e[1]);
    if (ms_stopped(c)) return false;
    c->in_body = true;
    brc_ets_ms_body(c, e[2]);
    clause_->end = (uint32_t)c->op_count;
    return !c->failed;
}

static uint32_t renumbered(uint32_t operand, size_t consts) {
    return operand & MS_CONST ? operand & ~MS_CONST : operand + (uint32_t)consts;
}

/* Constants come first in the slots. */
static void renumber(MsCompiler *c) {
    size_t n = c->const_count;
    for (size_t i = 0; i < c->arg_count; i++)
        c->args[i] = renumbered(c->args[i], n);
    for (size_t i = 0; i < c->op_count; i++) {
        MsOp *op = &c->ops[i];
        MsKind k = (MsKind)op->kind;
        op->d = renumbered(op->d, n);
        if (k != MS_CALL && k != MS_FLAG && k != MS_AND && k != MS_OR && k != MS_NEW_TUPLE &&
            k != MS_NEW_MAP && k != MS_BOUND && k != MS_FORM)
            op->a = renumbered(op->a, n);
        if (k == MS_GET || k == MS_SAME || k == MS_FLOAT || k == MS_IS || k == MS_LIST)
            op->b = renumbered(op->b, n);
    }
}

static void destroy(Magic *m) {
    Ms *ms = (Ms *)m;
    for (Term *at = ms->offheap; at;) {
        Term *next = (Term *)*brc_ctx_offheap_link(at);
        brc_ctx_offheap_release(at);
        at = next;
    }
    if (ms->table) brc_ctx_magic_unref(ms->table);
    if (ms->terms) brc_base_block_free(ms->terms, ms->room_bytes, ms->words * sizeof(Term));
    brc_ctx_magic_free(m);
}

static size_t put_behind(char *at, size_t offset, void *field, const void *from, size_t bytes) {
    void *to = at + offset;
    memcpy(to, from, bytes);
    memcpy(field, &to, sizeof to);
    return offset + ((bytes + 7) & ~(size_t)7);
}

/* All in one block. */
static Ms *ms_new(const MsCompiler *c) {
    size_t clauses = c->clause_count * sizeof *c->clauses, ops = c->op_count * sizeof *c->ops;
    size_t args = c->arg_count * sizeof *c->args, consts = c->const_count * sizeof *c->consts;
    Ms *ms = brc_ctx_magic_new(sizeof *ms + clauses + ops + args + consts + 32, destroy);
    size_t at = put_behind((char *)ms, sizeof *ms, &ms->clauses, c->clauses, clauses);
    at = put_behind((char *)ms, at, &ms->ops, c->ops, ops);
    at = put_behind((char *)ms, at, &ms->args, c->args, args);
    put_behind((char *)ms, at, &ms->consts, c->consts, consts);
    ms->clause_count = (uint32_t)c->clause_count;
    ms->const_count = (uint32_t)c->const_count;
    ms->slot_count = (uint32_t)c->const_count + c->most_slots;
    return ms;
}

static bool clauses(MsCompiler *c, Term list) {
    Term last = list;
    while (term_is_cons(last))
        last = term_tail(last);
    if (!term_is_cons(list))
        brc_ets_ms_error(c, "Match programs are not in a list.");
    else if (!term_is_nil(last))
        brc_ets_ms_error(c, "Match programs are not in a proper list.");
    if (c->failed) return false;
    for (; term_is_cons(list); list = term_tail(list)) {
        GROW(c, clauses, clause_count, clause_room);
        if (!clause(c, term_head(list), &c->clauses[c->clause_count])) return false;
        c->clause_count++;
    }
    return !c->failed && !c->too_deep;
}

MsResult brc_ets_ms_compile(Term spec, MsDialect dialect, Ms **out, MsErrors *errors) {
    MsCompiler c;
    begin(&c, dialect, errors);
    bool ok = clauses(&c, spec) && !c.too_deep;
    *out = NULL;
    if (ok) {
        brc_ets_ms_args(&c, &(uint32_t){0}, 1); /* so that there are some */
        renumber(&c);
        *out = ms_new(&c);
        (*out)->spec = spec;
        (*out)->dialect = dialect;
        (*out)->kept = term_is_static(spec);
    }
    end(&c);
    return ok ? MS_OK : c.too_deep && !errors ? MS_TOO_DEEP : MS_BAD;
}

Ms *brc_ets_ms_keep(Ms *ms) {
    if (ms->kept) return ms;
    size_t words = brc_heap_size_words(ms->spec), room;
    Term *terms = brc_base_block_alloc(words * sizeof(Term), &room), *hp = terms, *offheap = NULL;
    Term spec = brc_heap_copy(ms->spec, &hp, &offheap);
    Ms *kept;
    MsResult r = brc_ets_ms_compile(spec, ms->dialect, &kept, NULL);
    BRC_CHECK(r == MS_OK);
    kept->terms = terms, kept->words = words, kept->room_bytes = room, kept->offheap = offheap;
    kept->kept = true;
    brc_ctx_magic_unref(&ms->magic);
    return kept;
}

Ms *brc_ets_ms_of(Term t) {
    return brc_ctx_magic_kind(t, destroy);
}
Term brc_ets_ms_term(Proc *p, Ms *ms) {
    return brc_ctx_magic_term(p, &ms->magic);
}
