/* show.c: the command disasm: a module's decoded ops, then its IR. */
#include "cli/commands.h"
#include "cli/disasm.h"
#include "emit/emit.h"
#include "base/diag.h"
#include <errno.h>
#include <stdio.h>

int command_disasm(const Options *o) {
    char *error = NULL;
    BeamFile *f = beam_read(o->inputs.at[0], &error);
    if (!f) diag_fatal("%s", error);
    Text out = {0};
    disasm_print(f, &out);
    text_str(&out, "\n");
    emit_print_ir(f, &out);
    if (fwrite(out.at, 1, out.count, stdout) != out.count || fflush(stdout) != 0)
        diag_fatal("cannot write the listing: %s", strerror(errno));
    return 0;
}
