/* re_errors.c: errors of pcre2_compile in the words of PCRE 8, which programs may compare. */
#include "bif/re_compile.h"
#include <string.h>

static const struct {
    int code;
    const char *text;
} texts[] = {
    {PCRE2_ERROR_END_BACKSLASH, "\\ at end of pattern"},
    {PCRE2_ERROR_END_BACKSLASH_C, "\\c at end of pattern"},
    {PCRE2_ERROR_UNKNOWN_ESCAPE, "unrecognized character follows \\"},
    {PCRE2_ERROR_QUANTIFIER_OUT_OF_ORDER, "numbers out of order in {} quantifier"},
    {PCRE2_ERROR_QUANTIFIER_TOO_BIG, "number too big in {} quantifier"},
    {PCRE2_ERROR_MISSING_SQUARE_BRACKET, "missing terminating ] for character class"},
    {PCRE2_ERROR_ESCAPE_INVALID_IN_CLASS, "invalid escape sequence in character class"},
    {PCRE2_ERROR_CLASS_RANGE_ORDER, "range out of order in character class"},
    {PCRE2_ERROR_QUANTIFIER_INVALID, "nothing to repeat"},
    {PCRE2_ERROR_INVALID_AFTER_PARENS_QUERY, "unrecognized character after (? or (?-"},
    {PCRE2_ERROR_INVALID_HYPHEN_IN_OPTIONS, "unrecognized character after (? or (?-"},
    {PCRE2_ERROR_POSIX_CLASS_NOT_IN_CLASS, "POSIX named classes are supported only within a class"},
    {PCRE2_ERROR_POSIX_NO_SUPPORT_COLLATING, "POSIX collating elements are not supported"},
    {PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS, "missing )"},
    {PCRE2_ERROR_BAD_SUBPATTERN_REFERENCE, "reference to non-existent subpattern"},
    {PCRE2_ERROR_MISSING_COMMENT_CLOSING, "missing ) after comment"},
    {PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP, "regular expression is too complicated"},
    {PCRE2_ERROR_PATTERN_TOO_LARGE, "regular expression is too large"},
    {PCRE2_ERROR_HEAP_FAILED, "failed to get memory"},
    {PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS, "unmatched parentheses"},
    {PCRE2_ERROR_MISSING_CONDITION_CLOSING, "malformed number or name after (?("},
    {PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH, "lookbehind assertion is not fixed length"},
    {PCRE2_ERROR_ZERO_RELATIVE_REFERENCE, "a numbered reference must not be zero"},
    {PCRE2_ERROR_TOO_MANY_CONDITION_BRANCHES, "conditional group contains more than two branches"},
    {PCRE2_ERROR_CONDITION_ASSERTION_EXPECTED, "assertion expected after (?( or (?(?C)"},
    {PCRE2_ERROR_CONDITION_ATOMIC_ASSERTION_EXPECTED, "assertion expected after (?( or (?(?C)"},
    {PCRE2_ERROR_BAD_RELATIVE_REFERENCE, "digit expected after (?+"},
    {PCRE2_ERROR_UNKNOWN_POSIX_CLASS, "unknown POSIX class name"},
    {PCRE2_ERROR_PARENTHESES_STACK_CHECK, "parentheses are too deeply nested (stack check)"},
    {PCRE2_ERROR_CODE_POINT_TOO_BIG, "character value in \\x{} or \\o{} is too large"},
    {PCRE2_ERROR_LOOKBEHIND_TOO_COMPLICATED, "lookbehind assertion is not fixed length"},
    {PCRE2_ERROR_LOOKBEHIND_TOO_LONG, "lookbehind assertion is not fixed length"},
    {PCRE2_ERROR_LOOKBEHIND_INVALID_BACKSLASH_C, "\\C not allowed in lookbehind assertion"},
    {PCRE2_ERROR_UNSUPPORTED_ESCAPE_SEQUENCE,
     "PCRE does not support \\L, \\l, \\N{name}, \\U, or \\u"},
    {PCRE2_ERROR_SUPPORTED_ONLY_IN_UNICODE,
     "PCRE does not support \\L, \\l, \\N{name}, \\U, or \\u"},
    {PCRE2_ERROR_CALLOUT_NUMBER_TOO_BIG, "number after (?C is > 255"},
    {PCRE2_ERROR_MISSING_CALLOUT_CLOSING, "closing ) for (?C expected"},
    {PCRE2_ERROR_CALLOUT_NO_STRING_DELIMITER, "closing ) for (?C expected"},
    {PCRE2_ERROR_CALLOUT_BAD_STRING_DELIMITER, "closing ) for (?C expected"},
    {PCRE2_ERROR_UNRECOGNIZED_AFTER_QUERY_P, "unrecognized character after (?P"},
    {PCRE2_ERROR_MISSING_NAME_TERMINATOR, "syntax error in subpattern name (missing terminator)"},
    {PCRE2_ERROR_DUPLICATE_SUBPATTERN_NAME, "two named subpatterns have the same name"},
    {PCRE2_ERROR_INVALID_SUBPATTERN_NAME, "group name must start with a non-digit"},
    {PCRE2_ERROR_MALFORMED_UNICODE_PROPERTY, "malformed \\P or \\p sequence"},
    {PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY, "unknown property name after \\P or \\p"},
    {PCRE2_ERROR_SUBPATTERN_NAME_TOO_LONG, "subpattern name is too long (maximum 32 characters)"},
    {PCRE2_ERROR_TOO_MANY_NAMED_SUBPATTERNS, "too many named subpatterns (maximum 10000)"},
    {PCRE2_ERROR_CLASS_INVALID_RANGE, "invalid range in character class"},
    {PCRE2_ERROR_OCTAL_BYTE_TOO_BIG, "octal value is greater than \\377 in 8-bit non-UTF-8 mode"},
    {PCRE2_ERROR_DEFINE_TOO_MANY_BRANCHES, "DEFINE group contains more than one branch"},
    {PCRE2_ERROR_BACKSLASH_O_MISSING_BRACE, "missing opening brace after \\o"},
    {PCRE2_ERROR_BACKSLASH_G_SYNTAX, "\\g is not followed by a braced, angle-bracketed, or quoted "
                                     "name/number or by a plain number"},
    {PCRE2_ERROR_PARENS_QUERY_R_MISSING_CLOSING, "(?R or (?[+-]digits must be followed by )"},
    {PCRE2_ERROR_VERB_ARGUMENT_NOT_ALLOWED,
     "an argument is not allowed for (*ACCEPT), (*FAIL), or (*COMMIT)"},
    {PCRE2_ERROR_VERB_UNKNOWN, "(*VERB) not recognized or malformed"},
    {PCRE2_ERROR_ALPHA_ASSERTION_UNKNOWN, "(*VERB) not recognized or malformed"},
    {PCRE2_ERROR_SUBPATTERN_NUMBER_TOO_BIG, "number is too big"},
    {PCRE2_ERROR_SUBPATTERN_NAME_EXPECTED, "subpattern name expected"},
    {PCRE2_ERROR_INVALID_OCTAL, "non-octal character in \\o{} (closing brace missing?)"},
    {PCRE2_ERROR_SUBPATTERN_NAMES_MISMATCH,
     "different names for subpatterns of the same number are not allowed"},
    {PCRE2_ERROR_MARK_MISSING_ARGUMENT, "(*MARK) must have an argument"},
    {PCRE2_ERROR_INVALID_HEXADECIMAL, "non-hex character in \\x{} (closing brace missing?)"},
    {PCRE2_ERROR_BACKSLASH_C_SYNTAX, "\\c must be followed by an ASCII character"},
    {PCRE2_ERROR_BACKSLASH_K_SYNTAX,
     "\\k is not followed by a braced, angle-bracketed, or quoted name"},
    {PCRE2_ERROR_BACKSLASH_N_IN_CLASS, "\\N is not supported in a class"},
    {PCRE2_ERROR_UNICODE_DISALLOWED_CODE_POINT,
     "disallowed Unicode code point (>= 0xd800 && <= 0xdfff)"},
    {PCRE2_ERROR_UTF_IS_DISABLED, "setting UTF is disabled by the application"},
    {PCRE2_ERROR_VERB_NAME_TOO_LONG, "name is too long in (*MARK), (*PRUNE), (*SKIP), or (*THEN)"},
    {PCRE2_ERROR_MISSING_OCTAL_OR_HEX_DIGITS, "digits missing in \\x{} or \\o{}"},
    {PCRE2_ERROR_PATTERN_TOO_COMPLICATED, "regular expression is too complicated"},
};

/* ---- where PCRE 8 finds other words or places ---- */
typedef struct Place {
    const uint8_t *in; /* the pattern as it was given */
    size_t size, at;   /* at: where PCRE2 stopped */
} Place;

static uint8_t byte_at(const Place *p, size_t i) {
    return i < p->size ? p->in[i] : 0;
}

static bool ends_with(const Place *p, const char *text) {
    size_t n = strlen(text);
    return p->size >= n && memcmp(p->in + p->size - n, text, n) == 0;
}

/* Behind the bracket that closes the one at or behind `from`; the end where there is none. */
static size_t closing(const Place *p, size_t from) {
    size_t depth = 0;
    for (size_t i = from; i < p->size; i++) {
        if (p->in[i] == '\\') {
            i++;
        } else if (p->in[i] == '(') {
            depth++;
        } else if (p->in[i] == ')' && depth-- <= 1) {
            return i + 1;
        }
    }
    return p->size;
}

/* Is the place within the condition of a group, (?(...? *from: its inner bracket. */
static bool in_condition(const Place *p, size_t *from) {
    for (size_t i = p->at < p->size ? p->at : p->size; i-- > 2;)
        if (p->in[i] == '(' || p->in[i] == ')') {
            *from = i;
            return p->in[i] == '(' && p->in[i - 1] == '?' && p->in[i - 2] == '(';
        }
    *from = 2;
    return p->at <= 2 && p->size > 2 && memcmp(p->in, "(?(", 3) == 0;
}

/* A pattern that ends within what follows (?. */
static const char *cut_group(const Place *p) {
    size_t i = p->size;
    if (ends_with(p, "(?P")) return "unrecognized character after (?P";
    if (ends_with(p, "(?(")) return "assertion expected after (?( or (?(?C)";
    while (i > 0 && p->in[i - 1] >= '0' && p->in[i - 1] <= '9')
        i--;
    bool digits = i < p->size;
    while (!digits && i > 0 && strchr("imsxJUX-", p->in[i - 1]))
        i--;
    if (i < 2 || p->in[i - 1] != '?' || p->in[i - 2] != '(') return "missing )";
    return digits ? "(?R or (?[+-]digits must be followed by )"
                  : "unrecognized character after (? or (?-";
}

static void missing_reference(ReError *e, const Place *p) {
    size_t from = 0, i = p->at;
    if (in_condition(p, &from)) {
        e->offset = closing(p, from);
        if (byte_at(p, from + 1) == '0' && byte_at(p, from + 2) == ')')
            e->text = "invalid condition (?(0)";
    } else if (i > 1 && p->in[i - 2] == '0' && p->in[i - 1] == '}') {
        e->text = "a numbered reference must not be zero";
        e->offset--;
    } else if (i > 0 && byte_at(p, i - 1) == '\\') {
        e->offset = p->size;
    } else {
        while (i < p->size && !strchr("}>')\"", p->in[i]))
            i++;
        e->offset = i;
    }
}

static void missing_name(ReError *e, const Place *p) {
    if (p->at < 2) return;
    const uint8_t *before = p->in + p->at - 2;
    if (memcmp(before, "?<", 2) == 0) e->text = "unrecognized character after (?<";
    if (memcmp(before, "g{", 2) == 0 && p->at == p->size)
        e->text = "\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a "
                  "plain number";
}

static void missing_digits(ReError *e, const Place *p) {
    bool hex = p->at > 1 && byte_at(p, p->at - 2) == 'x';
    if (p->at < p->size && !hex) e->offset -= 2;
    if (p->at == p->size)
        e->text = hex ? "non-hex character in \\x{} (closing brace missing?)"
                      : "non-octal character in \\o{} (closing brace missing?)";
}

static void refine(ReError *e, int code, const Place *p) {
    size_t from;
    switch (code) {
    case PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS:
        if (p->at == p->size) e->text = cut_group(p);
        break;
    case PCRE2_ERROR_BAD_SUBPATTERN_REFERENCE: missing_reference(e, p); break;
    case PCRE2_ERROR_SUBPATTERN_NAME_EXPECTED: missing_name(e, p); break;
    case PCRE2_ERROR_MISSING_OCTAL_OR_HEX_DIGITS: missing_digits(e, p); break;
    case PCRE2_ERROR_MISSING_NAME_TERMINATOR:
        if (in_condition(p, &from)) e->text = "malformed number or name after (?(";
        break;
    case PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH:
    case PCRE2_ERROR_LOOKBEHIND_INVALID_BACKSLASH_C: e->offset = closing(p, p->at) - 1; break;
    case PCRE2_ERROR_DEFINE_TOO_MANY_BRANCHES:
        e->offset = closing(p, p->at > 3 ? p->at - 3 : 0) - 1;
        break;
    case PCRE2_ERROR_BACKSLASH_G_SYNTAX:
        if (!ends_with(p, "\\g")) break;
        e->text = "a numbered reference must not be zero";
        e->offset--;
        break;
    case PCRE2_ERROR_UTF_IS_DISABLED: e->offset = 0; break;
    case PCRE2_ERROR_BACKSLASH_K_SYNTAX: e->offset -= ends_with(p, "\\k"); break;
    case PCRE2_ERROR_CONDITION_ASSERTION_EXPECTED:
    case PCRE2_ERROR_BAD_RELATIVE_REFERENCE: e->offset++; break;
    case PCRE2_ERROR_UNSUPPORTED_ESCAPE_SEQUENCE:
    case PCRE2_ERROR_BACKSLASH_N_IN_CLASS:
    case PCRE2_ERROR_CLASS_INVALID_RANGE:
    case PCRE2_ERROR_DUPLICATE_SUBPATTERN_NAME:
    case PCRE2_ERROR_SUBPATTERN_NAMES_MISMATCH:
    case PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY:
    case PCRE2_ERROR_OCTAL_BYTE_TOO_BIG: e->offset--; break;
    default: break;
    }
}

void brc_bif_re_error(ReError *e, int code, const ReText *t, size_t at, const ReRecipe *r) {
    e->text = code < 0 ? "invalid UTF-8 string" : "internal error: code overflow";
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].code == code) e->text = texts[i].text;
    Place p = {r->text, r->size, t->from[at < t->size ? at : t->size]};
    e->offset = p.at;
    refine(e, code, &p);
    if (e->offset > r->size) e->offset = 0;
}
