%% phash2, phash, crc32, adler32, md5: fixed values for every type of term.
-module(lib_hash).
-export([main/0]).
-compile(nowarn_deprecated_function).

main() ->
    Ts = [0, 1, -1, 255, 1 bsl 27, 1 bsl 28, -(1 bsl 28), 1 bsl 31, 1 bsl 32, 1 bsl 59, 1 bsl 60, 1 bsl 63, 1 bsl 64, -(1 bsl 64), 1 bsl 200, 0.0, -0.0, 1.0, 1.5e300, a, b, '', 'ä', true, [], [1], "abc", [1 | 2], lists:seq(1, 100), [a, b], {}, {1}, {a, b}, <<>>, <<1>>, <<"abcdefghijklmnop">>, <<1:1>>, <<5:7>>, #{}, #{a => 1}, #{a => 1, b => 2}, {[], {}}, [[], [[]]], "string with ä", [256, 1], fun erlang:abs/1],
    [io:format("~p ~p ~p ~p~n", [T, erlang:phash2(T), erlang:phash2(T, 1000), erlang:phash(T, 1 bsl 32)]) || T <- Ts],
    io:format("~p~n", [erlang:phash2(maps:from_list([{N, N} || N <- lists:seq(1, 100)]))]),
    io:format("~p~n", [[erlang:phash2(x, R) || R <- [1, 2, 1 bsl 16, 1 bsl 32]]]),
    io:format("~p~n", [[try erlang:phash2(x, R) catch error:E -> E end || R <- [0, -1, (1 bsl 32) + 1, a]]]),
    io:format("~p~n", [[erlang:crc32(X) || X <- [<<>>, "abc", ["a", <<"bc">>], binary:copy(<<"x">>, 10000)]]]),
    io:format("~p~n", [erlang:crc32_combine(erlang:crc32("ab"), erlang:crc32("cd"), 2) =:= erlang:crc32("abcd")]),
    io:format("~p~n", [[erlang:adler32(X) || X <- [<<>>, "abc", binary:copy(<<255>>, 10000)]]]),
    io:format("~p~n", [[erlang:md5(X) || X <- ["", "abc", binary:copy(<<"x">>, 1000)]]]),
    io:format("~p~n", [erlang:md5_final(erlang:md5_update(erlang:md5_update(erlang:md5_init(), "ab"), "c")) =:= erlang:md5("abc")]),
    ok.
