/* re_adapt.c: where PCRE 8 and PCRE2 read a pattern differently, it is rewritten on the way to the
 * compiler:
 *
 *   (*UTF8)             is called (*UTF)
 *   (*CR), (*BSR_...)   are taken off the start, since newlines given to re:run count more
 *   \j                  and other letters without a meaning stand for themselves
 *   [\B]                and other escapes without a meaning in a class, too
 *   (?R), (?1), \g<1>   are atomic: (?>(?R))
 *   \p{Greek}           is about scripts, not about script extensions: \p{sc:Greek}
 *   \w                  is [\w] where characters are Unicode's and the letters are not: how PCRE2
 *                       finds the first character of a match goes wrong with tables not its own
 *   \w+                 begins with an ASCII letter there: PCRE 8 looks further only behind the
 *                       least number of repetitions, and so \w{2,4} is [0-9A-Z_a-z]{2}[\w]{0,2}
 *   [\d-z]              has a plain hyphen in it
 *   \8                  is a digit where there are not so many groups yet
 *   \c                  may stand before control characters
 *
 * All else passes as it is, errors included. What stands where is kept, for their positions. */
#include "bif/re_adapt.h"
#include "base/format.h"
#include "base/panic.h"
#include <stdlib.h>
#include <string.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { GROUPS_MOST = 1024, ADDED_MOST = 8 }; /* nesting; bytes added for one of the pattern */

typedef struct Adapt {
    const uint8_t *in;
    size_t size, at;
    ReText *out;
    size_t depth, groups; /* groups: that capture, begun so far */
    bool word_class;      /* \w becomes [\w] */
    bool auto_capture;
    bool extended[GROUPS_MOST + 1]; /* is white space left out, by nesting */
} Adapt;

/* ---- reading and writing ---- */
static bool looking_at(const Adapt *a, const char *text) {
    size_t n = strlen(text);
    return a->size - a->at >= n && memcmp(a->in + a->at, text, n) == 0;
}

/* The byte `ahead` of here; 0: behind the end (patterns have no zero in them). */
static uint8_t peek(const Adapt *a, size_t ahead) {
    return a->at + ahead < a->size ? a->in[a->at + ahead] : 0;
}

static void put(Adapt *a, uint8_t byte) {
    a->out->from[a->out->size] = (uint32_t)a->at;
    a->out->at[a->out->size++] = byte;
}

static void put_text(Adapt *a, const char *text) {
    while (*text)
        put(a, (uint8_t)*text++);
}

static void copy(Adapt *a, size_t n) {
    for (; n > 0 && a->at < a->size; n--) {
        put(a, a->in[a->at]);
        a->at++;
    }
}

/* Copies up to and with `end`, or all where it does not come. */
static void copy_through(Adapt *a, const char *end) {
    while (a->at < a->size && !looking_at(a, end))
        copy(a, 1);
    copy(a, strlen(end));
}

static bool is_digit(uint8_t c) {
    return c >= '0' && c <= '9';
}
static bool is_word(uint8_t c) {
    return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* ---- what stands at the start ---- */
static bool start_item(Adapt *a) {
    static const struct {
        const char *text, *becomes;
        uint8_t newline, bsr;
    } items[] = {
        {"(*UTF8)", "(*UTF)", 0, 0},
        {"(*UTF)", "(*UTF)", 0, 0},
        {"(*UCP)", "(*UCP)", 0, 0},
        {"(*NO_AUTO_POSSESS)", "(*NO_AUTO_POSSESS)", 0, 0},
        {"(*NO_START_OPT)", "(*NO_START_OPT)", 0, 0},
        {"(*CR)", "", PCRE2_NEWLINE_CR, 0},
        {"(*LF)", "", PCRE2_NEWLINE_LF, 0},
        {"(*CRLF)", "", PCRE2_NEWLINE_CRLF, 0},
        {"(*ANY)", "", PCRE2_NEWLINE_ANY, 0},
        {"(*ANYCRLF)", "", PCRE2_NEWLINE_ANYCRLF, 0},
        {"(*BSR_ANYCRLF)", "", 0, PCRE2_BSR_ANYCRLF},
        {"(*BSR_UNICODE)", "", 0, PCRE2_BSR_UNICODE},
    };
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        if (!looking_at(a, items[i].text)) continue;
        put_text(a, items[i].becomes);
        a->at += strlen(items[i].text);
        if (items[i].newline) a->out->newline = items[i].newline;
        if (items[i].bsr) a->out->bsr = items[i].bsr;
        return true;
    }
    if (!looking_at(a, "(*LIMIT_MATCH=") && !looking_at(a, "(*LIMIT_RECURSION=")) return false;
    copy_through(a, ")");
    return true;
}

/* Is that among the items at the start? */
static bool has_item(const ReText *t, const char *text) {
    return t->size != 0 && memmem(t->at, t->size, text, strlen(text)) != NULL;
}

/* ---- escapes ---- */
static bool has_no_meaning(uint8_t c, bool in_class) {
    return c != 0 && strchr(in_class ? "FIJMOTYijmqyABCGKRXZzgk" : "FIJMOTYijmqy", c) != NULL;
}

/* \p{Name}: the name of a script. */
static void property(Adapt *a) {
    copy(a, 2);
    if (peek(a, 0) != '{') return;
    copy(a, 1);
    if (peek(a, 0) == '^') copy(a, 1);
    size_t n = 0;
    while (is_word(peek(a, n)))
        n++;
    bool other = n <= 2 || peek(a, n) != '}' || looking_at(a, "Any}") || looking_at(a, "Xan}") ||
                 looking_at(a, "Xps}") || looking_at(a, "Xsp}") || looking_at(a, "Xuc}") ||
                 looking_at(a, "Xwd}");
    if (!other) put_text(a, "sc:");
    copy(a, n);
}

/* \g<Name> or \g'Name', a call; else nothing is done. */
static bool call_by_g(Adapt *a) {
    uint8_t open = peek(a, 2), close = open == '<' ? '>' : open == '\'' ? '\'' : 0;
    size_t n = 3;
    if (close == 0) return false;
    while (is_word(peek(a, n)) || peek(a, n) == '+' || peek(a, n) == '-')
        n++;
    if (n == 3 || peek(a, n) != close) return false;
    put_text(a, "(?>");
    copy(a, n + 1);
    put(a, ')');
    return true;
}

/* \c before a control character, as the code of what it means. */
static void control(Adapt *a) {
    uint8_t c = peek(a, 2), meant = c ^ 0x40;
    if (c == 0 || (c >= ' ' && c != 0x7F)) {
        copy(a, 3);
        return;
    }
    put_text(a, "\\x");
    put(a, (uint8_t)"0123456789ABCDEF"[meant >> 4]);
    put(a, (uint8_t)"0123456789ABCDEF"[meant & 15]);
    a->at += 3;
}

/* \8 or \9 and more digits: does it refer to a group? */
static bool refers(const Adapt *a) {
    size_t n = 0;
    for (size_t i = 1; is_digit(peek(a, i)) && n <= UINT16_MAX; i++)
        n = 10 * n + (size_t)(peek(a, i) - '0');
    return n <= a->groups;
}

/* {n}, {n,} or {n,m} at `from`: its length, or 0. *most: SIZE_MAX where there is no limit. */
static size_t repetition(const Adapt *a, size_t from, size_t *least, size_t *most) {
    size_t n = from + 1;
    *least = 0;
    if (peek(a, from) != '{' || !is_digit(peek(a, n))) return 0;
    for (; is_digit(peek(a, n)) && *least <= UINT16_MAX; n++)
        *least = 10 * *least + (size_t)(peek(a, n) - '0');
    *most = *least;
    if (peek(a, n) == ',') {
        n++;
        *most = is_digit(peek(a, n)) ? 0 : SIZE_MAX;
        for (; is_digit(peek(a, n)) && *most <= UINT16_MAX; n++)
            *most = 10 * *most + (size_t)(peek(a, n) - '0');
    }
    return peek(a, n) == '}' && *least <= *most && *least <= UINT16_MAX ? n + 1 - from : 0;
}

/* \w or \W among Unicode's characters. */
static void word(Adapt *a) {
    size_t least = 1, most = SIZE_MAX, n = peek(a, 2) == '+' ? 1 : repetition(a, 2, &least, &most);
    char text[48];
    uint8_t c = peek(a, 1);
    if (n == 0 || least == 0 || (least == 1 && most != SIZE_MAX)) {
        put(a, '[');
        copy(a, 2);
        put(a, ']');
        return;
    }
    put_text(a, c == 'w' ? "[0-9A-Z_a-z]" : "[^0-9A-Z_a-z]");
    if (least > 1) {
        brc_base_format(text, sizeof text, "{%zu}", least);
        put_text(a, text);
    }
    if (most > least) {
        brc_base_format(text, sizeof text, "{0,%zu}", most - least);
        put_text(a, c == 'w' ? "[\\w]" : "[\\W]");
        put_text(a, most == SIZE_MAX ? "*" : text);
    } else if (peek(a, 2 + n) == '?' || peek(a, 2 + n) == '+') {
        n++; /* makes no difference */
    }
    a->at += 2 + n;
}

static void escape(Adapt *a, bool in_class) {
    uint8_t c = peek(a, 1);
    if (c == 'Q') {
        copy_through(a, "\\E");
    } else if (has_no_meaning(c, in_class) ||
               ((c == '8' || c == '9') && (in_class || !refers(a)))) {
        a->at++;
        copy(a, 1);
    } else if ((c == 'w' || c == 'W') && a->word_class && !in_class) {
        word(a);
    } else if (c == 'p' || c == 'P') {
        property(a);
    } else if (c == 'c') {
        control(a);
    } else if (c != 'g' || !call_by_g(a)) {
        copy(a, 2);
    }
}

/* ---- classes ---- */
/* [:name:] and its like within a class: their length, or 0. */
static size_t posix_size(const Adapt *a) {
    uint8_t kind = peek(a, 1);
    if (kind != ':' && kind != '.' && kind != '=') return 0;
    for (size_t n = 2; peek(a, n) != 0 && peek(a, n) != ']' && peek(a, n) != '\\'; n++)
        if (peek(a, n) == kind && peek(a, n + 1) == ']') return n + 2;
    return 0;
}

static void class(Adapt *a) {
    copy(a, 1);
    if (peek(a, 0) == '^') copy(a, 1);
    if (peek(a, 0) == ']') copy(a, 1);
    while (a->at < a->size && a->in[a->at] != ']') {
        size_t posix = peek(a, 0) == '[' ? posix_size(a) : 0;
        bool many = peek(a, 0) == '\\' && peek(a, 1) && strchr("dDwWsShHvVpP", peek(a, 1));
        if (posix != 0)
            copy(a, posix);
        else if (peek(a, 0) == '\\')
            escape(a, true);
        else
            copy(a, 1);
        if (many && peek(a, 0) == '{') copy_through(a, "}");
        if ((many || posix != 0) && peek(a, 0) == '-' && peek(a, 1) != ']') {
            put(a, '\\');
            copy(a, 1);
        }
    }
    copy(a, 1);
}

/* ---- groups ---- */
/* (?R), (?1), (?-1), (?&name), (?P>name): how long the call is; 0: none stands here. */
static size_t call_size(const Adapt *a) {
    size_t n = 2;
    if (peek(a, n) == 'R') {
        n++;
    } else if (peek(a, n) == '&' || (peek(a, n) == 'P' && peek(a, n + 1) == '>')) {
        n += peek(a, n) == '&' ? 1 : 2;
        if (!is_word(peek(a, n))) return 0;
        while (is_word(peek(a, n)))
            n++;
    } else {
        if (peek(a, n) == '+' || peek(a, n) == '-') n++;
        if (!is_digit(peek(a, n))) return 0;
        while (is_digit(peek(a, n)))
            n++;
    }
    return peek(a, n) == ')' ? n + 1 : 0;
}

/* (?x-i) and (?x: : what they say about white space. */
static bool extended_after(const Adapt *a, size_t *end) {
    bool on = true, x = a->extended[a->depth];
    size_t n = 2;
    for (; peek(a, n) == '-' || (peek(a, n) != 0 && strchr("imsxJUX", peek(a, n))); n++) {
        if (peek(a, n) == '-') on = false;
        if (peek(a, n) == 'x') x = on;
    }
    *end = n;
    return x;
}

/* (?<name>, (?'name' or (?P<name>. */
static bool is_named(const Adapt *a) {
    size_t n = peek(a, 2) == 'P' ? 3 : 2;
    return (peek(a, n) == '<' && is_word(peek(a, n + 1))) || (n == 2 && peek(a, n) == '\'');
}

static void enter(Adapt *a, bool extended) {
    if (a->depth < GROUPS_MOST) a->depth++;
    a->extended[a->depth] = extended;
}

static void group(Adapt *a) {
    bool outer = a->extended[a->depth];
    size_t n = peek(a, 1) == '?' ? call_size(a) : 0, end;
    if (n != 0) {
        put_text(a, "(?>");
        copy(a, n);
        put(a, ')');
    } else if (peek(a, 1) == '*' || looking_at(a, "(?#") || looking_at(a, "(?C")) {
        copy_through(a, ")");
    } else if (peek(a, 1) == '?') {
        bool x = extended_after(a, &end);
        if (end > 2 && peek(a, end) == ')') {
            a->extended[a->depth] = x;
            copy(a, end + 1);
        } else {
            a->groups += is_named(a);
            enter(a, end > 2 && peek(a, end) == ':' ? x : outer);
            copy(a, 2);
        }
    } else {
        a->groups += a->auto_capture;
        enter(a, outer);
        copy(a, 1);
    }
}

void brc_bif_re_adapt(ReText *t, const uint8_t *pattern, size_t size, uint32_t options) {
    Adapt a = {.in = pattern, .size = size, .out = t};
    size_t room = (ADDED_MOST + 1) * size + 16;
    *t = (ReText){.at = malloc(room), .from = malloc(room * sizeof *t->from)};
    if (!t->at || !t->from) brc_base_panic("out of memory for a pattern of %zu bytes", size);
    a.extended[0] = (options & PCRE2_EXTENDED) != 0;
    a.auto_capture = (options & PCRE2_NO_AUTO_CAPTURE) == 0;
    while (start_item(&a)) {
    }
    bool utf = (options & PCRE2_UTF) || has_item(t, "(*UTF)");
    a.word_class = utf && !(options & PCRE2_UCP) && !has_item(t, "(*UCP)");
    while (a.at < size) {
        uint8_t c = pattern[a.at];
        if (c == '\\') {
            escape(&a, false);
        } else if (c == '[') {
            class(&a);
        } else if (c == '(') {
            group(&a);
        } else if (c == ')') {
            if (a.depth > 0) a.depth--;
            copy(&a, 1);
        } else if (c == '#' && a.extended[a.depth]) {
            copy_through(&a, t->newline == PCRE2_NEWLINE_CR ? "\r" : "\n");
        } else {
            copy(&a, 1);
        }
    }
    t->from[t->size] = (uint32_t)size;
}

void brc_bif_re_text_free(ReText *t) {
    free(t->at);
    free(t->from);
}
