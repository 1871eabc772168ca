-module(bc_filters).
-export([main/0]).

%% Binary comprehensions: filters, bit sized pieces, several generators, a pattern that skips.
main() ->
    B = list_to_binary(lists:seq(0, 40)),
    io:format("~w~n", [<< <<X>> || <<X>> <= B, X rem 3 =:= 0, X > 5 >>]),
    io:format("~w~n", [<< <<X:5>> || <<X:3, _:5>> <= B >>]),
    io:format("~w~n", [[X || <<1:2, X:6>> <= <<65, 1, 70, 255, 127>>]]),
    io:format("~w~n", [[{X, Y} || <<X, Y>> <= <<1, 2, 3, 4, 5>>]]),
    io:format("~w~n", [<< <<(X bxor Y)>> || <<X>> <= <<1, 2>>, <<Y>> <= <<4, 8>>, X + Y /= 6 >>]),
    io:format("~w~n", [[C || <<C/utf8>> <= <<"aé€😀z"/utf8>>, C > 100]]),
    io:format("~w~n", [<< <<X:1>> || X <- [1, 0, 1, 1, 0] >>]),
    io:format("~w~n", [<< <<(byte_size(S)):8, S/binary>> || S <- [<<>>, <<"ab">>, <<"c">>] >>]),
    io:format("~w~n", [[F || <<F:32/float>> <= <<1.5:32/float, 1:32, -2.0:32/float, 16#7F800000:32>>]]),
    io:format("~w~n", [[S || <<N, S:N/binary>> <= <<2, "ab", 1, "c", 5, "no">>]]),
    io:format("~w~n", [<< <<X:N>> || {X, N} <- [{1, 1}, {2, 3}, {3, 12}] >>]),
    io:format("~w~n", [bit_size(<< <<X/bitstring>> || <<X:7/bitstring>> <= B >>)]),
    io:format("~w~n", [<< <<(-X):16/little-signed>> || <<X/signed>> <= <<1, 255, 128>> >>]).
