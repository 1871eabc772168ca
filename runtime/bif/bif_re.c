/* bif_re.c: module re's natives, on PCRE2.
 *
 * Where stock's natives leave a call to Erlang code of the module (subjects to be converted first,
 * global searches), the work is done here, and that code is only gone to for raising what went
 * wrong, so that the error looks as it does there. A global search runs in slices; what is left
 * waits in a tuple: {Subject, Recipe, Options, Offset, RowsInReverse}. */
#include "abi/bif.h"
#include "base/format.h"
#include "bif/sliced.h"
#include "bif/re_capture.h"
#include "bif/re_match.h"
#include "bif/re_options.h"
#include "code/enter.h"
#include "code/raise.h"
#include "ctx/fail.h"
#include "term/bits.h"
#include "term/map.h"
#include "term/term.h"
#include "term/utf.h"
#include "bif/text.h"

/* LONG_REDS: for a search that was given up: a turn. */
enum { BYTES_PER_RED = 256, BUSY_BYTES = 2048, LONG_REDS = 4000 };

/* ---- small things ---- */
/* On in the module's own function: a, b and (where n is 3) c. */
static Term leave_to(Proc *p, Term name, uint32_t n, Term a, Term b, Term c) {
    Code *code = brc_code_find_export(AM(re), name, n);
    if (code == NULL) return brc_ctx_badarg(p);
    p->x[0] = a, p->x[1] = b, p->x[2] = c;
    return brc_ctx_trap(p, code, n);
}

/* Characters or iodata as a binary term; BRC_NONE: it is none. */
static Term to_binary(Proc *p, Term t, bool unicode) {
    Term bin = unicode ? brc_long_unicode_characters_to_binary_2(p, t, AM(unicode))
                       : brc_long_erlang_iolist_to_binary_1(p, t);
    return term_is_bitstring(bin) ? bin : BRC_NONE;
}

/* Bytes of a binary term. */
typedef struct Bytes {
    const uint8_t *at;
    size_t size;
    uint8_t *tmp;
} Bytes;

static bool bytes_of(Bytes *b, Term bin) {
    b->tmp = NULL;
    b->at = brc_term_bin_bytes(bin, &b->size, &b->tmp);
    return b->at != NULL;
}

static Term compile_error(Proc *p, const ReError *e, bool by_run) {
    Term text = text_list(p, e->text, strlen(e->text));
    Term t = term_tuple2(brc_ctx_alloc(p, 3), text, BRC_SMALL(e->offset));
    if (by_run) t = term_tuple2(brc_ctx_alloc(p, 3), AM(compile), t);
    return term_tuple2(brc_ctx_alloc(p, 3), AM(error), t);
}

static void recipe_for(ReRecipe *r, const Bytes *text, const ReOptions *o) {
    brc_bif_re_recipe_begin(r, text->at, text->size);
    r->head.options = o->compile;
    r->head.newline = o->newline;
    r->head.bsr = o->bsr;
}

/* ---- re:version, re:compile, re:inspect ---- */
Term brc_bif_re_version_0(Proc *p) {
    /* The dialect that patterns are taken in, with the date of the library: programs that carry
     * patterns compiled elsewhere see another version and compile them again. */
    char library[64], text[80];
    pcre2_config(PCRE2_CONFIG_VERSION, library);
    const char *space = strchr(library, ' ');
    int size = brc_base_format(text, sizeof text, "8.44%s", space ? space : "");
    return brc_term_bin_new(p, (const uint8_t *)text, (size_t)size);
}

static Term pattern_term(Proc *p, const ReCode *c, const ReRecipe *r, bool unicode) {
    Term bin = brc_bif_re_recipe_term(p, r), *at = brc_ctx_alloc(p, 6);
    at[1] = AM(re_pattern);
    at[2] = BRC_SMALL(c->captures);
    at[3] = BRC_SMALL(unicode);
    at[4] = BRC_SMALL(c->crlf);
    at[5] = bin;
    return term_tuple_begin(at, 5);
}

Term brc_bif_re_compile_2(Proc *p, Term pattern, Term options) {
    ReOptions o;
    ReRecipe r;
    ReError e;
    Bytes text;
    if (!brc_bif_re_options(&o, options) || (o.flags & BRC_RE_FOR_RUN))
        return brc_ctx_badarg_cause(p, AM(badopt));
    bool unicode = (o.flags & BRC_RE_UNICODE) != 0;
    bool convert = unicode && !term_is_bitstring(pattern);
    Term bin = to_binary(p, pattern, convert);
    if (bin == BRC_NONE || !bytes_of(&text, bin))
        return convert ? leave_to(p, AM(ucompile), 2, pattern, options, BRC_NIL)
                       : brc_ctx_badarg(p);
    brc_ctx_charge(p, 10 + text.size / 4);
    recipe_for(&r, &text, &o);
    ReCode *c = brc_bif_re_code_get(&r, false, &e);
    Term result = c ? pattern_term(p, c, &r, unicode) : BRC_NONE;
    if (c) brc_bif_re_code_unref(c);
    free(text.tmp);
    if (!c) return compile_error(p, &e, false);
    return term_tuple2(brc_ctx_alloc(p, 3), AM(ok), result);
}

Term brc_bif_re_compile_1(Proc *p, Term pattern) {
    return brc_bif_re_compile_2(p, pattern, BRC_NIL);
}

/* Is t what re:compile gives, by its looks? */
static bool is_pattern(Term t) {
    if (!term_is_tuple_of(t, 5)) return false;
    const Term *e = term_tuple_elements(t);
    return e[0] == AM(re_pattern) && term_is_small(e[1]) && term_is_small(e[2]) &&
           term_is_small(e[3]) && term_is_bitstring(e[4]);
}

Term brc_bif_re_inspect_2(Proc *p, Term pattern, Term item) {
    Bytes b;
    ReRecipe r;
    if (!is_pattern(pattern) || item != AM(namelist) ||
        !bytes_of(&b, term_tuple_elements(pattern)[4]))
        return brc_ctx_badarg(p);
    ReCode *c =
        brc_bif_re_recipe_read(&r, b.at, b.size) ? brc_bif_re_code_get(&r, false, NULL) : NULL;
    Term names = BRC_NIL;
    if (c) {
        names = brc_bif_re_names(p, c, (r.head.options & PCRE2_DUPNAMES) != 0);
        brc_bif_re_code_unref(c);
    }
    free(b.tmp);
    if (!c) return brc_ctx_badarg(p);
    return term_tuple2(brc_ctx_alloc(p, 3), AM(namelist), names);
}

/* ---- re:run ---- */
typedef struct Call {
    Proc *p;
    Term subject, re, options;
    ReOptions o;
    ReRecipe recipe;
    Bytes re_bytes, bytes; /* of the recipe or the pattern; of the subject */
    Term flat;             /* the subject as a binary */
    bool plain;            /* re:run/2: there are no options */
    bool is_text;          /* re is no compiled pattern */
    bool unicode, converts, checked;
    ReCode *code;
    ReCapture capture;
} Call;

enum Next { RUN_ON, RUN_BADARG, RUN_LEAVE, RUN_ANSWER }; /* LEAVE: the module raises */

static void end_call(Call *k) {
    if (k->code) brc_bif_re_code_unref(k->code);
    brc_bif_re_capture_free(&k->capture);
    free(k->re_bytes.tmp);
    free(k->bytes.tmp);
}

/* The recipe that the pattern stands for, and whether the subject is to be converted first. */
static enum Next read_pattern(Call *k) {
    const ReOptions *o = &k->o;
    bool to_list =
        (o->flags & BRC_RE_CAPTURE) && o->type == AM(list) && !(o->flags & BRC_RE_GLOBAL);
    bool plain = term_is_bitstring(k->subject) && !to_list;
    k->is_text = !term_is_tuple_of(k->re, 5);
    if (k->is_text) {
        if (!term_is_bitstring(k->re) && !term_is_list(k->re)) return RUN_BADARG;
        k->unicode = (o->flags & BRC_RE_UNICODE) != 0;
        k->converts = k->unicode && (!plain || !term_is_bitstring(k->re));
        Term text = to_binary(k->p, k->re, k->converts && !term_is_bitstring(k->re));
        if (text == BRC_NONE || !bytes_of(&k->re_bytes, text))
            return k->converts ? RUN_LEAVE : RUN_BADARG;
        recipe_for(&k->recipe, &k->re_bytes, o);
    } else {
        if ((o->flags & BRC_RE_FOR_COMPILE) || !is_pattern(k->re)) return RUN_BADARG;
        k->unicode = term_tuple_elements(k->re)[2] != BRC_SMALL(0);
        k->converts = k->unicode && !plain;
        if (!bytes_of(&k->re_bytes, term_tuple_elements(k->re)[4]) ||
            !brc_bif_re_recipe_read(&k->recipe, k->re_bytes.at, k->re_bytes.size))
            return k->converts || (o->flags & BRC_RE_GLOBAL) ? RUN_LEAVE : RUN_BADARG;
        k->recipe.head.options |= o->run & PCRE2_ANCHORED;
    }
    k->recipe.head.run_newline = o->newline;
    k->recipe.head.run_bsr = o->bsr;
    k->o.run &= ~PCRE2_ANCHORED;
    return RUN_ON;
}

static enum Next find_code(Call *k, Term *answer) {
    ReError e;
    bool busy = (k->o.flags & BRC_RE_GLOBAL) || k->bytes.size >= BUSY_BYTES;
    k->code = brc_bif_re_code_get(&k->recipe, busy, &e);
    if (k->code) return RUN_ON;
    if (!k->is_text || !(k->o.flags & BRC_RE_REPORT)) return RUN_BADARG;
    *answer = compile_error(k->p, &e, true);
    return RUN_ANSWER;
}

/* Where several say it, what is done in the module's Erlang code takes the last type said. */
static bool read_capture(Call *k) {
    Term type = k->o.type;
    if (k->converts || (k->o.flags & BRC_RE_GLOBAL)) type = k->o.last_type;
    if (k->converts && !(k->o.flags & BRC_RE_GLOBAL) && type != AM(list) && type != AM(binary))
        type = AM(index);
    bool dupnames = (k->recipe.head.options & PCRE2_DUPNAMES) != 0;
    return brc_bif_re_capture(&k->capture, k->code, dupnames, k->o.capture, type);
}

static bool read_subject(Call *k) {
    k->flat =
        to_binary(k->p, k->subject, k->unicode && !(term_is_bitstring(k->subject) && !k->converts));
    k->checked |= k->converts;
    return k->flat != BRC_NONE && bytes_of(&k->bytes, k->flat);
}

/* Is the subject UTF-8 and the offset no place within a character, where that matters? */
static bool well_formed(const Call *k) {
    size_t chars, at = k->o.offset;
    if (!k->code->utf) return true;
    if (!k->checked && brc_term_utf8_prefix(k->bytes.at, k->bytes.size, &chars) != k->bytes.size)
        return false;
    return at >= k->bytes.size || (k->bytes.at[at] & 0xC0) != 0x80;
}

static enum Next prepare(Call *k, Term *answer) {
    enum Next next = read_pattern(k);
    bool leaves = k->converts || (k->o.flags & BRC_RE_GLOBAL);
    if (next != RUN_ON) return next;
    bool subject = read_subject(k);
    if ((next = find_code(k, answer)) != RUN_ON)
        return next == RUN_BADARG && leaves && (k->converts || !k->is_text) ? RUN_LEAVE : next;
    if (subject && read_capture(k) && well_formed(k)) return RUN_ON;
    return leaves ? RUN_LEAVE : RUN_BADARG;
}

static void begin_run(ReRun *r, const Call *k, size_t start) {
    const ReOptions *o = &k->o;
    uint32_t flags = o->flags;
    *r = (ReRun){k->bytes.at, k->bytes.size, start, o->run, .limited = false};
    r->limited = (flags & (BRC_RE_MATCH_LIMIT | BRC_RE_DEPTH_LIMIT)) != 0;
    r->match_limit = flags & BRC_RE_MATCH_LIMIT ? o->match_limit : BRC_RE_NO_LIMIT;
    r->depth_limit = flags & BRC_RE_DEPTH_LIMIT ? o->depth_limit : BRC_RE_NO_LIMIT;
}

/* No match, or an error that was asked for. */
static Term without_match(const Call *k, int result) {
    bool report = (k->o.flags & BRC_RE_REPORT) != 0;
    if (!report || (result != PCRE2_ERROR_MATCHLIMIT && result != PCRE2_ERROR_DEPTHLIMIT))
        return AM(nomatch);
    Term why = result == PCRE2_ERROR_MATCHLIMIT ? AM(match_limit) : AM(match_limit_recursion);
    return term_tuple2(brc_ctx_alloc(k->p, 3), AM(error), why);
}

static Term row(const Call *k, const size_t *offsets, int count) {
    ReMatch m = {k->flat, k->bytes.at, k->unicode, offsets, (uint32_t)count};
    return brc_bif_re_captured(k->p, &k->capture, &m);
}

static Term run_once(Call *k) {
    ReRun r;
    const size_t *offsets;
    begin_run(&r, k, k->o.offset);
    int result = brc_bif_re_search(k->code, &r, &offsets);
    size_t end = result > 0 ? offsets[1] : k->bytes.size;
    brc_ctx_charge(k->p, (end > r.start ? end - r.start : 0) / BYTES_PER_RED);
    if (result == PCRE2_ERROR_MATCHLIMIT) brc_ctx_charge(k->p, LONG_REDS);
    if (result <= 0) return without_match(k, result);
    if (k->capture.type == BRC_RE_NOTHING) return AM(match);
    Term list = row(k, offsets, result);
    return term_tuple2(brc_ctx_alloc(k->p, 3), AM(match), list);
}

/* ---- global searches ---- */
typedef struct Global {
    Call *k;
    ReCode *anchored; /* made when it is needed */
    size_t at;
    Term rows;
    int result; /* of the search that ended it */
} Global;

static void add_row(Global *g, const size_t *offsets, int count) {
    Term t = g->k->capture.type == BRC_RE_NOTHING ? BRC_NIL : row(g->k, offsets, count);
    g->rows = term_cons(brc_ctx_alloc(g->k->p, 2), t, g->rows);
}

/* One character on; a line's end of two bytes is one. */
static size_t step(const Call *k, size_t at) {
    const uint8_t *b = k->bytes.at + at;
    size_t left = k->bytes.size - at;
    if (k->code->crlf && left >= 2 && b[0] == '\r' && b[1] == '\n') return at + 2;
    if (!k->code->utf || left == 0) return at + 1;
    return at + (b[0] < 0xC0 ? 1 : b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : 4);
}

/* Behind an empty match: is there another, not empty, where the last search began? */
static size_t after_empty(Global *g, size_t found) {
    Call *k = g->k;
    ReRun r;
    const size_t *offsets;
    if (!g->anchored) {
        ReRecipe recipe = k->recipe;
        recipe.head.options |= PCRE2_ANCHORED;
        g->anchored = brc_bif_re_code_get(&recipe, true, NULL);
    }
    begin_run(&r, k, g->at);
    r.options |= PCRE2_NOTEMPTY_ATSTART;
    int result = g->anchored ? brc_bif_re_search(g->anchored, &r, &offsets) : PCRE2_ERROR_NOMATCH;
    if (result <= 0) return step(k, found);
    size_t begin = offsets[0], end = offsets[1];
    add_row(g, offsets, result);
    return end > begin ? found + (end - begin) : step(k, found);
}

/* The next match; false: that was all. */
static bool next_match(Global *g) {
    ReRun r;
    const size_t *offsets;
    begin_run(&r, g->k, g->at);
    g->result = brc_bif_re_search(g->k->code, &r, &offsets);
    if (g->result <= 0) return false;
    size_t begin = offsets[0], end = offsets[1];
    add_row(g, offsets, g->result);
    size_t next = end > begin ? end : after_empty(g, begin);
    brc_ctx_charge(g->k->p, 1 + (next > g->at ? next - g->at : 0) / BYTES_PER_RED);
    g->at = next;
    return true;
}

static Term global_answer(Global *g) {
    Call *k = g->k;
    if (g->result == PCRE2_ERROR_MATCHLIMIT || g->result == PCRE2_ERROR_DEPTHLIMIT) {
        Term error = without_match(k, g->result);
        if (error != AM(nomatch)) return error;
    }
    if (term_is_nil(g->rows)) return AM(nomatch);
    if (k->capture.type == BRC_RE_NOTHING) return AM(match);
    Term list = brc_long_lists_reverse_2(k->p, g->rows, BRC_NIL);
    return term_tuple2(brc_ctx_alloc(k->p, 3), AM(match), list);
}

/* The answer, or BRC_NONE and in x[0] what is left to do. */
static Term run_slice(Global *g) {
    Call *k = g->k;
    Proc *p = k->p;
    Term answer = BRC_NONE;
    g->result = PCRE2_ERROR_NOMATCH;
    do
        if (g->at > k->bytes.size || !next_match(g)) answer = global_answer(g);
    while (answer == BRC_NONE && p->reds > 0);
    if (g->anchored) brc_bif_re_code_unref(g->anchored);
    if (answer != BRC_NONE) return answer;
    Term recipe =
        k->is_text ? brc_bif_re_recipe_term(p, &k->recipe) : term_tuple_elements(k->re)[4];
    Term *t = brc_ctx_alloc(p, 6 + 6), pattern = term_tuple_begin(t + 6, 5);
    t[7] = AM(re_pattern), t[8] = BRC_SMALL(0), t[9] = BRC_SMALL(k->unicode), t[10] = BRC_SMALL(0);
    t[11] = recipe;
    t[1] = k->flat, t[2] = pattern, t[3] = k->options, t[4] = BRC_SMALL(g->at), t[5] = g->rows;
    p->x[0] = term_tuple_begin(t, 5);
    return BRC_NONE;
}

/* A slice of what waits in `state`, which was good when it began. */
static Term go_on(Proc *p, Term state) {
    const Term *e = term_tuple_elements(state);
    Term unused;
    Call k = {.p = p, .subject = e[0], .re = e[1], .options = e[2], .checked = true};
    Global g = {.k = &k, .at = (size_t)term_small(e[3]), .rows = e[4]};
    brc_bif_re_options(&k.o, k.options);
    k.o.flags &= ~(uint32_t)BRC_RE_FOR_COMPILE;
    k.o.offset = 0;
    Term answer = prepare(&k, &unused) == RUN_ON ? run_slice(&g) : AM(nomatch);
    end_call(&k);
    return answer;
}

static CODE_FN(global_again) {
    CODE_OUT();
    (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    Term answer = go_on(p, x0);
    if (answer != BRC_NONE) {
        p->x[0] = answer;
        CODE_GO((Code *)(p->sp[0] - BRC_TAG_RETURN));
    }
    p->resume = global_again;
    p->live = 1;
}

static CODE_FN(global_pause) {
    CODE_OUT();
    (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    p->x[0] = x0;
    p->resume = global_again;
    p->live = 1;
}

static Term run_global(Call *k) {
    Global g = {.k = k, .at = k->o.offset, .rows = BRC_NIL};
    Term answer = run_slice(&g);
    return answer != BRC_NONE ? answer : brc_ctx_trap(k->p, global_pause, 1);
}

/* ---- the calls ---- */
/* What stock's module does with a call that goes wrong in its Erlang code. */
static Term leave(const Call *k) {
    Proc *p = k->p;
    if (k->converts) return leave_to(p, AM(urun), 3, k->subject, k->re, k->options);
    Term *t = brc_ctx_alloc(p, k->is_text ? 4 : 3), how, re = k->re;
    if (k->is_text) {
        bool clean = (k->o.flags & BRC_RE_FOR_COMPILE) != 0;
        how = term_tuple3(t, k->options, term_bool(clean), re);
        re = pattern_term(p, k->code, &k->recipe, k->unicode);
    } else {
        how = term_tuple2(t, k->options, AM(false));
    }
    return leave_to(p, AM(grun), 3, k->subject, re, how);
}

/* {re, run, Arguments, [{error_info, #{module => erl_stdlib_errors}}]} */
static Term frame(const Call *k) {
    Proc *p = k->p;
    Term pair[] = {AM(module), AM(erl_stdlib_errors)};
    Term info = brc_term_map_from_pairs(p, pair, 1), *t = brc_ctx_alloc(p, 3 + 2 + 4 + 5);
    info = term_cons(t + 3, term_tuple2(t, AM(error_info), info), BRC_NIL);
    Term args = k->plain ? BRC_NIL : term_cons(brc_ctx_alloc(p, 2), k->options, BRC_NIL);
    args = term_cons(t + 5, k->subject, term_cons(t + 7, k->re, args));
    t[10] = AM(re), t[11] = AM(run), t[12] = args, t[13] = info;
    return term_tuple_begin(t + 9, 4);
}

/* An offset behind the subject's end: stock ends the process, whatever it may catch. */
static Term impossible(const Call *k) {
    Term f = frame(k), *t = brc_ctx_alloc(k->p, 5);
    return brc_ctx_exit(k->p, term_tuple2(t + 2, AM(internal_error), term_cons(t, f, BRC_NIL)));
}

static Term run(Proc *p, Term subject, Term re, Term options, bool plain) {
    Call k = {.p = p, .subject = subject, .re = re, .options = options, .plain = plain};
    Term answer = BRC_NONE;
    if (!brc_bif_re_options(&k.o, options)) return brc_ctx_badarg_cause(p, AM(badopt));
    enum Next next = prepare(&k, &answer);
    if (next == RUN_LEAVE)
        answer = leave(&k);
    else if (next == RUN_BADARG)
        answer = brc_ctx_badarg(p);
    else if (next == RUN_ON && (k.o.flags & BRC_RE_GLOBAL))
        answer = run_global(&k);
    else if (next == RUN_ON && k.o.offset > k.bytes.size)
        answer = impossible(&k);
    else if (next == RUN_ON)
        answer = run_once(&k);
    end_call(&k);
    return answer;
}

Term brc_bif_re_run_2(Proc *p, Term subject, Term re) {
    return run(p, subject, re, BRC_NIL, true);
}

Term brc_bif_re_run_3(Proc *p, Term subject, Term re, Term options) {
    return run(p, subject, re, options, false);
}

Term brc_bif_re_internal_run_4(Proc *p, Term subject, Term re, Term options, Term first) {
    if (first != AM(true) && first != AM(false)) return brc_ctx_badarg(p);
    return run(p, subject, re, options,
               false); /* checks the subject each time: it is a user's word */
}
