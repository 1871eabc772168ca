%% packet line: lengths around the buffer, delimiters, ends without one, switches in the middle
-module(net_lines).
-export([main/0]).

main() -> [backend(B) || B <- [inet, socket]].

backend(Backend) ->
    {ok, L} = gen_tcp:listen(0, [{inet_backend, Backend}, {ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    [io:format("~0p ~0p ~0p: ~0p~n", [Backend, O, size_of(B), [passive(Backend, L, P, O, B), active(Backend, L, P, O, B)]])
     || {O, B} <- cases(Backend)],
    gen_tcp:close(L).

size_of(B) -> byte_size(iolist_to_binary(B)).

%% Lines longer than the buffer are cut as they come in: only what comes at once is determined.
cases(B) ->
    [{[], "a\nb\n\nc"}, {[], "\n"}, {[], "a\r\nb\r"}, {[], ""},
     {[{line_delimiter, 0}], [<<"a", 0, "b\n", 0, "c">>]}, {[{line_delimiter, 255}], [<<"a", 255, 255>>]},
     {[{line_delimiter, $a}], "banana"}, {[{packet_size, 3}], "abc\nde\n"},
     {[{packet_size, 4}], "abc\nabcd\nab\n"}]
    ++ [{[{buffer, N}], "12345678\n1234567\n123456\n"} || B =:= inet, N <- [100]]
    ++ [{[{recbuf, 20000}, {buffer, 20000}], [binary:copy(<<"l">>, N), "\nnext\n"]} || N <- [1459, 1460, 1461, 8191, 8192, 16000]].

pair(B, L, P, O) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [{inet_backend, B}, binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = inet:setopts(S, [{packet, line} | O]),
    {C, S}.

passive(B, L, P, O, D) ->
    {C, S} = pair(B, L, P, O),
    ok = gen_tcp:send(C, D),
    ok = gen_tcp:shutdown(C, write),
    R = take(S),
    gen_tcp:close(S),
    gen_tcp:close(C),
    R.

take(S) ->
    case gen_tcp:recv(S, 0, 2000) of
        {ok, D} -> [short(D) | take(S)];
        Error -> [Error]
    end.

active(B, L, P, O, D) ->
    {C, S} = pair(B, L, P, O),
    ok = gen_tcp:send(C, D),
    ok = gen_tcp:shutdown(C, write),
    ok = inet:setopts(S, [{active, true}]),
    R = told(S, 2000),
    gen_tcp:close(S),
    gen_tcp:close(C),
    R.

told(S, Wait) ->
    receive
        {tcp_closed, S} -> [closed];
        {tcp_error, S, R} -> [{error, R} | told(S, 100)];
        {tcp, S, D} -> [short(D) | told(S, Wait)]
    after Wait -> [nothing]
    end.

short(D) when byte_size(D) < 12 -> D;
short(D) -> {byte_size(D), binary:last(D)}.
