%% send_timeout and send_timeout_close: what the send says, what is sent later, what others hear
-module(net_send_limit).
-export([main/0]).

main() -> [backend(B) || B <- [inet, socket]].

backend(B) ->
    {ok, L} = gen_tcp:listen(0, [{inet_backend, B}, {ip, {127, 0, 0, 1}}, binary, {active, false}, {recbuf, 4096}]),
    {ok, P} = inet:port(L),
    [begin
         {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [{inet_backend, B}, binary, {active, A}, {sndbuf, 4096}, {send_timeout, 40} | O]),
         {ok, S} = gen_tcp:accept(L),
         R = fill(C, binary:copy(<<7>>, 4000000)),
         T = told(C),
         O2 = inet:getopts(C, [send_timeout, send_timeout_close, active]),
         R2 = case O2 of {ok, _} -> open; _ -> O2 end,
         R3 = case O of [{send_timeout_close, true}] -> [gen_tcp:send(C, "x"), gen_tcp:recv(C, 0)]; _ -> [fill(C, "y")] end,
         io:format("~0p ~0p ~0p: ~0p ~0p ~0p ~0p ~0p~n", [B, A, O, R, T, O2, R2, R3]),
         gen_tcp:close(S),
         gen_tcp:close(C),
         told(C)
     end || A <- [false, true], O <- [[], [{send_timeout_close, true}], [{send_timeout_close, true}, {delay_send, true}]],
            not (B =:= socket andalso lists:keymember(delay_send, 1, O))],
    gen_tcp:close(L).

fill(C, D) ->
    case gen_tcp:send(C, D) of
        ok -> fill(C, D);
        {error, {timeout, Rest}} when is_binary(Rest) -> {error, timeout_with_rest};
        E -> E
    end.

told(C) ->
    receive
        {tcp_closed, C} -> [closed | told(C)];
        {tcp_error, C, R} -> [R | told(C)]
    after 30 -> []
    end.
