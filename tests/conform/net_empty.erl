%% nothing at all, and parts of all kinds
-module(net_empty).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    io:format("~p~n", [[gen_tcp:send(C, X) || X <- ["", <<>>, [], [[], [<<>>]], [[[]]]]]]),
    io:format("~p~n", [gen_tcp:recv(S, 0, 20)]),
    Big = binary:copy(<<"0123456789">>, 100),
    <<_:3, Odd:800/bits, _/bits>> = Big,
    Parts = [[], "a", <<"b">>, [$c | <<"tail">>], binary:part(Big, 3, 500), [[[[Odd]]]], [X || X <- lists:seq($a, $z)],
             [Big || _ <- lists:seq(1, 100)], lists:foldl(fun(_, A) -> [A] end, "deep", lists:seq(1, 100))],
    spawn_link(fun() -> ok = gen_tcp:send(C, Parts), receive stop -> ok end end),
    Flat = iolist_to_binary(Parts),
    {ok, Got} = gen_tcp:recv(S, byte_size(Flat)),
    io:format("~p ~p~n", [byte_size(Got), Got =:= Flat]),
    io:format("~p~n", [[gen_tcp:send(C, X) || X <- [foo, [256], [-1], [a | b], <<1:3>>, {1}, [<<1:1>>], "\x{400}"]]]),
    io:format("~p~n", [gen_tcp:recv(S, 0, 20)]),
    ok = gen_tcp:send(C, "still there"),
    io:format("~p~n", [gen_tcp:recv(S, 11)]).
