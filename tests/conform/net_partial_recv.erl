%% recv of fewer and of more bytes than come at once; what is left over stays, over changes of mode too
-module(net_partial_recv).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = gen_tcp:send(C, <<"abcdefghij">>),
    show(few, [gen_tcp:recv(S, N) || N <- [1, 2, 3]]),
    show(rest, gen_tcp:recv(S, 4)),
    show(none, gen_tcp:recv(S, 1, 0)),
    show(none_ms, gen_tcp:recv(S, 1, 10)),
    ok = gen_tcp:send(C, <<"12345">>),
    show(too_few, gen_tcp:recv(S, 6, 30)),
    show(still, gen_tcp:recv(S, 5, 1000)),
    ok = gen_tcp:send(C, <<"12345">>),
    show(too_few2, gen_tcp:recv(S, 20000, 30)),
    ok = gen_tcp:send(C, binary:copy(<<"x">>, 19995)),
    {ok, B} = gen_tcp:recv(S, 20000),
    show(big, {byte_size(B), binary:part(B, 0, 7)}),
    %% Bytes of a part that timed out are delivered whole when the mode changes.
    ok = gen_tcp:send(C, <<"left">>),
    show(part, gen_tcp:recv(S, 5, 30)),
    ok = inet:setopts(S, [{active, once}]),
    receive {tcp, S, D} -> show(once, D) after 1000 -> show(once, nothing) end,
    show(mode, inet:getopts(S, [active])),
    ok = gen_tcp:send(C, <<"left">>),
    show(part, gen_tcp:recv(S, 5, 30)),
    ok = inet:setopts(S, [{packet, 1}]),
    ok = gen_tcp:send(C, lists:duplicate($l - 3, $z)),
    {ok, Q} = gen_tcp:recv(S, 0, 2000),
    show(as_packet, {byte_size(Q), binary:part(Q, 0, 4)}),
    ok = inet:setopts(S, [{packet, raw}, {mode, list}]),
    ok = gen_tcp:send(C, <<"list">>),
    show(list, [gen_tcp:recv(S, 3), gen_tcp:recv(S, 0)]),
    ok = gen_tcp:send(C, <<"end">>),
    ok = gen_tcp:close(C),
    show(at_end, [gen_tcp:recv(S, 4, 1000), gen_tcp:recv(S, 0, 1000), gen_tcp:recv(S, 3, 1000)]),
    show(too_long, [gen_tcp:recv(L, 0), catch gen_tcp:recv(S, -1), catch gen_tcp:recv(S, 16#4000001)]),
    show(bad, [catch gen_tcp:recv(S, 0, -1), catch gen_tcp:recv(S, a)]).

show(What, R) -> io:format("~p: ~p~n", [What, plain(R)]).

plain({'EXIT', {R, _}}) -> {'EXIT', R};
plain(L) when is_list(L) -> [plain(X) || X <- L];
plain(X) -> X.
