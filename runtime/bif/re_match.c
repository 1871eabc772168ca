/* re_match.c: searching with a thread's own working memory. Machine code takes its stack from the
 * thread first (32 KB), from a block of its own when that has not been enough once. */
#include "bif/re_match.h"
#include "base/panic.h"

enum { STACK_FIRST_BYTES = 32 << 10, STACK_MOST_BYTES = 8 << 20, DEFAULT_LIMIT = 10000000 };

typedef struct Memory {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    uint32_t groups; /* that data has room for */
} Memory;

static _Thread_local Memory memory;

static void make_room(Memory *m, uint32_t groups) {
    if (!m->context) m->context = pcre2_match_context_create(NULL);
    if (m->groups < groups) {
        pcre2_match_data_free(m->data);
        m->groups = groups < 16 ? 16 : groups;
        m->data = pcre2_match_data_create(m->groups, NULL);
    }
    if (!m->context || !m->data) brc_base_panic("out of memory for %u captured groups", groups);
}

static uint32_t limit(uint32_t given) {
    return given == BRC_RE_NO_LIMIT ? DEFAULT_LIMIT : given;
}

static int match(const ReCode *c, const ReRun *r, uint32_t more) {
    return pcre2_match(c->code, r->bytes ? r->bytes : (PCRE2_SPTR) "", r->size, r->start,
                       r->options | PCRE2_NO_UTF_CHECK | more, memory.data, memory.context);
}

static int match_with_stack(const ReCode *c, const ReRun *r) {
    if (!memory.stack) {
        memory.stack = pcre2_jit_stack_create(STACK_FIRST_BYTES, STACK_MOST_BYTES, NULL);
        if (!memory.stack) return match(c, r, PCRE2_NO_JIT);
        pcre2_jit_stack_assign(memory.context, NULL, memory.stack);
    }
    int result = match(c, r, 0);
    return result == PCRE2_ERROR_JIT_STACKLIMIT ? match(c, r, PCRE2_NO_JIT) : result;
}

int brc_bif_re_search(const ReCode *c, const ReRun *r, const size_t **offsets) {
    make_room(&memory, c->captures + 1);
    pcre2_set_match_limit(memory.context, limit(r->limited ? r->match_limit : BRC_RE_NO_LIMIT));
    pcre2_set_depth_limit(memory.context, limit(r->limited ? r->depth_limit : BRC_RE_NO_LIMIT));
    int result = match(c, r, r->limited ? PCRE2_NO_JIT : 0);
    if (result == PCRE2_ERROR_JIT_STACKLIMIT) result = match_with_stack(c, r);
    *offsets = pcre2_get_ovector_pointer(memory.data);
    return result;
}
