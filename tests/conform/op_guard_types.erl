%% Every type test as guard and as expression on every type of term.
-module(op_guard_types).
-export([main/0, id/1]).

main() ->
    Xs = [0, -5, 1 bsl 60, 1 bsl 61, 1 bsl 100, -(1 bsl 100), 0.0, 1.5, a, true, false, [], [1], "s", [1 | 2], {}, {a}, <<>>, <<1>>, <<1:3>>, #{}, #{a => 1},
          self(), make_ref(), fun() -> ok end, fun id/1, fun lists:map/2, big_map(), list_to_tuple(lists_dup(40))],
    [erlang:display({guards(X), exprs(X), nots(X)}) || X <- Xs],
    ok.

id(X) -> X.
big_map() -> bm(40, #{}).
bm(0, M) -> M;
bm(N, M) -> bm(N - 1, M#{N => N}).
lists_dup(0) -> [];
lists_dup(N) -> [x | lists_dup(N - 1)].

guards(X) ->
    [case X of _ when is_atom(X) -> atom; _ -> '-' end,
     case X of _ when is_binary(X) -> binary; _ -> '-' end,
     case X of _ when is_bitstring(X) -> bitstring; _ -> '-' end,
     case X of _ when is_boolean(X) -> boolean; _ -> '-' end,
     case X of _ when is_float(X) -> float; _ -> '-' end,
     case X of _ when is_function(X) -> function; _ -> '-' end,
     case X of _ when is_function(X, 1) -> function1; _ -> '-' end,
     case X of _ when is_integer(X) -> integer; _ -> '-' end,
     case X of _ when is_list(X) -> list; _ -> '-' end,
     case X of _ when is_map(X) -> map; _ -> '-' end,
     case X of _ when is_number(X) -> number; _ -> '-' end,
     case X of _ when is_pid(X) -> pid; _ -> '-' end,
     case X of _ when is_port(X) -> port; _ -> '-' end,
     case X of _ when is_reference(X) -> reference; _ -> '-' end,
     case X of _ when is_tuple(X) -> tuple; _ -> '-' end].

exprs(X) ->
    [N || {N, true} <- [{a, is_atom(X)}, {b, is_binary(X)}, {bs, is_bitstring(X)}, {bo, is_boolean(X)}, {f, is_float(X)}, {fn, is_function(X)},
                        {f2, is_function(X, 2)}, {i, is_integer(X)}, {l, is_list(X)}, {m, is_map(X)}, {n, is_number(X)}, {p, is_pid(X)},
                        {po, is_port(X)}, {r, is_reference(X)}, {t, is_tuple(X)}]].

nots(X) when not is_atom(X), not is_list(X), not is_tuple(X), not is_number(X), not is_map(X) -> rest;
nots(X) when not (is_atom(X) orelse is_number(X)) -> container;
nots(_) -> simple.
