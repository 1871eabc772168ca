%% badarg from built-ins: the built-in as first frame with arguments and error_info.
-module(err_badarg).
-export([main/0, id/1]).

main() ->
    t(fun() -> hd(id([])) end),
    t(fun() -> tl(id(a)) end),
    t(fun() -> length(id([a | b])) end),
    t(fun() -> element(id(3), {a, b}) end),
    t(fun() -> setelement(id(0), {a, b}, c) end),
    t(fun() -> tuple_size(id(a)) end),
    t(fun() -> byte_size(id(a)) end),
    t(fun() -> list_to_atom(id([a])) end),
    t(fun() -> atom_to_list(id("x")) end),
    t(fun() -> list_to_integer(id("12x")) end),
    t(fun() -> integer_to_list(id(a)) end),
    t(fun() -> integer_to_list(1, id(99)) end),
    t(fun() -> list_to_binary(id([1, a])) end),
    t(fun() -> binary_to_list(id(x)) end),
    t(fun() -> list_to_tuple(id(x)) end),
    t(fun() -> tuple_to_list(id([])) end),
    t(fun() -> list_to_existing_atom(id("no_such_atom_at_all_here")) end),
    t(fun() -> binary_part(id(<<"abc">>), 2, 5) end),
    t(fun() -> split_binary(id(<<"abc">>), 4) end),
    t(fun() -> map_get(id(k), #{}) end),
    t(fun() -> map_size(id([])) end),
    t(fun() -> register(id(undefined), list_to_pid("<0.1.0>")) end),
    t(fun() -> id(no_such_name) ! hello end),
    t(fun() -> link(id(a)) end),
    t(fun() -> monitor(id(what), list_to_pid("<0.1.0>")) end),
    t(fun() -> spawn(id(1), f, []) end),
    t(fun() -> list_to_pid(id("x")) end),
    t(fun() -> float_to_list(id(1)) end),
    t(fun() -> list_to_float(id("1")) end),
    t(fun() -> binary_to_term(id(<<131, 255>>)) end),
    t(fun() -> iolist_to_binary(id([a])) end),
    t(fun() -> maps:get(k, id(#{})) end),
    t(fun() -> maps:put(k, v, id([])) end),
    t(fun() -> lists:reverse(id(a)) end),
    t(fun() -> lists:keyfind(a, id(0), []) end),
    t(fun() -> lists:member(a, id(b)) end),
    t(fun() -> binary:at(id(<<"abc">>), 3) end),
    t(fun() -> erlang:make_tuple(id(-1), a) end),
    t(fun() -> atom_to_binary(id(1)) end),
    t(fun() -> binary_to_atom(id(<<255>>), utf8) end),
    t(fun() -> erlang:fun_info(id(x), arity) end),
    t(fun() -> erlang:send_after(id(-1), nobody, m) end),
    t(fun() -> round(id(a)) end),
    ok.

id(X) -> X.
t(F) ->
    try F() of V -> io:format("ok ~p~n", [V])
    catch C:R:S -> io:format("~p ~p~n~p~n", [C, R, S])
    end.
