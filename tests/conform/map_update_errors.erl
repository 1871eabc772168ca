-module(map_update_errors).
-export([main/0]).

%% badmap and badkey of the syntax and of the functions.
main() ->
    Ms = [#{}, #{a => 1}, #{b => 2}, #{1 => x, 1.0 => y}, a, [], {a}, 7],
    [io:format("~w: ~w ~w ~w ~w ~w ~w~n", [M | [t(F, M) || F <- [fun put_/1, fun upd/1, fun both/1,
        fun fl/1, fun get_/1, fun pat/1]]]) || M <- Ms],
    [io:format("~w ~w~n", [F, t(fun(M) -> apply(maps, F, A ++ [M]) end, bad)])
     || {F, A} <- [{get, [k]}, {put, [k, v]}, {update, [k, v]}, {remove, [k]}, {find, [k]}, {is_key, [k]},
                   {keys, []}, {values, []}, {to_list, []}, {size, []}, {take, [k]}, {merge, [#{}]},
                   {with, [[a]]}, {without, [[a]]}, {get, [a]}]],
    io:format("~w~n", [t(fun(M) -> maps:fold(fun(_, _, X) -> X end, 0, M) end, oops)]),
    io:format("~w~n", [t(fun(M) -> maps:map(M, #{a => 1}) end, oops)]),
    io:format("~w~n", [t(fun(K) -> maps:get(K, #{a => 1}) end, b)]).

put_(M) -> M#{a => 2, c => 3}.
upd(M) -> M#{a := 5}.
both(M) -> M#{a := 5, z => 6}.
fl(M) -> M#{1 := u}.
get_(M) -> map_get(a, M).
pat(#{1.0 := Y} = M) -> {Y, map_size(M)};
pat(#{a := A}) -> A;
pat(_) -> none.
t(F, M) -> try F(M) catch C:R -> {C, R} end.
