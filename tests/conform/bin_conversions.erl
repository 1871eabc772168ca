%% list_to_binary, iolists, bitstrings, split_binary, sizes and failures.
-module(bin_conversions).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [list_to_binary([1, "two", <<3>>, [[$f], <<"ive">>] | <<"tail">>])]),
    io:format("~p~n", [iolist_to_binary(["a", [[[]]], <<>>, [<<"b">> | "c"]])]),
    io:format("~p~n", [iolist_to_binary(<<"already">>)]),
    io:format("~p~n", [iolist_size(["abc", <<"def">>, [1, 2 | <<3>>]])]),
    io:format("~p~n", [erlang:iolist_to_iovec(["abc", <<"def">>])]),
    io:format("~p~n", [list_to_bitstring([1, <<2:3>>, [<<5:5>>]])]),
    io:format("~p~n", [bitstring_to_list(<<1, 2, 3:5>>)]),
    io:format("~p~n", [binary_to_list(<<"hello">>)]),
    io:format("~p~n", [binary_to_list(<<"hello">>, 2, 4)]),
    io:format("~p~n", [split_binary(<<"hello">>, 2)]),
    io:format("~p~n", [{atom_to_binary('hällo'), atom_to_binary('hällo', latin1), binary_to_atom(<<"x y">>), binary_to_existing_atom(<<"main">>)}]),
    io:format("~p~n", [{byte_size(<<1:9>>), bit_size(<<1:9>>), is_binary(<<1:9>>), is_bitstring(<<1:9>>)}]),
    [io:format("~p~n", [try F() catch C:R -> {C, R} end]) || F <- [fun() -> list_to_binary(id([256])) end, fun() -> list_to_binary(id([-1])) end, fun() -> list_to_binary(id([1 | 2])) end,
        fun() -> list_to_binary(id(<<"a">>)) end, fun() -> iolist_size(id([a])) end, fun() -> list_to_binary(id([<<1:1>>])) end, fun() -> split_binary(id(<<"a">>), 2) end,
        fun() -> binary_to_list(id(<<"abc">>), 0, 2) end, fun() -> binary_to_list(id(<<1:1>>)) end, fun() -> atom_to_binary(id('€'), latin1) end, fun() -> list_to_bitstring([<<1:1>> | a]) end]],
    Deep = lists:foldl(fun(N, A) -> [A, integer_to_binary(N), $,] end, [], lists:seq(1, 10000)),
    io:format("~p ~p~n", [iolist_size(Deep), erlang:crc32(Deep)]),
    io:format("~p~n", [byte_size(list_to_binary(lists:duplicate(1000, <<"0123456789">>)))]),
    ok.

id(X) -> X.
