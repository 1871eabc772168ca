%% term_to_binary and back for every type; the bytes themselves; compressed, safe, sizes, damage.
-module(bin_term_format).
-export([main/0, id/1]).

main() ->
    Ts = [0, 255, 256, -1, 1 bsl 27, -(1 bsl 27), 1 bsl 31, 1 bsl 59, 1 bsl 64, -(1 bsl 64), 1 bsl 2100, 1.5, -0.0, a, 'ä', '€', [], [1, 2], "string", [1 | 2], [1000, a], {}, {1, a}, list_to_tuple(lists:seq(1, 300)),
          <<>>, <<"bin">>, <<1:3>>, #{}, #{a => 1, 2 => b}, fun lists:map/2, true, lists:duplicate(10, $x), lists:seq(250, 260)],
    [io:format("~p~n", [begin B = term_to_binary(T), {size_or(B), binary_to_term(B) =:= T, erlang:external_size(T) >= byte_size(B)} end]) || T <- Ts],
    io:format("~p~n", [byte_size(term_to_binary(lists:duplicate(1000, $x), [compressed])) < 100]),
    io:format("~p~n", [binary_to_term(term_to_binary(lists:duplicate(1000, abc), [compressed])) =:= lists:duplicate(1000, abc)]),
    io:format("~p~n", [term_to_binary({1.5, [a]}, [{minor_version, 1}])]),
    io:format("~p~n", [binary_to_term(<<131, 104, 2, 97, 1, 97, 2, 99, 99>>, [used])]),
    [io:format("~p~n", [try binary_to_term(B) catch C:R -> {C, R} end]) || B <- [<<>>, <<131>>, <<130, 97, 1>>, <<131, 97>>, <<131, 104, 2, 97, 1>>, <<131, 107, 0, 5, "abc">>, <<131, 109, 0, 0, 0, 9, "abc">>, <<131, 200>>, <<131, 108, 255, 255, 255, 255, 97, 1>>, not_binary]],
    io:format("~p~n", [try binary_to_term(<<131, 119, 12, "safe_unknown">>, [safe]) catch C1:R1 -> {C1, R1} end]),
    io:format("~p~n", [binary_to_term(<<131, 100, 0, 3, "old">>)]),
    io:format("~p~n", [binary_to_term(<<131, 99, "1.50000000000000000000e+00", 0, 0, 0, 0, 0>>)]),
    P = binary_to_term(term_to_binary(self())), R = make_ref(),
    io:format("~p~n", [{P =:= self(), binary_to_term(term_to_binary(R)) =:= R}]),
    X = id(7), F = fun(Y) -> X + Y end,
    io:format("~p~n", [(binary_to_term(term_to_binary(F)))(1)]),
    L = [begin B = term_to_binary(N), binary_to_term(B) =:= N end || N <- [(1 bsl K) + D || K <- lists:seq(1, 200), D <- [-1, 0, 1]]],
    io:format("~p~n", [lists:usort(L)]),
    M = maps:from_list([{N, {N, "s"}} || N <- lists:seq(1, 100)]),
    io:format("~p~n", [binary_to_term(term_to_binary(M)) =:= M]),
    io:format("~p~n", [iolist_to_binary(to_iovec({a, <<"b">>})) =:= term_to_binary({a, <<"b">>})]),
    ok.

id(X) -> X.
to_iovec(T) -> erlang:term_to_iovec(T).
size_or(B) when byte_size(B) < 40 -> B;
size_or(B) -> {byte_size(B), erlang:crc32(B)}.
