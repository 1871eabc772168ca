%% list_to_*, *_to_list and friends: round trips for every type.
-module(conv_lists).
-export([main/0, id/1]).

main() ->
    p([atom_to_list(A) || A <- [abc, '', 'a b', 'ä', '€']]), p([list_to_atom(L) || L <- ["abc", "", "a b", "ä", [8364]]]), p([list_to_existing_atom(L) || L <- ["main", "ok"]]), p([tuple_to_list({}), tuple_to_list({a, {b}}), list_to_tuple([]), list_to_tuple([1, [2]])]),
    p([integer_to_list(255, B) || B <- [2, 8, 16, 36]]), p([list_to_integer(L, 16) || L <- ["FF", "-ff", "0"]]), p([float_to_list(1.5), list_to_float("1.5"), float_to_binary(0.1, [short]), binary_to_float(<<"1.0e10">>)]),
    p([atom_to_binary(abc), binary_to_atom(<<"xyz">>), binary_to_existing_atom(<<"ok">>, utf8), binary_to_integer(<<"12">>), integer_to_binary(-12)]), p([pid_to_list(list_to_pid("<0.77.0>")), is_pid(list_to_pid("<0.1.0>"))]),
    p([erlang:fun_to_list(fun lists:map/2), erlang:list_to_bitstring([1, <<1:1>>]), erlang:bitstring_to_list(<<1, 1:1>>)]),
    p([try F(X) catch error:R -> R end || {F, X} <- [{fun list_to_atom/1, abc}, {fun list_to_atom/1, [-1]}, {fun list_to_pid/1, "x"}, {fun list_to_tuple/1, [a | b]}, {fun atom_to_list/1, "a"}, {fun list_to_existing_atom/1, "surely_no_such_atom_1"}, {fun binary_to_existing_atom/1, <<"surely_no_such_atom_2">>}, {fun binary_to_integer/1, <<"x">>}, {fun tuple_to_list/1, a}, {fun list_to_float/1, "x"}]]),
    p(length(tuple_to_list(list_to_tuple(lists:seq(1, 50000))))), p(binary_to_list(list_to_binary("round trip")) =:= "round trip"),
    ok.

id(X) -> X.
p(X) -> io:format("~w~n", [X]).
