%% Integers to text and back in every base, huge ones, signs, bad text.
-module(int_text).
-export([main/0, id/1]).

main() ->
    Xs = [0, 1, -1, 9, 10, 255, -256, (1 bsl 59) - 1, 1 bsl 59, -(1 bsl 61), 1 bsl 63, 1 bsl 64, -(1 bsl 64), 10000000000000000000, 123456789012345678901234567890, -(1 bsl 200)],
    erlang:display([integer_to_list(X) || X <- Xs]),
    erlang:display([integer_to_binary(X) || X <- Xs]),
    [erlang:display({B, [integer_to_list(X, B) || X <- Xs]}) || B <- [2, 3, 8, 10, 16, 35, 36]],
    erlang:display([bad || X <- Xs, B <- [2, 7, 10, 16, 36], list_to_integer(integer_to_list(X, B), B) =/= X]),
    erlang:display([bad || X <- Xs, B <- [2, 7, 10, 16, 36], binary_to_integer(integer_to_binary(X, B), B) =/= X]),
    erlang:display([try list_to_integer(S) catch error:R -> R end || S <- ["+5", "-5", "007", "", "+", "-", "5x", " 5", "5 ", "1.5", "--1", "99999999999999999999999", [$1 | x], "½"]]),
    erlang:display([try list_to_integer(S, 16) catch error:R -> R end || S <- ["ff", "FF", "-fF", "g", "0x1"]]),
    erlang:display([try list_to_integer("1", B) catch error:R -> R end || B <- id([1, 37, 0, a, 36])]),
    erlang:display([try binary_to_integer(S) catch error:R -> R end || S <- [<<"12">>, <<>>, <<"1a">>, <<"+7">>, <<1:3>>, "12", <<"-0">>]]),
    erlang:display([try integer_to_list(S) catch error:R -> R end || S <- id([1.0, a, "1"])]),
    Big = pow(7, 3000),
    L = integer_to_list(Big),
    erlang:display({length(L), list_to_integer(L) =:= Big, erlang:phash2(Big), erlang:phash2(-Big)}),
    erlang:display(string_part(L, 60)),
    ok.

id(X) -> X.
pow(_, 0) -> 1;
pow(X, N) when N rem 2 =:= 0 -> pow(X * X, N div 2);
pow(X, N) -> X * pow(X, N - 1).
string_part(_, 0) -> [];
string_part([H | T], N) -> [H | string_part(T, N - 1)].
