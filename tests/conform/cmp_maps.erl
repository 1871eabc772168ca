%% Order of maps: by size, then keys (integers before floats), then values; large maps too.
-module(cmp_maps).
-export([main/0, id/1]).

main() ->
    Ms = [#{}, #{a => 1}, #{a => 2}, #{b => 0}, #{1 => x}, #{1.0 => x}, #{2 => x}, #{1 => x, 2 => y}, #{1 => x, 2.0 => y}, #{a => 1, b => 1.0}, #{a => 1, b => 1}, #{a => 1.0, b => 1}, #{z => #{}}, #{z => #{y => []}},
          #{"k" => 1}, #{{k} => 1}, #{<<"k">> => 1}],
    erlang:display([[c(A, B) || B <- Ms] || A <- Ms]),
    [erlang:display(M) || M <- sort(Ms)],
    B1 = big(50, 0), B2 = big(50, 1), B3 = big(51, 0), B4 = B1#{25 => other}, B5 = B1#{25.0 => f},
    erlang:display([[c(A, B) || B <- [B1, B2, B3, B4, B5]] || A <- [B1, B2, B3, B4, B5]]),
    erlang:display([big(50, 0) =:= rbig(50, 0), big(200, 0) =:= rbig(200, 0)]),
    F1 = fl(40, 1), F2 = fl(40, 1.0),
    erlang:display([c(F1, F2), F1 == F2, F1 =:= F2]),
    ok.

id(X) -> X.
c(A, B) ->
    case {A < B, A > B, A == B, A =:= B} of
        {true, false, false, false} -> $<;
        {false, true, false, false} -> $>;
        {false, false, true, true} -> $#;
        {false, false, true, false} -> $=
    end.
big(0, _) -> #{};
big(N, D) -> (big(N - 1, D))#{N => N + D}.
rbig(N, D) -> rbig(1, N, D, #{}).
rbig(I, N, _, M) when I > N -> M;
rbig(I, N, D, M) -> rbig(I + 1, N, D, M#{N + 1 - I => N + 1 - I + D}).
fl(0, _) -> #{};
fl(N, V) -> (fl(N - 1, V))#{N => V}.
sort([]) -> [];
sort([P | T]) -> sort([X || X <- T, X < P]) ++ [P] ++ sort([X || X <- T, X >= P]).
