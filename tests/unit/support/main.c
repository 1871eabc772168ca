/* main.c: linked into every unit test of the runtime. The archive holds a main of its own (that of
 * compiled programs), so Criterion's is called from here; and what a compiled program brings along,
 * its tables and its continuations, is here in an empty form that a test's own replaces. */
#include "abi/program.h"
#include <criterion/criterion.h>

__attribute__((weak)) const Program brc_program = {0};
/* The section has to be there for the linker to define its start and stop. */
__attribute__((section("brc_pcs"), used, weak)) const PcLoc brc_fake_pcs[1] = {{0, 0}};

int main(int argc, char **argv) {
    struct criterion_test_set *tests = criterion_initialize();
    int passed = 1;
    if (criterion_handle_args(argc, argv, true)) passed = criterion_run_all_tests(tests);
    criterion_finalize(tests);
    return !passed;
}
