%% base64: encode, decode, MIME, bad input, all lengths.
-module(lib_base64).
-export([main/0]).

main() ->
    [io:format("~p ~p~n", [base64:encode(B), base64:decode(base64:encode(B)) =:= B]) || N <- lists:seq(0, 10), B <- [<< <<(X * 37)>> || X <- lists:seq(1, N) >>]],
    io:format("~p~n", [base64:encode_to_string("hello")]), io:format("~p~n", [base64:decode_to_string("aGVsbG8=")]),
    io:format("~p~n", [base64:decode("aGVs bG8=\n")]), io:format("~p~n", [base64:mime_decode("aG??Vs!bG8=")]),
    [io:format("~p ~p~n", [S, try base64:decode(S) catch C:R -> {C, R} end]) || S <- ["aGVsbG8", "a", "====", "aG=s", "%%%%", <<"QUJD">>]],
    B = binary:copy(<<0, 1, 2, 253, 254, 255, 7>>, 5000),
    io:format("~p~n", [{byte_size(base64:encode(B)), base64:decode(base64:encode(B)) =:= B}]),
    ok.
