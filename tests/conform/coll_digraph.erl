%% digraph and digraph_utils: paths, cycles, components, topological sort (they live in ets).
-module(coll_digraph).
-export([main/0]).

main() ->
    G = digraph:new(),
    [digraph:add_vertex(G, V, {label, V}) || V <- lists:seq(1, 8)],
    [digraph:add_edge(G, A, B) || {A, B} <- [{1, 2}, {2, 3}, {3, 1}, {3, 4}, {4, 5}, {6, 7}]],
    p([digraph:no_vertices(G), digraph:no_edges(G), digraph:vertex(G, 3), lists:sort(digraph:out_neighbours(G, 3)), digraph:in_degree(G, 4)]),
    p(digraph:get_path(G, 1, 5)), p(digraph:get_path(G, 5, 1)), p(digraph:get_short_path(G, 2, 5)), p(length(digraph:get_cycle(G, 1))),
    p(lists:sort([lists:sort(C) || C <- digraph_utils:components(G)])), p(lists:sort([lists:sort(C) || C <- digraph_utils:strong_components(G)])), p(lists:sort(digraph_utils:reachable([4], G))), p(digraph_utils:is_acyclic(G)), p(digraph_utils:topsort(G)),
    digraph:del_path(G, 3, 1),
    p(digraph_utils:is_acyclic(G)), p(length(digraph_utils:topsort(G))), digraph:del_vertex(G, 4), p(digraph:no_edges(G)), p(digraph:delete(G)),
    ok.

p(X) -> io:format("~p~n", [X]).
