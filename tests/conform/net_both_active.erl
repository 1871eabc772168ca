%% both ends active, each answers what it gets; many rounds, several pairs at a time
-module(net_both_active).
-export([main/0]).

main() ->
    Me = self(),
    Cases = [{B, A, K} || B <- [inet, socket], A <- [true, once, 3], K <- [2, line]],
    Pids = [spawn_link(fun() -> Me ! {self(), pair(B, A, K)} end) || {B, A, K} <- Cases],
    [receive {Pid, R} -> io:format("~0p: ~0p~n", [C, R]) end || {C, Pid} <- lists:zip(Cases, Pids)].

pair(B, A, K) ->
    O = [{inet_backend, B}, binary, {active, false}, {ip, {127, 0, 0, 1}}, {packet, K}, {nodelay, true}],
    {ok, L} = gen_tcp:listen(0, O),
    {ok, P} = inet:port(L),
    Me = self(),
    Other = spawn_link(fun() ->
                               {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, O),
                               ok = inet:setopts(C, [{active, A}]),
                               ok = gen_tcp:send(C, message(0, K)),
                               Me ! {other, loop(C, A, K, [])}
                       end),
    {ok, S} = gen_tcp:accept(L),
    ok = inet:setopts(S, [{active, A}]),
    Mine = loop(S, A, K, []),
    R = receive {other, X} -> X end,
    false = Other =:= self(),
    {length(Mine), length(R), erlang:phash2(Mine), erlang:phash2(R)}.

message(N, line) -> [integer_to_list(N), lists:duplicate(N, $x), $\n];
message(N, _) -> [integer_to_list(N), lists:duplicate(N, $x)].

loop(S, A, K, Acc) ->
    receive
        {tcp, S, D} ->
            A =:= once andalso inet:setopts(S, [{active, once}]),
            {N, _} = string:to_integer(binary_to_list(D)),
            case N of
                100 -> gen_tcp:close(S), lists:reverse(Acc, [D]);
                _ -> ok = gen_tcp:send(S, message(N + 1, K)), loop(S, A, K, [D | Acc])
            end;
        {tcp_passive, S} -> inet:setopts(S, [{active, A}]), loop(S, A, K, Acc);
        {tcp_closed, S} -> lists:reverse(Acc)
    after 10000 -> {stuck, Acc}
    end.
