/* test_raise.c: errors find their handlers, and traces say what stock erl says: hand-written Code
 * stands in for generated code. The expected traces were taken from erl 25. */
#define FAKE_OWN_PROGRAM
#define FAKE_PCS
#include "../support/fakeproc.h"
#include "show.h"
#include "abi/bif.h"
#include "base/hooks.h"
#include "code/gen.h"
#include "code/funs.h"
#include "code/trace.h"
#include <criterion/criterion.h>

/* ---- a program: module `list` with functions a/1, b/2 ---- */

static const char *const files[] = {"list.erl"};
typedef struct Places {
    FnInfo fn;
    Loc at[3];
} Places;
static const Places fn_a
    __attribute__((used)) = {{AM(list), AM(count), 1, 0, files}, {{32, 0, 10}, {40, 0, 11}}};
static const Places fn_b __attribute__((used)) = {{AM(list), AM(value), 2, 0, files},
                                                  {{32, 0, 20}, {40, 0, 21}, {48, 0, 0}}};
static const FnPlace gone = BRC_FN_PLACE(AM(list), AM(none), 2, 0);

/* Continuations: never run, only their addresses lie on the stack. */
#define CONT(name, place)                                                                          \
    __attribute__((noinline)) static BRC_FN(name) {                                                \
        BRC_PC(name, place);                                                                       \
        (void)hp, (void)sp, (void)reds, (void)x0, (void)x1, (void)x2, (void)x3, (void)x4,          \
            (void)x5;                                                                              \
        p->live = (uint32_t)__LINE__;                                                              \
    }
CONT(cont_a, fn_a + 32)
CONT(cont_b, fn_b + 32)
CONT(cont_unknown, fn_b + 48)

static Term got[6];
static Term *got_sp;
static int ended;
static BRC_FN(handler) { /* and every other end of a test */
    BRC_OUT();
    got[0] = x0, got[1] = x1, got[2] = x2, got[3] = x3, got[4] = x4, got[5] = x5;
    got_sp = sp;
}
static BRC_FN(died) {
    BRC_OUT();
    got[0] = x0, got[1] = x1, got[2] = x2, got[3] = x3, got[4] = x4, got[5] = x5;
    ended = 1;
}
static BRC_FN(exported) {
    BRC_OUT();
    got[0] = x0, got[1] = x1, got[2] = x2, got[3] = x3, got[4] = x4, got[5] = x5;
    ended = 2;
}

static const Bif bif_error1 = {AM(erlang), AM(error), 1, 0, NULL, NULL};
static const Bif bif_lists = {AM(lists), AM(count), 2, 0, NULL, NULL};
static const Bif bif_own = {AM(list), AM(count), 1, 0, NULL, NULL};

static const Export exports[] = {
    /* sorted: an atom of atom.def is its place there */
    {AM(process), AM(count), 3, 1, exported},
    {AM(process), AM(handle_undefined_function), 2, 0, exported},
    {AM(list), AM(count), 1, 0, exported},
};
static const ModuleInfo modules[] = {{AM(list), {1, 2, 3}, BRC_NIL, BRC_NIL}};
const Program brc_program = {
    .exports = exports, .export_count = 3, .modules = modules, .module_count = 1};

static Proc *p;

/* The stack of a process in list:value/2 called from list:count/1, three deep, with a handler. */
static Term *catch_at;
static void setup(void) {
    p = fake_proc_new(600);
    brc_hook_process_died = died;
    ended = 0;
    memset(got, 0, sizeof got);
    *--p->sp = (Term)brc_code_process_end + BRC_TAG_RETURN; /* the bottom: in no table */
    *--p->sp = BRC_SMALL(1);
    *--p->sp = (Term)handler + BRC_TAG_CATCH;
    catch_at = p->sp;
    *--p->sp = (Term)cont_a + BRC_TAG_RETURN;
    for (int i = 0; i < 30; i++)
        *--p->sp = BRC_NIL, *--p->sp = (Term)cont_b + BRC_TAG_RETURN;
}
static void teardown(void) {
    fake_proc_free(p);
}
TestSuite(raise, .init = setup, .fini = teardown);

static void enter(Code *code, Term x0, Term x1, Term x2) {
    p->x[0] = x0, p->x[1] = x1, p->x[2] = x2;
    p->reds = 100;
    brc_code_run(p, code);
}

#define CALLERS                                                                                    \
    "{list,value,2,[{file,\"list.erl\"},{line,20}]},"                                              \
    "{list,count,1,[{file,\"list.erl\"},{line,10}]}"
static const char *trace_text(void) {
    return show(brc_code_build_stacktrace(p, got[2]));
}

Test(raise, error_goes_to_the_handler) {
    p->loc = &fn_b.at[1];
    enter(brc_code_error, AM(badarith), 0, 0);
    cr_assert_eq(got_sp, catch_at);
    cr_assert_eq(got[0], AM(error));
    cr_assert_eq(got[1], AM(badarith));
    cr_assert_str_eq(trace_text(), "[{list,value,2,[{file,\"list.erl\"},{line,21}]}," CALLERS "]");
    cr_assert_str_eq(show(brc_code_catch_value(p, got[0], got[1], got[2])),
                     "{EXIT,{badarith,[{list,value,2,[{file,\"list.erl\"},{line,21}]}," CALLERS
                     "]}}");
    brc_heap_check(p, 0);
}

Test(raise, error2) {
    p->loc = &fn_b.at[1];
    enter(brc_code_error2, AM(badmatch), BRC_SMALL(5), 0);
    cr_assert_str_eq(show(got[1]), "{badmatch,5}");
}

Test(raise, function_clause_shows_arguments) {
    p->loc = &fn_b.at[1];
    enter(brc_code_function_clause, BRC_SMALL(1), AM(ok), 0);
    cr_assert_eq(got[1], AM(function_clause));
    cr_assert_str_eq(trace_text(),
                     "[{list,value,[1,ok],[{file,\"list.erl\"},{line,21}]}," CALLERS "]");
}

Test(raise, undef) {
    p->loc = &gone.at;
    enter(brc_code_undef, BRC_SMALL(1), AM(ok), 0);
    cr_assert_eq(got[1], AM(undef));
    cr_assert_str_eq(trace_text(), "[{list,none,[1,ok],[]}," CALLERS "]");
}

Test(raise, bif_is_the_first_frame) {
    brc_ctx_badarg(p);
    p->loc = &fn_b.at[1], p->fbif = &bif_lists;
    enter(brc_code_bif_fail, BRC_SMALL(1), AM(ok), 0);
    cr_assert_eq(got[1], AM(badarg));
    cr_assert_str_eq(trace_text(),
                     "[{lists,count,[1,ok],[{error_info,#{module=>erl_stdlib_errors}}]},"
                     "{list,value,2,[{file,\"list.erl\"},{line,21}]}," CALLERS "]");
}

Test(raise, bif_with_cause) {
    brc_ctx_badarg_cause(p, AM(badopt));
    p->loc = NULL, p->fbif = &bif_lists;
    enter(brc_code_bif_fail, BRC_SMALL(1), AM(ok), 0);
    cr_assert_str_eq(trace_text(), "[{lists,count,[1,ok],[{error_info,#{cause=>badopt,module=>"
                                   "erl_stdlib_errors}}]}," CALLERS "]");
}

Test(raise, bif_of_another_module_has_no_info) {
    brc_ctx_error2(p, AM(badkey), AM(ok));
    p->loc = NULL, p->fbif = &bif_own;
    enter(brc_code_bif_fail, BRC_SMALL(1), 0, 0);
    cr_assert_str_eq(show(got[1]), "{badkey,ok}");
    cr_assert_str_eq(trace_text(), "[{list,count,[1],[]}," CALLERS "]");
}

Test(raise, error_1_is_no_frame) {
    brc_bif_erlang_error_1(p, AM(value));
    p->loc = &fn_b.at[1], p->fbif = &bif_error1;
    enter(brc_code_bif_fail, AM(value), 0, 0);
    cr_assert_eq(got[1], AM(value));
    cr_assert_str_eq(trace_text(), "[{list,value,2,[{file,\"list.erl\"},{line,21}]}," CALLERS "]");
}

Test(raise, error_2_and_3_show_arguments) {
    Term *at = brc_ctx_alloc(p, 2);
    Term args = term_cons(at, AM(ok), BRC_SMALL(2)); /* improper, as erl shows it */
    p->loc = &fn_b.at[1], p->fbif = &bif_error1;
    brc_bif_erlang_error_2(p, AM(value), args);
    enter(brc_code_raise, 0, 0, 0);
    cr_assert_str_eq(trace_text(),
                     "[{list,value,[ok|2],[{file,\"list.erl\"},{line,21}]}," CALLERS "]");
    p->sp = catch_at;
    brc_bif_erlang_error_2(p, AM(value), AM(none));
    p->loc = &fn_b.at[1];
    enter(brc_code_raise, 0, 0, 0);
    cr_assert_str_eq(trace_text(), "[{list,value,2,[{file,\"list.erl\"},{line,21}]}]");

    static const Term key[] __attribute__((aligned(16))) = {BRC_HEADER(BRC_TUPLE, 1), AM(cause)};
    at = brc_ctx_alloc(p, 8);
    at[0] = BRC_HEADER(BRC_FLATMAP, 2), at[1] = term_make_boxed(key), at[2] = AM(badtype);
    Term option = term_tuple2(at + 3, AM(error_info), term_make_boxed(at));
    Term options = term_cons(at + 6, option, BRC_NIL);
    brc_bif_erlang_error_3(p, AM(value), BRC_NIL, options);
    p->loc = &fn_b.at[1];
    p->sp = catch_at;
    enter(brc_code_raise, 0, 0, 0);
    cr_assert_str_eq(trace_text(), "[{list,value,[],[{file,\"list.erl\"},{line,21},{error_info,#{"
                                   "cause=>badtype}}]}]");
}

Test(raise, depth_is_eight_and_duplicates_count_once) {
    p->sp = p->stack_end - 2;
    for (int i = 0; i < 20; i++) {
        *--p->sp = (Term)(i & 1 ? cont_a : cont_unknown) + BRC_TAG_RETURN;
        *--p->sp = (Term)(i & 1 ? cont_a : cont_unknown) + BRC_TAG_RETURN;
    }
    p->sp[-1] = (Term)handler + BRC_TAG_CATCH, p->sp--;
    p->loc = &fn_b.at[1];
    enter(brc_code_error, AM(ok), 0, 0);
    int n = 0;
    for (Term t = brc_code_build_stacktrace(p, got[2]); term_is_cons(t); t = term_tail(t))
        n++;
    cr_assert_eq(n, 8);
    Term second = term_head(term_tail(brc_code_build_stacktrace(p, got[2])));
    Term third = term_head(term_tail(term_tail(brc_code_build_stacktrace(p, got[2]))));
    cr_assert_str_eq(show(second), "{list,count,1,[{file,\"list.erl\"},{line,10}]}");
    cr_assert_str_eq(show(third), "{list,value,2,[]}");
}

Test(raise, uncaught_ends_the_process) {
    *catch_at = BRC_NIL;
    p->loc = &fn_a.at[1];
    enter(brc_code_error, AM(value), 0, 0);
    cr_assert_eq(ended, 1);
    cr_assert_eq(got[1], AM(error));
    cr_assert_str_eq(show(got[0]),
                     "{value,[{list,count,1,[{file,\"list.erl\"},{line,11}]}," CALLERS "]}");
}

Test(raise, uncaught_throw_and_exit) {
    *catch_at = BRC_NIL;
    p->loc = &fn_a.at[1];
    brc_bif_erlang_throw_1(p, AM(value));
    enter(brc_code_raise, 0, 0, 0);
    cr_assert_eq(ended, 1);
    cr_assert_eq(got[1], AM(error));
    cr_assert_str_eq(show(got[0]), "{{nocatch,value},[{list,count,1,[{file,\"list.erl\"},{line,"
                                   "11}]}," CALLERS "]}");
    brc_bif_erlang_exit_1(p, AM(value));
    enter(brc_code_raise, 0, 0, 0);
    cr_assert_eq(got[0], AM(value));
    cr_assert_eq(got[1], AM(exit));
    enter(brc_code_process_end, 0, 0, 0);
    cr_assert_eq(got[0], AM(normal));
}

Test(raise, raising_again_keeps_the_trace) {
    p->loc = &fn_b.at[1];
    enter(brc_code_error, AM(value), 0, 0);
    Term raw = got[2];
    *catch_at = (Term)handler + BRC_TAG_CATCH;
    p->loc = &fn_a.at[1];
    cr_assert_eq(brc_code_raw_raise(p, AM(exit), AM(ok), raw), BRC_NONE);
    enter(brc_code_raise, 0, 0, 0);
    cr_assert_eq(got[0], AM(exit));
    cr_assert_eq(got[1], AM(ok));
    cr_assert_eq(got[2], raw);
    brc_code_reraise(p, raw, AM(nil));
    enter(brc_code_raise, 0, 0, 0);
    cr_assert_eq(got[0], AM(exit));
    cr_assert_eq(got[1], AM(nil));
    cr_assert_eq(brc_code_raw_raise(p, AM(ok), AM(ok), raw), AM(badarg));
    cr_assert_str_eq(show(brc_code_catch_value(p, AM(exit), AM(ok), raw)), "{EXIT,ok}");
    cr_assert_str_eq(show(brc_code_catch_value(p, AM(throw), AM(ok), raw)), "ok");
}

static Term list1(Term a) {
    return term_cons(brc_ctx_alloc(p, 2), a, BRC_NIL);
}

Test(raise, raise_3) {
    Term *at = brc_ctx_alloc(p, 4);
    Term mfa = term_tuple3(at, AM(list), AM(count), BRC_SMALL(1));
    cr_assert_eq(brc_bif_erlang_raise_3(p, AM(throw), AM(value), list1(mfa)), BRC_NONE);
    enter(brc_code_raise, 0, 0, 0);
    cr_assert_eq(got[0], AM(throw));
    cr_assert_str_eq(trace_text(), "[{list,count,1,[]}]");
    cr_assert_eq(brc_bif_erlang_raise_3(p, AM(ok), AM(value), BRC_NIL), AM(badarg));
    cr_assert_eq(brc_bif_erlang_raise_3(p, AM(error), AM(value), AM(ok)), AM(badarg));
    cr_assert_eq(brc_bif_erlang_raise_3(p, AM(error), AM(value), list1(AM(ok))), AM(badarg));
    at = brc_ctx_alloc(p, 5);
    at[0] = BRC_HEADER(BRC_TUPLE, 4), at[1] = AM(list), at[2] = AM(count), at[3] = BRC_NIL;
    at[4] = AM(ok);
    cr_assert_eq(brc_bif_erlang_raise_3(p, AM(error), AM(value), list1(term_make_boxed(at))),
                 AM(badarg));
    at[4] = BRC_NIL;
    Term given = list1(term_make_boxed(at));
    cr_assert_eq(brc_bif_erlang_raise_3(p, AM(error), AM(value), given), BRC_NONE);
    enter(brc_code_raise, 0, 0, 0);
    cr_assert_eq(brc_code_build_stacktrace(p, got[2]), given);
    Term many = BRC_NIL;
    for (int i = 0; i < 20; i++)
        many = term_cons(brc_ctx_alloc(p, 2), mfa, many);
    brc_bif_erlang_raise_3(p, AM(error), AM(value), many);
    enter(brc_code_raise, 0, 0, 0);
    cr_assert_eq(brc_term_list_length(brc_code_build_stacktrace(p, got[2])), 8);
}

/* ---- apply and funs ---- */

Test(raise, apply_reaches_exports) {
    enter(brc_code_apply, AM(list), AM(count), list1(BRC_SMALL(7)));
    cr_assert_eq(ended, 2);
    cr_assert_eq(got[0], BRC_SMALL(7));
    ended = 0; /* apply(erlang, apply, [process, count, [1,2,3]]) */
    Term args = BRC_NIL;
    for (int i = 3; i > 0; i--)
        args = term_cons(brc_ctx_alloc(p, 2), BRC_SMALL(i), args);
    Term *at = brc_ctx_alloc(p, 6);
    args =
        term_cons(at, AM(process), term_cons(at + 2, AM(count), term_cons(at + 4, args, BRC_NIL)));
    enter(brc_code_apply, AM(erlang), AM(apply), args);
    cr_assert_eq(ended, 2);
    cr_assert_eq(got[2], BRC_SMALL(3));
}

Test(raise, apply_fails_as_erl) {
    p->loc = NULL;
    enter(brc_code_apply, BRC_SMALL(1), AM(count), BRC_NIL);
    cr_assert_eq(got[1], AM(badarg));
    cr_assert_str_eq(
        trace_text(),
        "[{erlang,apply,[1,count,[]],[{error_info,#{module=>erl_erts_errors}}]}," CALLERS "]");
    enter(brc_code_apply, AM(list), AM(none), list1(AM(ok)));
    cr_assert_eq(got[1], AM(undef));
    enter(brc_code_apply, AM(list), AM(none), AM(ok));
    cr_assert_eq(got[1], AM(badarg));
    enter(brc_code_apply, AM(process), AM(none), list1(AM(ok)));
    cr_assert_eq(ended, 2);
    cr_assert_eq(got[0], AM(none));
    cr_assert_str_eq(show(got[1]), "[ok]");
}

Test(raise, apply_n) {
    p->live = 1;
    enter(brc_code_apply_n, BRC_SMALL(1), AM(list), AM(count));
    cr_assert_eq(ended, 2);
    p->loc = &fn_b.at[1];
    enter(brc_code_apply_n, BRC_SMALL(1), BRC_SMALL(2), AM(count));
    cr_assert_str_eq(trace_text(),
                     "[{erlang,apply,[2,count,[1]],[{error_info,#{module=>erl_erts_errors}}]},"
                     "{list,value,2,[{file,\"list.erl\"},{line,21}]}," CALLERS "]");
}

Test(raise, calls_of_funs) {
    Term *sp = p->sp;
    p->live = 1;
    p->loc = NULL;
    enter(brc_code_call_fun, BRC_SMALL(1), AM(ok), 0);
    cr_assert_str_eq(show(got[1]), "{badfun,ok}");
    cr_assert_str_eq(trace_text(), "[" CALLERS "]");
    Term fun = brc_bif_erlang_make_fun_3(p, AM(list), AM(count), BRC_SMALL(1));
    cr_assert_eq(term_fun_entry(fun),
                 term_fun_entry(brc_code_external_fun(p, AM(list), AM(count), 1)));
    enter(brc_code_call_fun, BRC_SMALL(1), fun, 0);
    cr_assert_eq(ended, 2);
    p->live = 2;
    enter(brc_code_call_fun, BRC_SMALL(1), BRC_SMALL(2), fun);
    cr_assert_str_eq(show(got[1]), "{badarity,{fun,[1,2]}}");
    fun = brc_bif_erlang_make_fun_3(p, AM(list), AM(none), BRC_SMALL(2));
    p->sp = sp;
    enter(term_fun_entry(fun)->code, BRC_SMALL(1), BRC_SMALL(2), fun);
    cr_assert_eq(got[1], AM(undef));
    cr_assert_str_eq(trace_text(), "[{list,none,[1,2],[]}," CALLERS "]");
    fun = brc_bif_erlang_make_fun_3(p, AM(list), AM(none), BRC_SMALL(200));
    p->x[200] = fun;
    enter(term_fun_entry(fun)->code, BRC_SMALL(1), BRC_SMALL(2), BRC_SMALL(3));
    cr_assert_eq(got[1], AM(undef));
}

Test(raise, apply_of_a_fun) {
    p->loc = NULL;
    enter(brc_code_apply_fun, AM(ok), BRC_NIL, 0);
    cr_assert_str_eq(show(got[1]), "{badfun,ok}");
    cr_assert_str_eq(trace_text(), "[{list,value,2,[{file,\"list.erl\"},{line,20}]}," CALLERS "]");
    p->loc = &brc_code_via_code;
    p->sp = catch_at;
    enter(brc_code_apply_fun, AM(ok), BRC_NIL, 0);
    cr_assert_str_eq(trace_text(), "[{erlang,apply,2,[]}]");
    p->loc = NULL;
    enter(brc_code_apply_fun, AM(ok), AM(nil), 0);
    cr_assert_str_eq(trace_text(),
                     "[{erlang,apply,[ok,nil],[{error_info,#{module=>erl_erts_errors}}]}]");
}

/* ---- other ways out ---- */

Test(raise, trap_wait_exit) {
    brc_ctx_trap(p, handler, 2);
    enter(brc_code_bif_fail, BRC_SMALL(8), BRC_SMALL(9), 0);
    cr_assert_eq(got[1], BRC_SMALL(9));
    cr_assert_eq(p->fail, BRC_FAIL_NO);
    brc_ctx_wait(p, handler, 2);
    enter(brc_code_bif_fail, 0, 0, 0);
    cr_assert_eq(p->fail, BRC_FAIL_WAIT);
    cr_assert_eq(p->resume, (Code *)handler);
    cr_assert_eq(p->live, 2);
    brc_ctx_exit(p, AM(killed));
    enter(brc_code_bif_fail, 0, 0, 0);
    cr_assert_eq(ended, 1);
    cr_assert_eq(got[0], AM(killed));
}

/* A due collection cuts the turn short; after it the turn goes on with what was left of it. */
Test(raise, yield_saves_and_collects) {
    p->reds = 100;
    Term *at = brc_ctx_alloc(p, 5000);
    for (int i = 0; i < 5000; i += 2)
        term_cons(at + i, BRC_SMALL(i), BRC_NIL);
    cr_assert(p->flags & BRC_PROC_GC_SOON);
    cr_assert_eq(p->reds, 0);
    p->live = 3;
    p->resume = handler;
    p->loc = NULL;
    enter(brc_code_yield, term_make_list(at), BRC_SMALL(1), BRC_SMALL(2));
    cr_assert_null(p->frags);
    cr_assert_eq(p->x[2], BRC_SMALL(2));
    cr_assert_eq(term_head(p->x[0]), BRC_SMALL(0));
    cr_assert_eq(p->reds, 100);
}

Test(raise, modules_and_functions) {
    Term list = AM(list);
    cr_assert_eq(brc_bif_erlang_function_exported_3(p, list, AM(count), BRC_SMALL(1)), AM(true));
    cr_assert_eq(brc_bif_erlang_function_exported_3(p, list, AM(count), BRC_SMALL(2)), AM(false));
    cr_assert_eq(brc_bif_erlang_function_exported_3(p, list, AM(count), BRC_NIL), BRC_NONE);
    cr_assert_eq(brc_bif_erlang_is_builtin_3(p, AM(erlang), AM(error), BRC_SMALL(1)), AM(true));
    cr_assert_eq(brc_bif_erlang_is_builtin_3(p, list, AM(count), BRC_SMALL(1)), AM(false));
    cr_assert_eq(brc_bif_erlang_module_loaded_1(p, list), AM(true));
    cr_assert_eq(brc_bif_erlang_module_loaded_1(p, AM(ok)), AM(false));
    cr_assert_str_eq(
        show(brc_bif_erlang_get_module_info_1(p, list)),
        "[{module,list},{exports,[{count,1}]},{attributes,[]},{compile,[]},{md5,<11>}]");
    cr_assert_eq(brc_bif_erlang_get_module_info_2(p, list, AM(ok)), BRC_NONE);
    Term fun = brc_code_external_fun(p, list, AM(count), 1);
    cr_assert_str_eq(show(brc_bif_erlang_fun_info_2(p, fun, AM(type))), "{type,external}");
    cr_assert_str_eq(show(brc_bif_erlang_fun_info_2(p, fun, AM(env))), "{env,[]}");
    cr_assert_str_eq(show(brc_bif_erlang_fun_info_2(p, fun, AM(pid))), "{pid,undefined}");
    cr_assert_str_eq(show(brc_bif_erlang_fun_info_2(p, fun, AM(uniq))), "{uniq,undefined}");
    cr_assert_eq(brc_bif_erlang_fun_info_2(p, fun, AM(ok)), BRC_NONE);
    cr_assert_str_eq(show(brc_bif_erlang_fun_info_mfa_1(p, fun)), "{list,count,1}");
}
