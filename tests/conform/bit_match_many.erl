%% Clauses that share a match context, literals in patterns, re-tried positions, guards on parts.
-module(bit_match_many).
-export([main/0, id/1]).

main() ->
    [erlang:display({P, cmd(P)}) || P <- [<<"GET /index HTTP/1.1">>, <<"PUT x">>, <<"GE">>, <<>>, <<"POST ">>, <<"DELETE a b">>, <<1, 2, 3>>, <<"get x">>]],
    [erlang:display({P, ip(P)}) || P <- [<<4:4, 5:4, 0, 20:16, 1:16, 2:3, 0:13, 64, 6, 0:16, 10, 0, 0, 1, 10, 0, 0, 2, "data">>, <<6:4, 0:28>>, <<4:4, 1:4>>, <<>>]],
    [erlang:display({P, png(P)}) || P <- [<<16#89, "PNG", 13, 10, 26, 10, 13:32, "IHDR", 640:32, 480:32, 8, 2, 0, 0, 0>>, <<16#89, "PNG">>, <<"GIF89a", 5:16/little, 6:16/little>>]],
    erlang:display(words(id(<<"the  quick brown   fox">>), <<>>, [])),
    erlang:display(lines(id(<<"one\r\ntwo\nthree\r\n\nlast">>))),
    erlang:display(esc(id(<<"a<b>&\"c\"">>), <<>>)),
    erlang:display(hex(id(<<"00ff7Fz1">>), [])),
    erlang:display(twice(id(<<1, 2, 3, 4>>))),
    ok.

id(X) -> X.

cmd(<<"GET ", R/binary>>) -> {get, R};
cmd(<<"PUT ", R/binary>>) -> {put, R};
cmd(<<"POST ", R/binary>>) -> {post, R};
cmd(<<"DELETE ", A, " ", B>>) -> {delete, A, B};
cmd(<<C, _/binary>>) when C < 32 -> {control, C};
cmd(<<C:8, D:8, _/bits>> = All) when C >= $a -> {lower, C, D, byte_size(All)};
cmd(<<>>) -> empty;
cmd(_) -> unknown.

ip(<<4:4, H:4, _, L:16, I:16, F:3, O:13, T, P, _:16, S:4/binary, D:32, R/binary>>) when H >= 5 -> {v4, H, L, I, F, O, T, P, S, D, R};
ip(<<6:4, _/bits>>) -> v6;
ip(<<4:4, _/bits>>) -> short4;
ip(_) -> none.

png(<<16#89, "PNG\r\n", 26, 10, L:32, "IHDR", W:32, H:32, D, C, _/binary>>) -> {png, L, W, H, D, C};
png(<<"GIF", V:3/binary, W:16/little, H:16/little>>) -> {gif, V, W, H};
png(_) -> none.

words(<<" ", R/binary>>, <<>>, A) -> words(R, <<>>, A);
words(<<" ", R/binary>>, W, A) -> words(R, <<>>, [W | A]);
words(<<C, R/binary>>, W, A) -> words(R, <<W/binary, C>>, A);
words(<<>>, W, A) -> [W | A].

lines(B) -> lines(B, B, 0).
lines(B, All, N) ->
    case B of
        <<"\r\n", R/binary>> -> <<L:N/binary, _/binary>> = All, [L | lines(R, R, 0)];
        <<"\n", R/binary>> -> <<L:N/binary, _/binary>> = All, [L | lines(R, R, 0)];
        <<_, R/binary>> -> lines(R, All, N + 1);
        <<>> -> [All]
    end.

esc(<<$<, R/binary>>, A) -> esc(R, <<A/binary, "&lt;">>);
esc(<<$>, R/binary>>, A) -> esc(R, <<A/binary, "&gt;">>);
esc(<<$&, R/binary>>, A) -> esc(R, <<A/binary, "&amp;">>);
esc(<<$", R/binary>>, A) -> esc(R, <<A/binary, "&quot;">>);
esc(<<C, R/binary>>, A) -> esc(R, <<A/binary, C>>);
esc(<<>>, A) -> A.

hex(<<A, B, R/binary>>, Acc) ->
    case {dig(A), dig(B)} of
        {X, Y} when is_integer(X), is_integer(Y) -> hex(R, [X * 16 + Y | Acc]);
        _ -> {bad, A, B, R, Acc}
    end;
hex(<<>>, Acc) -> Acc.

dig(C) when C >= $0, C =< $9 -> C - $0;
dig(C) when C >= $a, C =< $f -> C - $a + 10;
dig(C) when C >= $A, C =< $F -> C - $A + 10;
dig(_) -> no.

twice(B) ->
    <<A:16, _/binary>> = B, <<_:16, C:16>> = B, <<D:32>> = B, <<E:8/binary-unit:4>> = B,
    {A, C, D, E, B}.
