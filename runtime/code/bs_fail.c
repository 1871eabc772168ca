/* bs_fail.c: a binary that could not be built: the error names the segment. */
#include "code/support.h"
#include "ctx/fail.h"
#include "term/bits.h"

void brc_code_bs_fail(Proc *p, const BsSegment *s) {
    bool too_large = false;
    Term info = brc_bs_fail_info(p, s, &too_large);
    brc_ctx_error_args(p, too_large ? AM(system_limit) : AM(badarg), AM(none), info);
}
