%% The binary module: match, matches, split, replace, part, copy, encode, longest prefix and suffix.
-module(bin_module).
-export([main/0, id/1]).

main() ->
    B = <<"the cat sat on the mat">>,
    io:format("~p~n", [binary:match(B, <<"at">>)]),
    io:format("~p~n", [binary:match(B, [<<"on">>, <<"sat">>])]),
    io:format("~p~n", [binary:match(B, <<"dog">>)]),
    io:format("~p~n", [binary:match(B, <<"the">>, [{scope, {1, 20}}])]),
    io:format("~p~n", [binary:matches(B, <<"at">>)]),
    io:format("~p~n", [binary:matches(B, [<<"t">>, <<"the">>])]),
    io:format("~p~n", [binary:matches(<<"aaaa">>, <<"aa">>)]),
    io:format("~p~n", [binary:split(B, <<" ">>)]),
    io:format("~p~n", [binary:split(B, <<" ">>, [global])]),
    io:format("~p~n", [binary:split(B, [<<" ">>, <<"a">>], [global, trim_all])]),
    io:format("~p~n", [binary:split(<<",a,,b,">>, <<",">>, [global, trim])]),
    io:format("~p~n", [binary:split(<<",a,,b,">>, <<",">>, [global, trim_all])]),
    io:format("~p~n", [binary:replace(B, <<"at">>, <<"AT">>)]),
    io:format("~p~n", [binary:replace(B, <<"at">>, <<"AT">>, [global])]),
    io:format("~p~n", [binary:replace(B, <<"at">>, <<"-">>, [global, {insert_replaced, 1}])]),
    io:format("~p~n", [{binary:part(B, 4, 3), binary:part(B, {7, -3}), binary:at(B, 4), binary:first(B), binary:last(B)}]),
    io:format("~p~n", [{binary:copy(<<"ab">>), binary:copy(<<"ab">>, 3), binary:copy(<<>>, 5)}]),
    io:format("~p~n", [{binary:decode_unsigned(<<1, 2, 3>>), binary:decode_unsigned(<<1, 2, 3>>, little), binary:decode_unsigned(<<>>)}]),
    io:format("~p~n", [{binary:encode_unsigned(66051), binary:encode_unsigned(66051, little), binary:encode_unsigned(0), binary:encode_unsigned(1 bsl 80)}]),
    io:format("~p~n", [{binary:longest_common_prefix([<<"abcd">>, <<"abxy">>, <<"abc">>]), binary:longest_common_suffix([<<"1abc">>, <<"2bc">>])}]),
    io:format("~p~n", [{binary:bin_to_list(<<"abc">>), binary:bin_to_list(<<"abcdef">>, 1, 2), binary:list_to_bin([1, [2, <<3>>]])}]),
    io:format("~p~n", [{binary:encode_hex(<<"hello", 255>>), binary:decode_hex(<<"48656C6c6F">>)}]),
    P = binary:compile_pattern([<<"cat">>, <<"mat">>]),
    io:format("~p~n", [binary:matches(B, P)]),
    io:format("~p~n", [binary:referenced_byte_size(<<"abc">>)]),
    [io:format("~p~n", [try F() catch C:R -> {C, R} end]) || F <- [fun() -> binary:at(B, 100) end, fun() -> binary:match(B, <<>>) end, fun() -> binary:part(B, 20, 10) end, fun() -> binary:first(<<>>) end,
        fun() -> binary:copy(<<"a">>, -1) end, fun() -> binary:decode_hex(<<"xyz">>) end, fun() -> binary:match(a, <<"b">>) end, fun() -> binary:longest_common_prefix([]) end]],
    io:format("~p~n", [length(binary:matches(binary:copy(<<"needle in hay ">>, 1000), <<"needle">>))]),
    ok.

id(X) -> X.
