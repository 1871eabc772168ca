/* re_compile.c: compiling a recipe. Letters are those of ISO 8859-1 where Unicode is not asked for,
 * as OTP has it; PCRE2's own tables know ASCII only, so they are filled up here. */
#include "bif/re_compile.h"
#include "base/lock.h"
#include "base/panic.h"
#include <stdlib.h>
#include <string.h>

/* ---- tables ---- */
/* As pcre2_maketables lays them out: bytes lower-cased, bytes of the other case, bit sets of the
 * classes, a byte of class flags for each. */
enum { LOWER = 0, OTHER_CASE = 256, CLASS_SETS = 512, FLAGS = 832, SET_BYTES = 32 };

static void behave_as(uint8_t *tables, unsigned c, unsigned like) {
    tables[FLAGS + c] = tables[FLAGS + like];
    for (uint8_t *set = tables + CLASS_SETS; set < tables + FLAGS; set += SET_BYTES)
        if (set[like / 8] >> like % 8 & 1) set[c / 8] |= (uint8_t)(1u << c % 8);
}

static const uint8_t *make_latin1_tables(void) {
    uint8_t *t = (uint8_t *)(uintptr_t)pcre2_maketables(NULL);
    if (!t) brc_base_panic("out of memory for character tables");
    for (unsigned c = 0x80; c <= 0xFF; c++) {
        bool upper = c >= 0xC0 && c <= 0xDE && c != 0xD7;
        bool lower = (c >= 0xDF && c != 0xF7) || c == 0xAA || c == 0xB5 || c == 0xBA;
        behave_as(t, c, upper ? 'Z' : lower ? 'z' : c < 0xA0 ? 1 : '!');
        if (!upper) continue;
        t[LOWER + c] = t[OTHER_CASE + c] = (uint8_t)(c + 0x20);
        t[OTHER_CASE + c + 0x20] = (uint8_t)c;
    }
    return t;
}

static const uint8_t *latin1_tables(void) {
    static BrcLock lock;
    static const uint8_t *tables;
    brc_base_lock(&lock);
    if (!tables) tables = make_latin1_tables();
    const uint8_t *t = tables;
    brc_base_unlock(&lock);
    return t;
}

/* ---- compiling ---- */
static uint8_t first_of(uint8_t a, uint8_t b, uint8_t c, uint8_t default_) {
    return a ? a : b ? b : c ? c : default_;
}

enum { NEST_LIMIT = 798 }; /* where PCRE 8, as OTP builds it, runs out of room for plain groups */

static pcre2_compile_context *context_for(const ReRecipe *r, const ReText *t) {
    pcre2_compile_context *c = pcre2_compile_context_create(NULL);
    if (!c) brc_base_panic("out of memory for a pattern");
    pcre2_set_character_tables(c, latin1_tables());
    pcre2_set_newline(c,
                      first_of(r->head.run_newline, t->newline, r->head.newline, PCRE2_NEWLINE_LF));
    pcre2_set_bsr(c, first_of(r->head.run_bsr, t->bsr, r->head.bsr, PCRE2_BSR_UNICODE));
    pcre2_set_parens_nest_limit(c, NEST_LIMIT);
    pcre2_set_compile_extra_options(c, PCRE2_EXTRA_ALLOW_LOOKAROUND_BSK);
    return c;
}

static ReCode *new_code(pcre2_code *code) {
    ReCode *c = calloc(1, sizeof *c);
    uint32_t options;
    if (!c) brc_base_panic("out of memory for a pattern");
    atomic_init(&c->refs, 1);
    c->code = code;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &c->captures);
    pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
    c->utf = (options & PCRE2_UTF) != 0;
    return c;
}

static bool consistent(const ReHead *h) {
    return h->newline <= PCRE2_NEWLINE_ANYCRLF && h->run_newline <= PCRE2_NEWLINE_ANYCRLF &&
           h->bsr <= PCRE2_BSR_ANYCRLF && h->run_bsr <= PCRE2_BSR_ANYCRLF;
}

ReCode *brc_bif_re_compile(const ReRecipe *r, ReError *e) {
    ReText t;
    ReError unused;
    int error;
    size_t at;
    if (!e) e = &unused;
    *e = (ReError){"inconsistent NEWLINE options", 0};
    if (!consistent(&r->head) || (r->head.options & ~BRC_RE_OPTIONS) != 0) return NULL;
    brc_bif_re_adapt(&t, r->text, r->size, r->head.options);
    pcre2_compile_context *context = context_for(r, &t);
    pcre2_code *code = pcre2_compile(t.at, t.size, r->head.options, &error, &at, context);
    ReCode *c = code ? new_code(code) : NULL;
    if (c)
        c->crlf = first_of(0, t.newline, r->head.newline, PCRE2_NEWLINE_LF) >= PCRE2_NEWLINE_CRLF;
    else
        brc_bif_re_error(e, error, &t, at, r);
    pcre2_compile_context_free(context);
    brc_bif_re_text_free(&t);
    return c;
}

void brc_bif_re_code_jit(ReCode *c) {
    c->jit = true;
    pcre2_jit_compile(c->code, PCRE2_JIT_COMPLETE);
}

ReCode *brc_bif_re_code_faster(const ReCode *c) {
    pcre2_code *code = pcre2_code_copy(c->code);
    if (!code) brc_base_panic("out of memory for a pattern");
    ReCode *copy = new_code(code);
    copy->crlf = c->crlf;
    brc_bif_re_code_jit(copy);
    return copy;
}
