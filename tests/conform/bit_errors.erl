%% Everything that can fail in binary construction and matching, with reason and where.
-module(bit_errors).
-export([main/0, id/1]).

main() ->
    t(1, fun() -> <<(id(a))>> end),
    t(2, fun() -> <<1:(id(-1))>> end),
    t(3, fun() -> <<(id(<<1:3>>))/binary>> end),
    t(4, fun() -> <<(id(a))/utf8>> end),
    t(5, fun() -> <<(id(a))/float>> end),
    t(6, fun() -> <<1.0:(id(33))/float>> end),
    t(7, fun() -> <<(id(<<"ab">>)):3/binary>> end),
    t(8, fun() -> <<_:16>> = id(<<1>>) end),
    t(9, fun() -> <<_/binary>> = id(<<1:3>>) end),
    t(10, fun() -> <<_/bits>> = id("list") end),
    t(11, fun() -> f(id(<<1, 2>>)) end),
    t(12, fun() -> <<0:(id(1 bsl 70))>> end),
    t(13, fun() -> <<(id(<<1>>))/binary, (id(x)):16>> end),
    t(14, fun() -> case id(<<5>>) of <<6>> -> ok end end),
    t(15, fun() -> (fun(<<A, B>>) -> A + B end)(id(<<1>>)) end),
    t(16, fun() -> N = id(x), <<_:N>> = id(<<1>>) end),
    t(17, fun() -> <<(id(1)):8, (id([])):8/binary>> end),
    ok.

id(X) -> X.
f(<<1>>) -> one.
t(N, F) ->
    erlang:display(try {N, ok, F()} catch C:{badmatch, V} -> {N, C, badmatch, V}; C:R:S -> {N, C, R, [{Fn, if is_list(A) -> length(A); true -> A end} || {bit_errors, Fn, A, _} <- S, Fn =/= main]} end).
