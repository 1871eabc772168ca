%% options given by number: what is set and asked for, sizes that do not fit, what there is not
-module(net_raw_options).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {raw, 1, 2, <<1:32/native>>}, {raw, 1, 15, <<1:32/native>>}]),
    {ok, P} = inet:port(L),
    {ok, L2} = gen_tcp:listen(P, [{ip, {127, 0, 0, 1}}, {raw, 1, 15, <<1:32/native>>}]),
    gen_tcp:close(L2),
    io:format("~0p~n", [gen_tcp:listen(P, [{ip, {127, 0, 0, 1}}])]),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {raw, 6, 1, <<1:32/native>>}]),
    {ok, S} = gen_tcp:accept(L),
    io:format("~0p~n", [inet:getopts(C, [{raw, 6, 1, 4}, nodelay])]),
    Set = [{raw, 6, 1, <<0:32>>}, {raw, 6, 4, <<77:32/native>>}, {raw, 6, 5, <<5:32/native>>}, {raw, 6, 6, <<3:32/native>>}, {raw, 1, 9, <<1:32/native>>}, {raw, 0, 2, <<50:32/native>>},
           {raw, 6, 18, <<1500:32/native>>}],
    [io:format("~0p: ~0p ~0p~n", [O, inet:setopts(C, [O]), inet:getopts(C, [{raw, A, B, 4}])]) || {raw, A, B, _} = O <- Set],
    Bad = [{raw, 6, 1, <<>>}, {raw, 6, 1, <<1>>}, {raw, 77, 1, <<1:32>>}, {raw, 6, 9999, <<1:32>>}, {raw, -1, 1, <<1:32>>}, {raw, a, 1, <<1:32>>}, {raw, 6, 1, 4}, {raw, 6, 1, "abcd"}, {raw, 6, 1, <<1:3>>}],
    [io:format("~0p: ~0p~n", [O, try inet:setopts(C, [O]) catch E:R -> {E, R} end]) || O <- Bad],
    Ask = [{raw, 6, 1, 0}, {raw, 6, 1, 1}, {raw, 6, 1, 8}, {raw, 6, 1, <<9, 9, 9, 9>>}, {raw, 6, 1, <<>>}, {raw, 77, 1, 4}, {raw, 6, 9999, 4}, {raw, 6, 1, a}, {raw, a, 1, 4}, {raw, 6, 1, -1}, {raw, 1, 3, 4}, {raw, 1, 4, 4}, {raw, 1, 30, 4}],
    [io:format("~0p: ~0p ~0p~n", [O, try inet:getopts(C, [O]) catch E:R -> {E, R} end, try inet:getopts(L, [O]) catch E:R -> {E, R} end]) || O <- Ask],
    io:format("~0p~n", [inet:getopts(C, [{raw, 6, 1, 4}, {raw, 77, 1, 4}, active, {raw, 1, 9, 4}])]),
    io:format("~0p~n", [inet:getopts(C, [raw])]),
    {ok, U} = gen_udp:open(0, [{raw, 1, 2, <<1:32/native>>}]),
    io:format("~0p~n", [inet:getopts(U, [reuseaddr, {raw, 1, 2, 4}, {raw, 1, 3, 4}])]),
    [gen_tcp:close(X) || X <- [C, S, L]],
    io:format("~0p~n", [[inet:getopts(C, [{raw, 6, 1, 4}]), inet:setopts(C, [{raw, 6, 1, <<1:32>>}])]]).
