%% many acceptors and connectors, some of which are killed, give up or close: nobody's connection is lost
-module(net_accept_races).
-export([main/0]).

main() -> [run(B) || B <- [inet, socket]].

run(B) ->
    O = [{inet_backend, B}, binary, {active, false}, {ip, {127, 0, 0, 1}}],
    {ok, L} = gen_tcp:listen(0, O ++ [{backlog, 200}]),
    {ok, P} = inet:port(L),
    Me = self(),
    %% Some wait for ever and are killed, some for a moment, the rest serve.
    Killed = [spawn(fun() -> gen_tcp:accept(L) end) || _ <- lists:seq(1, 10)],
    Short = [spawn(fun() -> R = gen_tcp:accept(L, I rem 5), Me ! {self(), R} end) || I <- lists:seq(1, 10)],
    timer:sleep(30),
    [exit(K, kill) || K <- Killed],
    [receive {S, R} -> {error, timeout} = R end || S <- Short],
    timer:sleep(20),
    Servers = [spawn_link(fun() -> serve(L) end) || _ <- lists:seq(1, 5)],
    Clients = [spawn_link(fun() -> Me ! {self(), client(P, O, I)} end) || I <- lists:seq(1, 100)],
    io:format("~0p ~0p~n", [B, lists:usort([receive {C, R} -> R after 10000 -> lost end || C <- Clients])]),
    [begin unlink(S), exit(S, kill) end || S <- Servers],
    gen_tcp:close(L).

serve(L) ->
    {ok, S} = gen_tcp:accept(L),
    case gen_tcp:recv(S, 2, 5000) of
        {ok, D} -> ok = gen_tcp:send(S, D);
        {error, closed} -> ok
    end,
    gen_tcp:close(S),
    serve(L).

client(P, O, I) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    R = case I rem 3 of
            0 -> ok;
            _ -> ok = gen_tcp:send(C, <<I:16>>), gen_tcp:recv(C, 2, 10000) =:= {ok, <<I:16>>}
        end,
    gen_tcp:close(C),
    R.
