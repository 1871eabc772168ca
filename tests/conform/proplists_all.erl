%% The proplists module.
-module(proplists_all).
-export([main/0]).

main() ->
    L = [a, {b, 1}, {c, 2, 3}, {b, 9}, {d, []}, d, {e, true}, {f, false}, "x"],
    p([proplists:get_value(K, L) || K <- [a, b, c, d, e, f, z]]),
    p([proplists:get_value(K, L, def) || K <- [a, z]]),
    p([proplists:get_bool(K, L) || K <- [a, b, e, f, z]]),
    p([proplists:get_all_values(K, L) || K <- [a, b, d]]),
    p([proplists:lookup(K, L) || K <- [a, b, c, z]]),
    p([proplists:lookup_all(K, L) || K <- [b, d]]),
    p([proplists:is_defined(K, L) || K <- [a, c, z]]),
    p(proplists:get_keys([a, {b, 1}, {b, 2}])),
    p(proplists:delete(b, L)),
    p(proplists:append_values(k, [{k, [1]}, x, {k, 2}, k])),
    p(proplists:compact([{a, true}, {b, false}, c])), p(proplists:unfold([a, {b, 1}])),
    p(proplists:property({a, true})), p(proplists:property(b, 1)),
    p(proplists:normalize([{no_x, true}, y, z], [{negations, [{no_x, x}]}, {aliases, [{y, why}]}, {expand, [{z, [p, q]}]}])),
    p(proplists:substitute_aliases([{a, b}], [a, {a, 1}, c])), p(proplists:substitute_negations([{a, b}], [{a, true}, a, {a, false}])),
    p(proplists:expand([{foo, [bar, baz]}], [fie, foo, fum])),
    p(proplists:split([{a, 1}, b, {c, 2}, {a, 3}, d], [a, c])), p(proplists:to_map([a, {b, 2}, {b, 3}])), p(proplists:from_map(#{a => 1})),
    ok.

p(X) -> io:format("~p~n", [X]).
