%% Map patterns in function heads, cases, comprehensions and guards, with bound and literal keys.
-module(op_map_match).
-export([main/0, id/1]).

main() ->
    Ms = [#{}, #{type => circle, r => 2}, #{type => rect, w => 3, h => 4}, #{type => rect, w => 3}, #{type => <<"s">>}, #{1 => a, 2 => b}, notmap, [],
          #{nested => #{deep => #{er => yes}}}, #{key => val, other => [1, 2]}, #{1.0 => f}, #{[] => nil, {} => tuple}],
    [erlang:display({area(M), nested(M), multi(M), guard(M)}) || M <- Ms],
    erlang:display([X || #{type := X} <- Ms]),
    erlang:display([{K, find(K, #{a => 1, <<"b">> => 2, "c" => 3, 4 => 4, {e} => 5, #{f => 6} => 6, 7.0 => 7})} || K <- [a, <<"b">>, "c", 4, {e}, #{f => 6}, 7.0, 7, z]]),
    #{x := #{y := [H | _]}} = id(#{x => #{y => [1, 2, 3]}}),
    erlang:display(H),
    erlang:display(catch (fun(#{a := V}) -> V end)(id(#{a => got}))),
    ok.

id(X) -> X.

area(#{type := circle, r := R}) -> R * R * 3;
area(#{type := rect, w := W, h := H}) -> W * H;
area(#{type := T}) -> {unknown, T};
area(#{}) -> some_map;
area(_) -> not_map.

nested(#{nested := #{deep := #{er := X}}}) -> X;
nested(#{1 := A, 2 := B}) -> {A, B};
nested(#{[] := A, {} := B}) -> {B, A};
nested(#{1.0 := A}) -> A;
nested(_) -> none.

multi(#{key := val, other := [A, B]}) -> A + B;
multi(M) when map_size(M) =:= 0 -> empty;
multi(_) -> none.

guard(M) when map_get(r, M) > 1 -> big_r;
guard(M) when is_map_key(w, M) -> has_w;
guard(M) when not is_map(M) -> no_map;
guard(_) -> plain.

find(K, M) ->
    case M of
        #{K := V} -> V;
        #{} -> none
    end.
