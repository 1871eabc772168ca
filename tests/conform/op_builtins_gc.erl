%% Built-ins called straight from code (gc_bif): values and errors, in bodies and in guards.
-module(op_builtins_gc).
-export([main/0, id/1]).

main() ->
    erlang:display({length(id([1, 2, 3])), size(id({1, 2})), size(id(<<1, 2, 3>>)), byte_size(id(<<1, 2, 3:4>>)), bit_size(id(<<1, 2, 3:4>>)), map_size(id(#{a => 1})), tuple_size(id({}))}),
    erlang:display([abs(X) || X <- [1, -1, 0, -2.5, 2.5, -(1 bsl 61), 1 bsl 61, -(1 bsl 70)]]),
    erlang:display([{trunc(X), round(X), ceil(X), floor(X), float(X)} || X <- [0, 1.5, -1.5, 2.5, -2.5, 0.4, -0.4, 0.5, -0.5, 1.0e15, 7]]),
    erlang:display([try F(X) catch error:R -> R end || F <- [fun(Y) -> length(Y) end, fun(Y) -> size(Y) end, fun(Y) -> byte_size(Y) end, fun(Y) -> bit_size(Y) end,
        fun(Y) -> map_size(Y) end, fun(Y) -> tuple_size(Y) end, fun(Y) -> abs(Y) end, fun(Y) -> trunc(Y) end, fun(Y) -> round(Y) end, fun(Y) -> ceil(Y) end,
        fun(Y) -> floor(Y) end, fun(Y) -> float(Y) end, fun(Y) -> hd(Y) end, fun(Y) -> tl(Y) end, fun(Y) -> node(Y) end], X <- [a]]),
    erlang:display({node(), node(self()), is_pid(self())}),
    erlang:display([max(A, B) || A <- [1, a, 1.0, []], B <- [2, b, 1, {}]]),
    erlang:display([min(A, B) || A <- [1, a, 1.0, []], B <- [2, b, 1, {}]]),
    erlang:display({binary_part(id(<<"hello">>), 1, 3), binary_part(id(<<"hello">>), {5, -2})}),
    erlang:display([try binary_part(<<"hello">>, P, L) catch error:R -> R end || {P, L} <- [{0, 5}, {0, 6}, {5, 0}, {6, 0}, {-1, 1}, {2, -2}, {2, -3}, {a, 1}]]),
    erlang:display([part(X) || X <- [<<"abc">>, <<"ab">>, <<"xbc">>, "abc"]]),
    ok.

id(X) -> X.
part(B) when binary_part(B, 0, 2) =:= <<"ab">>, binary_part(B, {byte_size(B), -1}) =:= <<"c">> -> abc;
part(B) when binary_part(B, 0, 2) =:= <<"ab">> -> ab;
part(_) -> none.
