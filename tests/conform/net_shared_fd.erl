%% Two sockets on one descriptor: what comes is the later one's, whichever threads they live on.
-module(net_shared_fd).
-export([main/0]).

main() ->
    Heard = lists:append([turn(N) || N <- lists:seq(1, 40)]),
    io:format("~p ~p~n", [length(Heard), lists:usort(Heard)]).

turn(N) ->
    {ok, Sender} = gen_udp:open(0, [{ip, {127, 0, 0, 1}}]),
    First = holder(first, fun() -> gen_udp:open(0, [{ip, {127, 0, 0, 1}}, {active, true}]) end),
    {ok, Fd} = ask(First, fun prim_inet:getfd/1),
    {ok, Port} = ask(First, fun inet:port/1),
    Second = holder(second, fun() -> gen_udp:open(0, [{fd, Fd}, {active, true}]) end),
    {ok, Port} = ask(Second, fun inet:port/1),
    [ok = gen_udp:send(Sender, {127, 0, 0, 1}, Port, integer_to_list(N * K)) || K <- [1, 2, 3]],
    Heard = [receive {heard, Who, Text} when Text =:= W -> {Who, ok} after 2000 -> {nobody, W} end
             || K <- [1, 2, 3], W <- [integer_to_list(N * K)]],
    [ask(H, fun(S) -> gen_udp:close(S) end) || H <- [Second, First]],
    gen_udp:close(Sender),
    Heard.

%% A process that holds a socket.
holder(Name, Open) ->
    Main = self(),
    spawn_link(fun() -> {ok, S} = Open(), hold(Name, S, Main) end).

hold(Name, S, Main) ->
    receive
        {ask, F} -> Main ! {self(), F(S)}, hold(Name, S, Main);
        {udp, S, _, _, Text} -> Main ! {heard, Name, Text}, hold(Name, S, Main)
    end.

ask(Holder, F) ->
    Holder ! {ask, F},
    receive {Holder, Answer} -> Answer end.
