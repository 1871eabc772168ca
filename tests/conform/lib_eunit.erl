%% eunit:test/1: tests are found by their names and run in the order of the source.
%% conform: separate
-module(lib_eunit).
-export([main/0]).
-include_lib("eunit/include/eunit.hrl").

main() ->
    io:format("~p~n", [eunit:test(?MODULE)]),
    io:format("~p~n", [eunit:test({"named", [?_assertEqual(1, id(1)), ?_assertNot(id(false))]})]).

id(X) -> X.

zeta_test() -> ?assertEqual(3, id(1) + id(2)).
bad_test() -> ?assertEqual(4, id(1) + id(2)).
alpha_test() -> ?assertException(error, badarith, 1 / id(0)).
err_test() -> error(oops).
match_test() -> ?assertMatch({ok, _}, id({error, 0})).
gen_test_() -> [?_assertEqual(N, id(N)) || N <- [1, 2, 3]].
setup_test_() ->
    {setup, fun() -> 5 end, fun(_) -> ok end,
     fun(X) -> [?_assert(X =:= 5), {"titled", ?_assert(X > 7)}] end}.
foreach_test_() ->
    {foreach, fun() -> put(k, v) end, fun(_) -> erase(k) end,
     [fun(_) -> ?_assertEqual(v, get(k)) end, fun(_) -> ?_assertEqual(undefined, get(k)) end]}.
slow_test_() -> {timeout, 0.1, fun() -> timer:sleep(infinity) end}.
par_test_() -> {inparallel, [fun() -> ok end, fun() -> id(ok) end]}.
out_test() -> io:format("shown ~p~n", [1]), exit(gone).
