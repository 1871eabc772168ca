%% Iolists through io, file-like sinks and conversions: deep, improper, large.
-module(conv_iolist).
-export([main/0, id/1]).

main() ->
    io:put_chars(["deep ", [[["list"]], <<" and ">>, [<<"binaries">>, $\n]]]),
    io:format("~s~n", [["a", [<<"b">>, [$c]]]]),
    io:put_chars([<<"improper ">>, "tail" | <<"!\n">>]),
    D = lists:foldl(fun(N, A) -> [[A, integer_to_list(N)], $\s] end, [], lists:seq(1, 200)),
    io:put_chars([D, $\n]),
    io:format("~p~n", [iolist_size(D)]),
    io:format("~p~n", [iolist_to_binary(D) =:= list_to_binary(lists:flatten(D))]),
    io:format("~p~n", [erlang:iolist_to_iovec([<<"a">>, [<<"b">>]])]),
    io:format("~p~n", [catch io:put_chars([a])]),
    io:format("~p~n", [unicode:characters_to_binary(["ä", <<"ö"/utf8>>])]),
    ok.

id(X) -> X.
