%% Megabytes of bits: unaligned matching, copying, searching, sums from either end.
-module(bit_huge).
-export([main/0, id/1]).

main() ->
    B = << <<(X * X):13>> || X <- lists:seq(1, 200000) >>,
    io:format("~p ~p~n", [bit_size(B), erlang:phash2(B)]),
    io:format("~p~n", [sum13(B, 0)]),
    <<_:7, Un:(bit_size(B) - 7)/bits>> = B,
    io:format("~p ~p~n", [bit_size(Un), erlang:phash2(Un)]),
    io:format("~p~n", [sum7(Un, 0)]),
    C = <<1:1, B/bits, 2:2>>,
    <<1:1, D:(bit_size(B))/bits, _/bits>> = C,
    io:format("~p~n", [D =:= B]),
    Size = byte_size(Un) - 2,
    <<E:Size/binary, _/bits>> = Un,
    io:format("~p ~p~n", [byte_size(E), erlang:crc32(E)]),
    io:format("~p~n", [length(binary:matches(E, <<0>>))]),
    <<Big:100000, _/bits>> = B, <<Small:100000/signed-little, _/bits>> = Un,
    io:format("~p ~p~n", [erlang:phash2(Big), erlang:phash2(Small)]),
    io:format("~p~n", [<<Big:100000>> =:= begin <<F:100000/bits, _/bits>> = B, F end]),
    io:format("~p~n", [<<Small:100000/little>> =:= begin <<G:100000/bits, _/bits>> = Un, G end]),
    ok.

id(X) -> X.
sum13(<<X:13, R/bits>>, S) -> sum13(R, S + X);
sum13(<<>>, S) -> S.
sum7(<<X:7/signed, R/bits>>, S) -> sum7(R, S + X);
sum7(R, S) -> {bit_size(R), S}.
