%% erlang:iolist_to_iovec: where the cuts fall
-module(bin_iovec).
-export([main/0]).

main() ->
    T = binary:copy(<<"the quick brown fox jumps over the lazy dog. ">>, 800),
    D = fun(N) -> lists:duplicate(N, $x) end, B = fun(N) -> binary:copy(<<"b">>, N) end,
    [s([binary:part(T, N * 7, K) || N <- lists:seq(0, 99)]) || K <- [1, 70, 63, 64, 65, 100, 255, 256, 257]],
   [s(lists:duplicate(3000, X)) || X <- [<<"short">>, "short", 1, [<<"a">>|<<"b">>]]],
   s([binary:part(T, N * 7, 70) || N <- lists:seq(0, 999)]),
   s([<<"a">>, binary:part(T, 0, 1000), <<"b">>, binary:part(T, 0, 200), "abc", binary:part(T, 0, 300), binary:part(T, 0, 300)]),
   s([lists:duplicate(5000, $a), binary:part(T, 0, 100), lists:duplicate(5000, $a), T, lists:duplicate(100, $a), binary:part(T, 0, 100), binary:part(T, 0, 100)]),
   [s([lists:duplicate(K, $a), binary:copy(<<"c">>, L), lists:duplicate(K, $b)]) || K <- [1, 100, 200, 300, 500, 1000, 2000, 4000, 5000], L <- [10, 64, 100, 255, 256, 257, 1000]],
    [s([D(N)]) || N <- [8100, 8190, 8191, 8192, 8193, 9000, 16384, 16385, 20000]],
   [s([D(10), D(N), D(10)]) || N <- [8100, 8181, 8182, 8183, 8192, 8193, 9000, 16384, 16385, 20000]],
   [s([D(8000), B(N), D(10)]) || N <- [191, 192, 193, 300]],
   [s([D(8000), D(N), B(10)]) || N <- [181, 182, 183, 191, 192, 193, 300]],
   [s([D(4000) | B(N)]) || N <- [10, 300]], s(B(5)), s(B(300)), s(D(5)), s([]), s([B(0)]), s([[], B(0), []]), s([<<>>, B(400)]),
   [s([B(5000), B(N), B(M), B(5000)]) || N <- [0, 10, 250, 256, 300], M <- [0, 10, 250]],
   s([$a, B(300), $b, [B(300), [$c | B(300)]] | B(10)]), s([binary:part(T, 1, 300), binary:part(T, 301, 300)]), s([<<1:4, T/binary, 1:4>>]), <<_:3, O:4000/bits, _/bits>> = T, s([$a, O]), s([O, O]), s([D(300), O]), <<_:3, O2:400/bits, _/bits>> = T, s([O2, O2]),
   s([D(250), B(8000), D(7900), B(300), D(250), B(255)]),
    s([O, D(10)]), s([D(10), O, O]), s([O, D(10), O]), s([O, D(5000), D(5000)]), s([O|O]), <<_:3, O3:80000/bits, _/bits>> = T, s([O3, D(10)]), s([D(3), O3, D(10)]), s([D(8000), D(5), O3, D(10)]).

s(L) ->
    R = erlang:iolist_to_iovec(L),
    io:format("~w~n", [{length(R), [byte_size(X) || X <- R], iolist_to_binary(R) =:= iolist_to_binary(L)}]).
