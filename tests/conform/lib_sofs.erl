%% sofs: sets, relations, families; composition, images, partitions.
-module(lib_sofs).
-export([main/0]).

main() ->
    R = sofs:relation([{1, a}, {2, b}, {3, a}, {4, c}]), S = sofs:set([1, 3, 5]),
    p(sofs:image(R, S)), p(sofs:inverse_image(R, sofs:set([a]))), p(sofs:converse(R)), p(sofs:domain(R)), p(sofs:range(R)), p(sofs:restriction(R, S)), p(sofs:drestriction(R, S)),
    p(sofs:relative_product(sofs:converse(R), sofs:relation([{1, x}, {2, y}, {3, x}, {4, z}]))), p(sofs:relation_to_family(R)), p(sofs:relation_to_family(sofs:converse(R))),
    p(sofs:union(S, sofs:set([2, 3]))), p(sofs:difference(S, sofs:set([3]))), p(sofs:product(S, sofs:set([u]))), p(sofs:symdiff(S, sofs:set([1, 9]))),
    ok.

p(X) -> io:format("~p ~p~n", [sofs:to_external(X), sofs:type(X)]).
