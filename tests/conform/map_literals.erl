%% Maps of more than 32 keys as literals: alone, nested, in patterns and guards.
-module(map_literals).
-export([main/0, id/1]).

id(X) -> X.

main() ->
    M = large(),
    io:format("~p ~p~n", [map_size(M), lists:sum([K || K <- maps:keys(M), is_integer(K)])]),
    #{10 := a0, "45" := "d5", {["06"]} := "16"} = M,
    io:format("~p~n", [[maps:get(K, M, none) || K <- [11, 21, "41", <<"51">>, {["01"]}, 99]]]),
    io:format("~p~n", [map_size(id(M#{10 := other, 99 => new}))]),
    {Name, #{inner := In}, Rest} = id({nested, #{inner => large(), x => 1}, [large()]}),
    io:format("~p ~p ~p~n", [Name, In =:= M, Rest =:= [M]]),
    io:format("~p~n", [is(M, large())]),
    io:format("~p~n", [lists:sort(maps:values(maps:filter(fun(K, _) -> is_binary(K) end, M)))]),

    E = id(#{}),
    io:format("~p~n", [[catch key(fun() -> E#{42.0 := v, 42 := w} end),
                        catch key(fun() -> E#{"s" := v, {t} := w, 7 := x} end),
                        catch key(fun() -> M#{10 := v, <<"no">> := w, "no" := x} end)]]).

key(F) -> try F() catch error:{badkey, K} -> K end.

is(M, M) -> same;
is(_, _) -> other.

large() ->
    #{10 => a0, 20 => b0, 30 => "c0", "40" => "d0", <<"50">> => "e0", {["00"]} => "10",
      11 => a1, 21 => b1, 31 => "c1", "41" => "d1", <<"51">> => "e1", {["01"]} => "11",
      12 => a2, 22 => b2, 32 => "c2", "42" => "d2", <<"52">> => "e2", {["02"]} => "12",
      13 => a3, 23 => b3, 33 => "c3", "43" => "d3", <<"53">> => "e3", {["03"]} => "13",
      14 => a4, 24 => b4, 34 => "c4", "44" => "d4", <<"54">> => "e4", {["04"]} => "14",
      15 => a5, 25 => b5, 35 => "c5", "45" => "d5", <<"55">> => "e5", {["05"]} => "15",
      16 => a6, 26 => b6, 36 => "c6", "46" => "d6", <<"56">> => "e6", {["06"]} => "16"}.
