%% Printed order of small maps' keys of all types; large maps sorted by the program first.
-module(map_print_order).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [#{b => 1, a => 2, c => 3}]),
    io:format("~w~n", [#{3 => a, 1 => b, 2 => c, 2.0 => d}]),
    io:format("~p~n", [#{id("z") => 1, "a" => 2, <<"b">> => 3, {c} => 4}]),
    io:format("~p~n", [#{{1, 2} => x, {1} => y, {} => z}]),
    io:format("~p~n", [#{[] => 1, [a] => 2, #{} => 3, #{a => 1} => 4}]),
    io:format("~p~n", [#{zebra => 1, apple => 2, 'Mango' => 3, '' => 4, 'a b' => 5}]),
    Later = list_to_atom("later_made_atom"), Earlier = list_to_atom("an_earlier_one"),
    io:format("~p~n", [#{Later => 1, Earlier => 2, main => 3}]),
    io:format("~p~n", [#{fun lists:map/2 => f, 1 bsl 70 => b, -(1 bsl 70) => n, 0.5 => h}]),
    io:format("~p~n", [maps:to_list(#{true => 1, false => 0, undefined => u, ok => o})]),
    io:format("~p~n", [lists:sort(maps:keys(maps:from_list([{N * 7919 rem 1000, N} || N <- lists:seq(1, 50)])))]),
    io:format("~p~n", [#{k => #{k => #{k => #{}}}}]),
    ok.

id(X) -> X.
