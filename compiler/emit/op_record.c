/* op_record.c: native records (OTP 29). No term of this runtime is one, so their tests fail and
 * their accesses raise; a module that builds one is refused by name. */
#include "emit/writer.h"

bool op_record(Writer *w, const Op *op) {
    const Arg *a = op->args;
    switch (op->code) {
    case OP_is_any_native_record:
    case OP_is_native_record:
    case OP_is_record_accessible: OUT("goto %s;", w_goto(w, a[0].u)); return true;
    case OP_get_record_elements: OUT("goto %s;", w_goto(w, a[0].u)); return true;
    case OP_get_record_field:
        if (a[0].u)
            OUT("goto %s;", w_goto(w, a[0].u));
        else
            w_raise2(w, "badrecord", w_value(w, &a[1]));
        return true;
    default: return false;
    }
}
