/* bif_type.c: the type tests as functions. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "term/bits.h"

#define TEST(name, condition)                                                                      \
    Term brc_bif_erlang_##name##_1(Proc *p, Term t) {                                              \
        (void)p;                                                                                   \
        return term_bool(condition);                                                               \
    }
TEST(is_atom, term_is_atom(t))
TEST(is_boolean, t == AM(true) || t == AM(false))
TEST(is_bitstring, term_is_bitstring(t))
TEST(is_float, term_is_float(t))
TEST(is_function, term_is_fun(t))
TEST(is_integer, term_is_integer(t))
TEST(is_list, term_is_list(t))
TEST(is_map, term_is_map(t))
TEST(is_number, term_is_number(t))
TEST(is_pid, term_is_pid(t))
TEST(is_port, term_is_port(t))
TEST(is_reference, term_is_ref(t))
TEST(is_tuple, term_is_tuple(t))

Term brc_bif_erlang_is_binary_1(Proc *p, Term t) {
    (void)p;
    BitsView v;
    return term_bool(brc_term_bits_view(t, &v) && v.bit_size % 8 == 0);
}

Term brc_bif_erlang_is_function_2(Proc *p, Term t, Term arity) {
    if (term_is_small(arity) ? term_small(arity) < 0 : term_kind(arity) != BRC_BIGPOS)
        return brc_ctx_badarg(p);
    if (!term_is_fun(t) || !term_is_small(arity)) return AM(false);
    return term_bool(term_fun_entry(t)->arity == (uint64_t)term_small(arity));
}

Term brc_bif_erlang_is_record_2(Proc *p, Term t, Term tag) {
    if (!term_is_atom(tag)) return brc_ctx_badarg(p);
    return term_bool(term_is_tuple(t) && term_tuple_arity(t) > 0 &&
                     term_tuple_elements(t)[0] == tag);
}

/* OTP wants a size that it can hold in 60 bits. */
Term brc_bif_erlang_is_record_3(Proc *p, Term t, Term tag, Term size) {
    if (!term_is_atom(tag) || !term_is_small(size) || term_small(size) >> 59 > 0 ||
        term_small(size) >> 59 < -1)
        return brc_ctx_badarg(p);
    return term_bool(term_is_tuple(t) && term_small(size) > 0 &&
                     term_tuple_arity(t) == (uint64_t)term_small(size) &&
                     term_tuple_elements(t)[0] == tag);
}
