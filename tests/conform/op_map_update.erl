%% Map updates with => and :=, several keys at once, growing and overwriting across the border.
-module(op_map_update).
-export([main/0, id/1]).

main() ->
    M0 = id(#{a => 1, b => 2}),
    M1 = M0#{b := 20, c => 3},
    erlang:display({M0, M1}),
    erlang:display(M1#{a := x, b := y, c := z}),
    erlang:display(M1#{id(d) => 4, id(a) => 10, "k" => [], {} => e}),
    erlang:display(M0#{}),
    erlang:display(try M0#{zz := 1} catch error:R -> R end),
    erlang:display(try M0#{a := 1, zz := 1} catch error:R1 -> R1 end),
    erlang:display(try (id([]))#{a => 1} catch error:R2 -> R2 end),
    erlang:display(try (id(x))#{a := 1} catch error:R3 -> R3 end),
    Big = fill(40, #{}),
    Big2 = Big#{1 := one, 40 := forty, 41 => new},
    erlang:display({map_size(Big), map_size(Big2), map_get(1, Big2), map_get(1, Big), map_get(41, Big2)}),
    erlang:display(try Big#{99 := 1} catch error:R4 -> R4 end),
    At32 = fill(32, #{}),
    At33 = At32#{0 => zero},
    Again = At32#{32 => again, 1 => again},
    erlang:display({map_size(At32), map_size(At33), map_size(Again), map_get(32, Again), map_get(0, At33), map_get(32, At33)}),
    Multi = At32#{x1 => 1, x2 => 2, x3 => 3, 5 => five},
    erlang:display({map_size(Multi), map_get(x3, Multi), map_get(5, Multi), map_get(6, Multi)}),
    erlang:display(count(10000, #{})),
    erlang:display((id(#{k => #{n => 1}}))#{k := #{n => 2}}),
    S1 = id(#{a => 1, b => 2}), S2 = S1#{a := 1},
    erlang:display(S1 =:= S2),
    ok.

id(X) -> X.
fill(0, M) -> M;
fill(N, M) -> fill(N - 1, M#{N => -N}).

count(0, M) -> M;
count(N, M) ->
    K = N rem 7,
    case M of
        #{K := V} -> count(N - 1, M#{K := V + 1});
        #{} -> count(N - 1, M#{K => 1})
    end.
