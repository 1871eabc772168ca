%% a file sent, whole and in part
-module(net_sendfile).
-export([main/0]).

main() ->
    Name = "/tmp/conform_net_sendfile_" ++ os:getpid(),
    ok = file:write_file(Name, [<<I:32>> || I <- lists:seq(1, 50000)]),
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    Me = self(),
    spawn_link(fun() -> {ok, S} = gen_tcp:accept(L), Me ! {all, all(S, [])} end),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, []),
    io:format("~p~n", [file:sendfile(Name, C)]),
    {ok, Fd} = file:open(Name, [read, raw, binary]),
    io:format("~p~n", [file:sendfile(Fd, C, 4, 8, [])]),
    io:format("~p~n", [file:sendfile(Fd, C, 199996, 100, [])]),
    io:format("~p~n", [file:sendfile(Fd, C, 300000, 100, [])]),
    ok = gen_tcp:send(C, "after"),
    gen_tcp:close(C),
    receive {all, B} -> io:format("~p ~p~n", [byte_size(B), erlang:md5(B)]) end,
    file:delete(Name),
    io:format("~p~n", [file:sendfile(Name, C)]).

all(S, Acc) ->
    case gen_tcp:recv(S, 0) of
        {ok, B} -> all(S, [B | Acc]);
        {error, closed} -> iolist_to_binary(lists:reverse(Acc))
    end.
