%% system_limit: too large atoms, tuples, integers, binaries.
-module(err_system_limit).
-export([main/0, id/1]).

main() ->
    t(fun() -> list_to_atom(lists:duplicate(256, $a)) end),
    t(fun() -> length(atom_to_list(list_to_atom(lists:duplicate(255, $a)))) end),
    t(fun() -> length(atom_to_list(list_to_atom(lists:duplicate(255, 8364)))) end),
    t(fun() -> binary_to_atom(binary:copy(<<"b">>, 256)) end),
    t(fun() -> erlang:make_tuple(id(1 bsl 24), a) end),
    t(fun() -> tuple_size(erlang:make_tuple(id(100000), a)) end),
    t(fun() -> 1 bsl id(1 bsl 62) end),
    t(fun() -> id(1) bsl id(1 bsl 70) end),
    Most = ((id(1) bsl 33554367 - 1) bsl 1) + 1,
    t(fun() -> Most + 1 end),
    t(fun() -> -Most - 1 end),
    t(fun() -> Most + Most end),
    t(fun() -> 2 * Most end),
    t(fun() -> <<0:(id(1 bsl 70))>> end),
    t(fun() -> atomics:new(id(1 bsl 64), []) end),
    t(fun() -> atomics:new(id(1 bsl 64), [bad]) end),
    t(fun() -> atomics:new(id(-(1 bsl 64)), []) end),
    t(fun() -> counters:new(id(1 bsl 64), []) end),
    t(fun() -> counters:new(id(1 bsl 64), [write_concurrency]) end),
    t(fun() -> counters:new(id(-(1 bsl 64)), [write_concurrency]) end),
    t(fun() -> list_to_atom(id([0])) end),
    t(fun() -> apply(?MODULE, id, lists:seq(1, 256)) end),
    ok.

id(X) -> X.
t(F) ->
    try F() of V -> io:format("ok ~p~n", [V])
    catch C:R:S -> io:format("~p ~p ~p~n", [C, R, [{M, Fn, if is_list(A) -> length(A); true -> A end} || {M, Fn, A, _} <- S, M =:= ?MODULE]])
    end.
