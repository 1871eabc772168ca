%% throw, exit and error with every shape of reason; nocatch; error/2 and error/3.
-module(err_classes).
-export([main/0, id/1, erring/2]).

main() ->
    t(fun() -> throw(id(x)) end),
    t(fun() -> throw({id(a), "list", [1 | 2]}) end),
    t(fun() -> exit(id(normal)) end),
    t(fun() -> exit({shutdown, id(why)}) end),
    t(fun() -> error(id(my_reason)) end),
    t(fun() -> erlang:error(id(my_reason), [arg1, "arg2"]) end),
    t(fun() -> erlang:error(id(my_reason), none) end),
    t(fun() -> erlang:error(id(my_reason), [a], [{error_info, #{cause => c}}]) end),
    t(fun() -> erring(1, {2}) end),
    t(fun() -> erlang:error(id({badmatch, fake})) end),
    t(fun() -> erlang:error(id(badarg), [x, y]) end),
    t(fun() -> erlang:exit(id(1)) end),
    t(fun() -> erlang:throw(id(1.5)) end),
    {_, Ref} = spawn_monitor(fun() -> throw(uncaught) end),
    receive {'DOWN', Ref, _, _, {R, S}} -> io:format("~p ~p~n", [R, S]) end,
    {_, Ref2} = spawn_monitor(fun() -> {error, deep(3)} end),
    receive {'DOWN', Ref2, _, _, {R2, S2}} -> io:format("~p ~p~n", [R2, S2]) end,
    {_, Ref3} = spawn_monitor(fun() -> exit(just_exit) end),
    receive {'DOWN', Ref3, _, _, R3} -> io:format("~p~n", [R3]) end,
    {_, Ref4} = spawn_monitor(lists, map, [a, b]),
    receive {'DOWN', Ref4, _, _, R4} -> io:format("~p~n", [R4]) end,
    {_, Ref5} = spawn_monitor(no_such_module, f, [1]),
    receive {'DOWN', Ref5, _, _, R5} -> io:format("~p~n", [R5]) end,
    io:format("~p~n", [catch throw(t)]),
    io:format("~p~n", [catch exit(e)]),
    io:format("~p~n", [element(1, catch error(err))]),
    ok.

id(X) -> X.
erring(_, _) -> erlang:error(in_function, [1, {2}]).
deep(0) -> error({bottom, "of it"});
deep(N) -> {deep(N - 1)}.

t(F) ->
    try F() of V -> io:format("ok ~p~n", [V])
    catch C:R:S -> io:format("~p ~p~n~p~n", [C, R, S])
    end.
