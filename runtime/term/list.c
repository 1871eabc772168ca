/* list.c: walking lists. */
#include "term/term.h"

int64_t brc_term_list_length(Term t) {
    int64_t n = 0;
    for (; term_is_cons(t); t = term_tail(t))
        n++;
    return term_is_nil(t) ? n : -1;
}
