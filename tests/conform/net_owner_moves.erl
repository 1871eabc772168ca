%% controlling_process: whose it is, what has come already, of sockets that are active, closed or not ours
-module(net_owner_moves).
-export([main/0]).

main() -> [backend(B) || B <- [inet, socket]], datagrams().

pair(B, A) ->
    O = [{inet_backend, B}, binary, {active, false}, {ip, {127, 0, 0, 1}}, {packet, 1}],
    {ok, L} = gen_tcp:listen(0, O),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, lists:keyreplace(active, 1, O, {active, A})),
    {ok, S} = gen_tcp:accept(L),
    gen_tcp:close(L),
    {C, S}.

keeper() -> spawn(fun loop/0).
loop() ->
    receive
        {do, From, F} -> From ! {self(), catch F()}, loop();
        {tell, From} -> From ! {self(), told()}, loop()
    end.
told() -> receive {tcp, _, D} -> [D | told()]; {tcp_closed, _} -> [closed | told()]; {udp, _, _, _, D} -> [D | told()] after 0 -> [] end.
does(Pid, F) -> Pid ! {do, self(), F}, receive {Pid, R} -> R after 2000 -> nothing end.
heard(Pid) -> Pid ! {tell, self()}, receive {Pid, R} -> R after 2000 -> nothing end.

backend(B) ->
    {C, S} = pair(B, true),
    K = keeper(),
    %% What came before is handed over, in order, and the mode is as it was.
    [ok = gen_tcp:send(S, D) || D <- ["one", "two", "three"]],
    wait(3),
    io:format("~0p ~0p~n", [B, [gen_tcp:controlling_process(C, K), inet:getopts(C, [active]), heard(K)]]),
    ok = gen_tcp:send(S, "four"),
    io:format("~0p~n", [until(K, 1)]),
    io:format("~0p~n", [[gen_tcp:controlling_process(C, self()), does(K, fun() -> gen_tcp:controlling_process(C, K) end)]]),
    Me = self(),
    io:format("~0p~n", [does(K, fun() -> gen_tcp:controlling_process(C, Me) end)]),
    io:format("~0p~n", [gen_tcp:controlling_process(C, self())]),
    Dead = spawn(fun() -> ok end),
    M = monitor(process, Dead),
    receive {'DOWN', M, _, _, _} -> ok end,
    B =:= inet andalso io:format("~0p~n", [[gen_tcp:controlling_process(S, Dead), element(1, inet:sockname(S))]]),
    io:format("~0p~n", [[try gen_tcp:controlling_process(X, Y) catch E:R -> {E, R} end || {X, Y} <- [{S, foo}, {foo, K}]]]),
    gen_tcp:close(C),
    io:format("~0p~n", [gen_tcp:controlling_process(C, K)]),
    %% The new owner ends: so does the socket.
    {C2, S2} = pair(B, false),
    ok = gen_tcp:controlling_process(S2, K),
    exit(K, kill),
    io:format("~0p~n", [gen_tcp:recv(C2, 0, 2000)]),
    gen_tcp:close(C2),
    %% Handed round many.
    {C3, S3} = pair(B, once),
    Ks = [keeper() || _ <- lists:seq(1, 20)],
    ok = gen_tcp:controlling_process(C3, hd(Ks)),
    [ok = does(X, fun() -> gen_tcp:controlling_process(C3, Y) end) || {X, Y} <- lists:zip(lists:droplast(Ks), tl(Ks))],
    ok = gen_tcp:send(S3, "round"),
    io:format("~0p~n", [until(lists:last(Ks), 1)]),
    gen_tcp:close(S),
    gen_tcp:close(S3),
    [exit(X, kill) || X <- Ks].

until(K, N) -> until(K, N, 200).
until(_, _, 0) -> nothing;
until(K, N, I) -> case heard(K) of [] -> timer:sleep(5), until(K, N, I - 1); L -> L end.

wait(N) -> case process_info(self(), message_queue_len) of {_, M} when M >= N -> ok; _ -> timer:sleep(2), wait(N) end.

datagrams() ->
    {ok, U} = gen_udp:open(0, [{ip, {127, 0, 0, 1}}, binary, {active, true}]),
    {ok, P} = inet:port(U),
    {ok, V} = gen_udp:open(0, [{ip, {127, 0, 0, 1}}]),
    [ok = gen_udp:send(V, {127, 0, 0, 1}, P, [X]) || X <- "ab"],
    wait(2),
    K = keeper(),
    io:format("~0p~n", [[gen_udp:controlling_process(U, K), heard(K), gen_udp:controlling_process(U, self())]]),
    exit(K, kill).
