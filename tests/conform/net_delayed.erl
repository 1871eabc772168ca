%% delay_send: order, sizes, closes and shutdowns with something still to be sent
-module(net_delayed).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    [io:format("~0p ~0p: ~0p~n", [K, W, one(L, P, K, W)]) || K <- [raw, 1, 4, line], W <- [close, shutdown, owner, port_close, exit]].

one(L, P, K, W) ->
    Me = self(),
    Owner = spawn(fun() ->
                          {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {packet, K}, {delay_send, true}]),
                          [ok = gen_tcp:send(C, [integer_to_list(I), $,]) || I <- lists:seq(1, 300)],
                          case W of
                              close -> ok = gen_tcp:close(C);
                              shutdown -> ok = gen_tcp:shutdown(C, write);
                              port_close -> port_close(C);
                              exit -> exit(C, kill);
                              owner -> ok
                          end,
                          W =:= owner orelse (Me ! {self(), done}),
                          W =:= owner orelse receive never -> ok end
                  end),
    {ok, S} = gen_tcp:accept(L),
    D = all(S, <<>>),
    W =:= owner orelse receive {Owner, done} -> exit(Owner, kill) end,
    gen_tcp:close(S),
    {byte_size(D), erlang:phash2(D)}.

all(S, A) ->
    case gen_tcp:recv(S, 0, 3000) of
        {ok, D} -> all(S, <<A/binary, D/binary>>);
        {error, closed} -> A;
        E -> {E, A}
    end.
