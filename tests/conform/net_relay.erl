%% a relay between two connections, active once on both sides, with bytes in random pieces
-module(net_relay).
-export([main/0]).

main() ->
    rand:seed(exsss, {1, 2, 3}),
    O = [binary, {active, false}, {ip, {127, 0, 0, 1}}],
    {ok, Back} = gen_tcp:listen(0, O),
    {ok, Front} = gen_tcp:listen(0, O),
    {ok, PB} = inet:port(Back),
    {ok, PF} = inet:port(Front),
    spawn_link(fun() -> relays(Front, PB, O) end),
    spawn_link(fun() -> echoes(Back) end),
    Me = self(),
    Ps = [begin
              Data = rand:bytes(50000 * I),
              spawn_link(fun() -> Me ! {self(), client(PF, O, Data)} end)
          end || I <- lists:seq(1, 8)],
    io:format("~0p~n", [[receive {P, R} -> R after 20000 -> nothing end || P <- Ps]]).

client(P, O, Data) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    spawn_link(fun() -> pieces(C, Data), ok = gen_tcp:shutdown(C, write) end),
    D = all(C, []),
    gen_tcp:close(C),
    {byte_size(D), D =:= Data}.

pieces(_, <<>>) -> ok;
pieces(C, D) ->
    N = min(byte_size(D), rand:uniform(9000)),
    <<A:N/binary, B/binary>> = D,
    ok = gen_tcp:send(C, A),
    pieces(C, B).

all(C, A) ->
    case gen_tcp:recv(C, 0, 10000) of
        {ok, D} -> all(C, [A, D]);
        {error, closed} -> iolist_to_binary(A)
    end.

relays(L, P, O) ->
    {ok, S} = gen_tcp:accept(L),
    Pid = spawn(fun() ->
                        receive go -> ok end,
                        {ok, B} = gen_tcp:connect({127, 0, 0, 1}, P, O),
                        [ok = inet:setopts(X, [{active, once}, {exit_on_close, false}]) || X <- [S, B]],
                        relay(S, B, 0)
                end),
    ok = gen_tcp:controlling_process(S, Pid),
    Pid ! go,
    relays(L, P, O).

relay(A, B, 2) -> gen_tcp:close(A), gen_tcp:close(B);
relay(A, B, Ended) ->
    receive
        {tcp, A, D} -> ok = gen_tcp:send(B, D), inet:setopts(A, [{active, once}]), relay(A, B, Ended);
        {tcp, B, D} -> ok = gen_tcp:send(A, D), inet:setopts(B, [{active, once}]), relay(A, B, Ended);
        {tcp_closed, A} -> ok = gen_tcp:shutdown(B, write), relay(A, B, Ended + 1);
        {tcp_closed, B} -> ok = gen_tcp:shutdown(A, write), relay(A, B, Ended + 1)
    end.

echoes(L) ->
    {ok, S} = gen_tcp:accept(L),
    ok = inet:setopts(S, [{exit_on_close, false}]),
    Pid = spawn(fun() -> receive go -> echo(S) end end),
    ok = gen_tcp:controlling_process(S, Pid),
    Pid ! go,
    echoes(L).

echo(S) ->
    case gen_tcp:recv(S, 0) of
        {ok, D} -> ok = gen_tcp:send(S, D), echo(S);
        {error, closed} -> gen_tcp:close(S)
    end.
