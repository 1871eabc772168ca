%% Calls of a gen_server, by one client and by four at a time.
-module(gen_calls).
-behaviour(gen_server).
-export([main/1, init/1, handle_call/3, handle_cast/2]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 300000 end,
    Start = erlang:monotonic_time(microsecond),
    {ok, Server} = gen_server:start_link(?MODULE, 0, []),
    One = calls(Server, N, 0),
    Clients = [spawn_monitor(fun() -> calls(Server, N div 8, 0) end) || _ <- lists:seq(1, 4)],
    [receive {'DOWN', Ref, process, _, normal} -> ok end || {_, Ref} <- Clients],
    Result = {One, gen_server:call(Server, {add, 0})},
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

calls(_, 0, Last) -> Last;
calls(Server, N, _) -> calls(Server, N - 1, gen_server:call(Server, {add, N band 3})).

init(Sum) -> {ok, Sum}.
handle_call({add, N}, _From, Sum) -> {reply, Sum + N, Sum + N}.
handle_cast(_, Sum) -> {noreply, Sum}.
