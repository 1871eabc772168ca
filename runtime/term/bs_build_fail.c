/* bs_build_fail.c: why the construction of a bitstring failed, in the form that error_info carries
 * and erl_erts_errors:format_bs_fail/2 explains: {Segment, Type, What, Value}. It is worked out
 * again from the segment's operands, so the building functions need not remember. */
#include "term/bits.h"
#include "term/int.h"
#include "term/map.h"

typedef struct Why {
    Term what, value;
    bool too_large; /* system_limit rather than badarg */
} Why;

/* The size operand of a segment; true where it is what failed. */
static bool size_fails(const BsSegment *s, Why *why, uint64_t *bits) {
    if (brc_bs_size(s->size, s->unit, bits)) return false;
    why->what = AM(size);
    why->value = s->size;
    why->too_large =
        term_is_small(s->size) ? (STerm)s->size >= 0 : term_is_kind(s->size, BRC_BIGPOS);
    return true;
}

static Why why_binary(const BsSegment *s) {
    BitsView v;
    Why why = {AM(type), s->value, false};
    uint64_t bits;
    if (s->size != AM(all) && size_fails(s, &why, &bits)) return why;
    if (!brc_term_bits_view(s->value, &v)) return why;
    why.what = s->size == AM(all) ? AM(unit) : AM(short);
    return why;
}

static Why why_append(const BsSegment *s) {
    BitsView v;
    Why why = {AM(type), s->value, false};
    if (!brc_term_bits_view(s->value, &v)) return why;
    why.what = AM(unit);
    if (s->unit <= 1 || v.bit_size % s->unit == 0) {
        why.what = AM(size);
        why.too_large = true;
    }
    return why;
}

static Why why_float(const BsSegment *s) {
    Why why = {AM(type), s->value, false};
    uint64_t bits;
    if (size_fails(s, &why, &bits)) return why;
    if (bits != 16 && bits != 32 && bits != 64) return (Why){AM(invalid), BRC_SMALL(bits), false};
    if (term_is_number(s->value)) why.what = AM(no_float);
    return why;
}

static Why why_other(const BsSegment *s) {
    Why why = {AM(type), s->value, false};
    uint64_t bits;
    if (s->type == BRC_BS_INTEGER && size_fails(s, &why, &bits)) return why;
    if (s->type == BRC_BS_INTEGER && term_is_integer(s->value)) {
        why.what = AM(size); /* all sizes are good: their sum is too large */
        why.too_large = true;
    }
    return why;
}

Term brc_bs_fail_info(Proc *p, const BsSegment *s, bool *system_limit) {
    static const Term type_names[] = {AM(integer), AM(float), AM(binary), AM(binary),
                                      AM(utf8),    AM(utf16), AM(utf32)};
    Why why = s->type == BRC_BS_BINARY   ? why_binary(s)
              : s->type == BRC_BS_APPEND ? why_append(s)
              : s->type == BRC_BS_FLOAT  ? why_float(s)
                                         : why_other(s);
    *system_limit = why.too_large;
    Term *at = brc_ctx_alloc(p, 5);
    at[1] = BRC_SMALL(s->number);
    at[2] = type_names[s->type];
    at[3] = why.what;
    at[4] = why.value;
    Term pairs[] = {AM(cause),  term_tuple_begin(at, 4), AM(function), AM(format_bs_fail),
                    AM(module), AM(erl_erts_errors)};
    return brc_term_map_from_pairs(p, pairs, 3);
}
