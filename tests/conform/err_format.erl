%% erl_error and error_info texts: how argument errors are explained.
-module(err_format).
-export([main/0, id/1]).

main() ->
    t(fun() -> element(id(5), {a}) end),
    t(fun() -> list_to_integer(id("x")) end),
    t(fun() -> lists:keyfind(a, id(z), []) end),
    t(fun() -> maps:get(a, id(b)) end),
    t(fun() -> binary:copy(id(1), 2) end),
    t(fun() -> length(id([1 | 2])) end),
    t(fun() -> id(unregistered_name) ! x end),
    t(fun() -> atom_to_list(id(1)) end),
    t(fun() -> io:format(id("~p ~p~n"), [id(1)]) end),
    t(fun() -> unicode:characters_to_binary(id([a])) end),
    ok.

id(X) -> X.
t(F) ->
    try F() of V -> io:format("ok ~p~n", [V])
    catch
        C:R:S ->
            [{M, Fn, A, Info} | _] = S,
            io:format("~p ~p~n", [C, R]),
            case proplists:get_value(error_info, Info) of
                undefined -> io:format("no info ~p~n", [{M, Fn}]);
                EI ->
                    Mod = maps:get(module, EI, M),
                    io:format("~p: ~p~n", [{M, Fn, length(A)}, Mod:format_error(R, S)])
            end
    end.
