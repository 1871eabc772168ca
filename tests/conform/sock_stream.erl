%% module socket: connections, in all ways to wait, partial data, closes, what info tells
-module(sock_stream).
-export([main/0]).

main() ->
    {L, A} = listen(),
    {ok, C} = socket:open(inet, stream, tcp),
    ok = socket:connect(C, A),
    {ok, S} = socket:accept(L),
    show(plain, [socket:send(S, "hello"), socket:recv(C, 3), socket:recv(C, 2)]),
    show(iolist, [socket:send(S, [<<"a">>, "b", [$c]]), socket:recv(C)]),
    ok = socket:send(S, "partial"),
    show(timeout, [socket:recv(C, 20, 50), socket:recv(C, 1, 0), socket:recv(C, 0, 0)]),
    nowait(C, S),
    handles(C, S),
    show(peek, [socket:send(S, "peek"), socket:recv(C, 4, [peek]), socket:recv(C, 4)]),
    show(recvmsg, [socket:send(S, "message"), socket:recvmsg(C)]),
    show(recvfrom, [socket:send(S, "from"), element(1, socket:recvfrom(C))]),
    show(sendmsg, [socket:sendmsg(S, #{iov => [<<"one">>, <<"two">>]}), socket:recv(C, 6)]),
    big(C, S),
    busy(C, S),
    show(names, [socket:peername(C) =:= {ok, A}, socket:sockname(S) =:= {ok, A}]),
    show(wrong, [socket:connect(C, A), socket:listen(C), socket:bind(C, A)]),
    I = socket:info(L),
    show(info, [maps:with([domain, type, protocol, rstates, num_acceptors], I), maps:get(owner, I) =:= self()]),
    show(shutdown, [socket:shutdown(S, write), socket:recv(C), socket:send(C, "back"), socket:recv(S)]),
    show(close, [socket:close(S), socket:close(S), socket:send(S, "x"), socket:recv(S), socket:sockname(S)]),
    show(closed, [socket:close(C), socket:recv(C, 0, nowait), maps:get(rstates, socket:info(C))]),
    show(listener, [socket:close(L), socket:accept(L)]),
    waiting().

show(What, Results) -> io:format("~p: ~p~n", [What, Results]).

listen() ->
    {ok, L} = socket:open(inet, stream, tcp),
    ok = socket:bind(L, #{family => inet, addr => loopback, port => 0}),
    ok = socket:listen(L, 5),
    {ok, A} = socket:sockname(L),
    {L, A}.

nowait(C, S) ->
    {select, {select_info, recv, Handle} = Info} = socket:recv(C, 0, nowait),
    show(cancel, [socket:cancel(C, Info), socket:cancel(C, Info) =:= {error, {invalid, Info}}]),
    {select, {select_info, recv, Handle2}} = socket:recv(C, 0, nowait),
    ok = socket:send(S, "later"),
    receive {'$socket', C, select, Handle2} -> show(told, [Handle =/= Handle2, socket:recv(C, 0, nowait)]) end.

handles(C, S) ->
    Ref = make_ref(),
    {select, {select_info, recv, Ref}} = socket:recv(C, 10, Ref),
    ok = socket:send(S, "12345"),
    receive {'$socket', C, select, Ref} -> ok end,
    {select, {{select_info, recv, Ref}, Part}} = socket:recv(C, 10, Ref),
    ok = socket:send(S, "67890"),
    receive {'$socket', C, select, Ref} -> ok end,
    show(parts, [Part, socket:recv(C, 5, Ref)]).

big(C, S) ->
    B = binary:copy(<<"0123456789">>, 300000),
    Me = self(),
    spawn_link(fun() -> Me ! {sent, socket:send(S, B)} end),
    {ok, Got} = socket:recv(C, byte_size(B)),
    receive {sent, R} -> show(big, [R, Got =:= B]) end.

%% The other end does not read: what fits goes, the rest waits.
busy(C, S) ->
    B = binary:copy(<<0>>, 20000000),
    {select, {Info, Rest}} = socket:send(S, B, nowait),
    Sent = byte_size(B) - byte_size(Rest),
    show(busy, [Sent > 0, socket:cancel(S, Info)]),
    {ok, Got} = socket:recv(C, Sent),
    show(drained, [byte_size(Got) =:= Sent, socket:recv(C, 1, 0)]).

%% Others that wait: in turn, and when it is closed.
waiting() ->
    {L, A} = listen(),
    Me = self(),
    [spawn_link(fun() -> Me ! {self(), element(1, socket:accept(L)), accepted} end) || _ <- [1, 2, 3]],
    {ok, C} = socket:open(inet, stream, tcp),
    ok = socket:connect(C, A),
    receive {_, ok, accepted} -> show(first, [accepted]) end,
    wait_for(L, num_acceptors, 2),
    ok = socket:close(L),
    show(rest, [receive {_, R, accepted} -> R after 5000 -> nothing end || _ <- [1, 2]]),
    {ok, D} = socket:open(inet, stream, tcp),
    show(refused, [socket:connect(D, A), socket:close(D), socket:close(C)]).

wait_for(L, Key, N) ->
    case maps:get(Key, socket:info(L)) of
        N -> ok;
        _ -> timer:sleep(5), wait_for(L, Key, N)
    end.
