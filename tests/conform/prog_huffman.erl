%% Huffman coding of a text: tree, codes, bits packed and unpacked.
-module(prog_huffman).
-export([main/0]).

main() ->
    T = lists:flatten(lists:duplicate(20, "she sells sea shells on the sea shore; ")),
    F = maps:to_list(lists:foldl(fun(C, M) -> maps:update_with(C, fun(N) -> N + 1 end, 1, M) end, #{}, T)),
    Tree = build(lists:sort([{N, {leaf, C}} || {C, N} <- F])),
    Codes = maps:from_list(codes(Tree, <<>>)),
    io:format("~p~n", [lists:sort([{bit_size(B), C, B} || {C, B} <- maps:to_list(Codes)])]),
    Enc = << <<(map_get(C, Codes))/bits>> || C <- T >>,
    io:format("~p of ~p bits, ~p~n", [bit_size(Enc), 8 * length(T), erlang:phash2(Enc)]),
    io:format("~p~n", [decode(Enc, Tree, Tree) =:= T]).

build([{_, T}]) -> T;
build([{N, A}, {M, B} | R]) -> build(lists:sort([{N + M, {node, A, B}} | R])).
codes({leaf, C}, B) -> [{C, B}];
codes({node, L, R}, B) -> codes(L, <<B/bits, 0:1>>) ++ codes(R, <<B/bits, 1:1>>).
decode(<<>>, {leaf, C}, _) -> [C];
decode(<<>>, _, _) -> [];
decode(B, {leaf, C}, T) -> [C | decode(B, T, T)];
decode(<<0:1, R/bits>>, {node, L, _}, T) -> decode(R, L, T);
decode(<<1:1, R/bits>>, {node, _, X}, T) -> decode(R, X, T).
