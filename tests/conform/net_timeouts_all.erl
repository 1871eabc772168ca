%% limits of time of connect, accept and recv: zero, short, bad; what arrives after one
-module(net_timeouts_all).
-export([main/0]).

main() -> [backend(B) || B <- [inet, socket]].

backend(B) ->
    O = [{inet_backend, B}, binary, {active, false}, {ip, {127, 0, 0, 1}}],
    {ok, L} = gen_tcp:listen(0, O),
    {ok, P} = inet:port(L),
    io:format("~0p ~0p~n", [B, [gen_tcp:accept(L, T) || T <- [0, 1, 10]]]),
    io:format("~0p~n", [[e(fun() -> gen_tcp:accept(L, T) end) || T <- [a, 1.0]]]),
    io:format("~0p~n", [[e(fun() -> gen_tcp:connect({127, 0, 0, 1}, P, O, T) end) || T <- [a, 1.0]]]),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, O, 5000),
    {ok, S} = gen_tcp:accept(L, 5000),
    io:format("~0p~n", [[gen_tcp:recv(S, N, T) || N <- [0, 1], T <- [0, 1, 10]]]),
    B =:= inet andalso io:format("~0p~n", [[e(fun() -> gen_tcp:recv(S, 0, T) end) || T <- [a, 1.0]]]),
    ok = gen_tcp:send(C, "late"),
    io:format("~0p~n", [gen_tcp:recv(S, 4, 1000)]),
    %% A second receive while one waits; the first is not disturbed.
    Me = self(),
    Pid = spawn_link(fun() -> Me ! ready, Me ! {self(), gen_tcp:recv(S, 0, 2000)} end),
    receive ready -> timer:sleep(20) end,
    case B of inet -> io:format("~0p~n", [gen_tcp:recv(S, 0, 10)]); socket -> ok end,
    ok = gen_tcp:send(C, "first"),
    io:format("~0p~n", [receive {Pid, R} -> R end]),
    %% Of several acceptors the ones whose time is over go, the others stay.
    As = [spawn_link(fun() -> Me ! {acc, T, case gen_tcp:accept(L, T) of {ok, A} -> gen_tcp:close(A), ok; E -> E end} end) || T <- [20, 60, 5000]],
    io:format("~0p~n", [[receive {acc, T, X} -> X end || T <- [20, 60]]]),
    {ok, C2} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    io:format("~0p~n", [receive {acc, 5000, X} -> X after 3000 -> nothing end]),
    %% An acceptor that is killed takes no connection with it.
    A2 = spawn(fun() -> Me ! waiting, gen_tcp:accept(L) end),
    receive waiting -> timer:sleep(20) end,
    exit(A2, kill),
    timer:sleep(20),
    {ok, C3} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    {ok, S3} = gen_tcp:accept(L, 2000),
    ok = gen_tcp:send(C3, "mine"),
    io:format("~0p ~0p~n", [gen_tcp:recv(S3, 4, 1000), length(As)]),
    [gen_tcp:close(X) || X <- [C, S, C2, C3, S3, L]].

e(F) -> try F() of {ok, _} -> ok; R -> R catch C:R -> {C, R} end.
