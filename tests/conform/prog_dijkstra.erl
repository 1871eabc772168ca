%% Shortest paths with gb_sets as a priority queue over a grid of generated weights.
-module(prog_dijkstra).
-export([main/0]).

main() ->
    N = 40,
    W = maps:from_list([{{X, Y}, (X * 7 + Y * 13 + X * Y) rem 9 + 1} || X <- lists:seq(1, N), Y <- lists:seq(1, N)]),
    {D, Prev} = run(gb_sets:singleton({0, {1, 1}}), #{{1, 1} => 0}, #{}, W),
    io:format("~p~n", [maps:get({N, N}, D)]),
    io:format("~w~n", [path({N, N}, Prev, [])]),
    io:format("~p~n", [lists:sum(maps:values(D))]).

run(Q, D, P, W) ->
    case gb_sets:is_empty(Q) of
        true -> {D, P};
        false ->
            {{Dist, {X, Y} = V}, Q1} = gb_sets:take_smallest(Q),
            Ns = [{X + DX, Y + DY} || {DX, DY} <- [{1, 0}, {-1, 0}, {0, 1}, {0, -1}], is_map_key({X + DX, Y + DY}, W)],
            {Q2, D2, P2} = lists:foldl(fun(U, {QA, DA, PA}) ->
                                               New = Dist + map_get(U, W),
                                               case DA of
                                                   #{U := Old} when Old =< New -> {QA, DA, PA};
                                                   _ -> {gb_sets:add({New, U}, QA), DA#{U => New}, PA#{U => V}}
                                               end
                                       end, {Q1, D, P}, Ns),
            run(Q2, D2, P2, W)
    end.
path(V, P, A) -> case P of #{V := U} -> path(U, P, [V | A]); _ -> [V | A] end.
