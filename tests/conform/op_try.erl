%% try with of, catch of each class, patterns, guards and values.
-module(op_try).
-export([main/0, id/1]).

main() ->
    [erlang:display({K, t(K)}) || K <- [ok, value, throw, throw_t, error, error_t, exit, exit_t, badmatch, badarith, nested]],
    [erlang:display(try do(K) catch C:R when is_atom(R) -> {atom, C, R}; C:{T, _} -> {tuple, C, T}; C:_ -> C end)
     || K <- [throw, throw_t, error, error_t, exit, exit_t, badmatch, badarith]],
    erlang:display(try id(5) of 5 -> five; _ -> other catch _:_ -> no end),
    erlang:display(try try id(6) of 5 -> five catch _:_ -> inner end catch error:R1 -> R1 end),
    erlang:display(try id(a), id(b) of X -> {got, X} catch throw:_ -> no end),
    erlang:display(sequence([1, a, 2, 0, "s"])),
    erlang:display(loop(1000, 0)),
    V1 = id(1), V2 = id(2), V3 = id("keep"),
    R = try do(throw) catch throw:_ -> {V1, V2, V3} end,
    erlang:display({R, V1, V2, V3}),
    ok.

id(X) -> X.

t(K) ->
    try do(K) of
        ok -> fine;
        {value, V} when V > 3 -> {big, V};
        {value, V} -> {small, V}
    catch
        throw:thrown -> caught_throw;
        throw:{t, X} -> {throw, X};
        error:badarith -> arith;
        error:{badmatch, V} -> {match, V};
        error:E -> {error, E};
        exit:E -> {exit, E}
    end.

do(ok) -> ok;
do(value) -> {value, id(4)};
do(throw) -> throw(thrown);
do(throw_t) -> throw({t, 1});
do(error) -> erlang:error(oops);
do(error_t) -> erlang:error({oops, 2});
do(exit) -> exit(gone);
do(exit_t) -> exit({gone, 3});
do(badmatch) -> {a, _} = id({b, 1});
do(badarith) -> 1 + id(a);
do(nested) ->
    try do(error)
    catch error:oops -> throw({t, inner})
    end.

sequence([]) -> [];
sequence([H | T]) ->
    V = try 10 div H catch error:badarith -> bad end,
    [V | sequence(T)].

loop(0, N) -> N;
loop(I, N) ->
    try case id(I) rem 3 of 0 -> throw(zero); _ -> ok end of
        ok -> loop(I - 1, N)
    catch
        zero -> loop(I - 1, N + 1)
    end.
