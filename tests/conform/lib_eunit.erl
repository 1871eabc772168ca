%% eunit: tests that pass and fail, fixtures, output of a failing test
-module(lib_eunit).
-include_lib("eunit/include/eunit.hrl").
-export([main/0]).
main() -> R = eunit:test(?MODULE), io:format("~p~n", [R]).
a_test() -> ?assertEqual(3, 1 + 2).
b_test() -> ?assertEqual(4, plus(1, 2)).
c_test_() -> [?_assert(true), ?_assertMatch({ok, _}, {ok, 1}), {"named", ?_assertError(badarg, atom_to_list(plus(0, 1)))}].
d_test_() -> {setup, fun() -> 7 end, fun(_) -> ok end, fun(X) -> [?_assertEqual(7, X), {timeout, 5, ?_assertEqual(8, X)}] end}.
e_test_() -> {foreach, fun() -> ets:new(t, []) end, fun(T) -> ets:delete(T) end, [fun(T) -> ?_assertEqual([], ets:tab2list(T)) end]}.
f_test() -> io:format("some output~n"), exit(oops).
plus(A, B) -> A + B.
