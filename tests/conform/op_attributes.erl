%% Modules with attributes, dialyzer hints, unused literals and local funs named like built-ins.
-module(op_attributes).
-author("tests").
-vsn(7).
-custom([{a, 1}]).
-export([main/0, id/1, put/2, apply/2]).
-compile({no_auto_import, [put/2, apply/2, length/1, abs/1]}).

main() ->
    erlang:display(put(1, 2)),
    erlang:display(erlang:put(1, 2)),
    erlang:display(apply(a, b)),
    erlang:display({length([1]), erlang:length([1])}),
    erlang:display({abs(-5), erlang:abs(-5)}),
    A = ?MODULE:module_info(attributes),
    erlang:display([V || {K, V} <- A, K =:= custom]),
    erlang:display([V || {K, V} <- A, K =:= vsn]),
    erlang:display(?MODULE:module_info(module)),
    erlang:display(has({main, 0}, ?MODULE:module_info(exports))),
    erlang:display(has({abs, 1}, ?MODULE:module_info(exports))),
    erlang:display({?MODULE, ?LINE, ?FUNCTION_NAME, ?FUNCTION_ARITY}),
    erlang:display(erlang:function_exported(?MODULE, id, 1)),
    erlang:display(erlang:function_exported(?MODULE, abs, 1)),
    ok.

id(X) -> X.
put(A, B) -> {my_put, A, B}.
apply(A, B) -> {my_apply, A, B}.
length(_) -> my_length.
abs(X) -> {my_abs, X}.
has(X, L) -> [Y || Y <- L, Y =:= X].
