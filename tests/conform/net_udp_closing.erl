%% datagram sockets that end while somebody waits; owners that end; many at a time
-module(net_udp_closing).
-export([main/0]).

main() -> [backend(B) || B <- [inet, socket]], many().

backend(B) ->
    O = [{inet_backend, B}, {ip, {127, 0, 0, 1}}, binary, {active, false}],
    Me = self(),
    {ok, U} = gen_udp:open(0, O),
    Pid = spawn_link(fun() -> Me ! ready, Me ! {self(), gen_udp:recv(U, 0)} end),
    receive ready -> timer:sleep(20) end,
    B =:= inet andalso io:format("~0p~n", [gen_udp:recv(U, 0, 10)]),
    ok = gen_udp:close(U),
    io:format("~0p~n", [receive {Pid, R} -> R after 1000 -> nothing end]),
    {ok, V} = gen_udp:open(0, O),
    M = inet:monitor(V),
    Owner = spawn(fun() -> receive die -> ok end end),
    ok = gen_udp:controlling_process(V, Owner),
    Owner ! die,
    io:format("~0p~n", [receive {'DOWN', M, _, _, Why} -> Why after 1000 -> nothing end]),
    %% The process behind a socket of module socket may end while it is asked.
    B =:= inet andalso io:format("~0p~n", [gen_udp:recv(V, 0, 10)]).

many() ->
    {ok, U} = gen_udp:open(0, [{ip, {127, 0, 0, 1}}, binary, {active, true}, {recbuf, 1000000}]),
    {ok, P} = inet:port(U),
    Me = self(),
    Pids = [spawn_link(fun() ->
                               {ok, S} = gen_udp:open(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
                               ok = gen_udp:send(S, {127, 0, 0, 1}, P, <<I:16>>),
                               {ok, {_, P, D}} = gen_udp:recv(S, 0, 20000),
                               gen_udp:close(S),
                               Me ! {self(), D =:= <<I:16, "!">>}
                       end) || I <- lists:seq(1, 200)],
    [receive {udp, U, A, Port, D} -> ok = gen_udp:send(U, A, Port, <<D/binary, "!">>) end || _ <- Pids],
    io:format("~0p~n", [lists:usort([receive {Pid, R} -> R end || Pid <- Pids])]).
