%% Large binaries and sub-binaries under collection: dropped, kept, sent, sliced.
-module(gc_binaries).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [many(300, 0)]),
    Big = binary:copy(<<"0123456789abcdef">>, 65536),
    Subs = [binary:part(Big, N * 1000, 20) || N <- lists:seq(0, 1000)],
    io:format("~p ~p~n", [byte_size(Big), erlang:crc32(Big)]),
    many(100, 0),
    io:format("~p~n", [erlang:crc32(Subs)]),
    erlang:garbage_collect(),
    io:format("~p~n", [lists:nth(501, Subs)]),
    Me = self(),
    Pids = [spawn(fun() -> receive B -> Me ! {self(), erlang:crc32(B)} end end) || _ <- lists:seq(1, 20)],
    [P ! Big || P <- Pids],
    io:format("~p~n", [lists:usort([receive {P, C} -> C end || P <- Pids])]),
    L = [crypto_free(N) || N <- lists:seq(1, 500)],
    io:format("~p ~p~n", [length(L), erlang:crc32(L)]),
    io:format("~p~n", [byte_size(iolist_to_binary(L))]),
    Parts = binary:split(Big, <<"9a">>, [global]),
    io:format("~p ~p~n", [length(Parts), erlang:adler32(Parts)]),
    ok.

id(X) -> X.
many(0, S) -> S;
many(N, S) ->
    B = binary:copy(<<N>>, 1000000),
    many(N - 1, S + byte_size(B) + binary:at(B, 999999)).
crypto_free(N) -> << <<(X * N rem 251)>> || X <- lists:seq(1, 100 + N rem 50) >>.
