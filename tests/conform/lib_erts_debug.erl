%% erts_debug:set_internal_state/2: refused until made available.
-module(lib_erts_debug).
-export([main/0]).

main() ->
    t(fun() -> erts_debug:set_internal_state(reds_left, 10) end),
    t(fun() -> erts_debug:get_internal_state(reds_left) end),
    t(fun() -> erts_debug:set_internal_state(available_internal_state, true) end),
    t(fun() -> erts_debug:set_internal_state(available_internal_state, true) end),
    t(fun() -> erts_debug:set_internal_state(reds_left, 10) end),
    t(fun() -> is_integer(erts_debug:get_internal_state(reds_left)) end),
    t(fun() -> erts_debug:set_internal_state(available_internal_state, false) end),
    t(fun() -> erts_debug:set_internal_state(reds_left, 10) end),
    Sizes = erlang:system_info(heap_sizes),
    io:format("~p ~p~n", [lists:sublist(Sizes, 5), lists:last(Sizes) > 1 bsl 49]),
    ok.

t(F) ->
    try io:format("~p~n", [F()])
    catch C:R -> io:format("~p ~p~n", [C, R])
    end.
