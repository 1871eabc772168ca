%% Binaries, frames and funs as compilers of OTP 22 and 23 wrote them.
-module(older_bits).
-compile(r22).
-export([main/0]).

main() ->
    [show(F, A) || {F, A} <- cases()].

show(F, A) ->
    Result = try apply(fun call/2, [F, A])
             catch C:R:S -> {C, R, [{M, N, length_of(Args)} || {M, N, Args, _} <- S, M =:= ?MODULE]}
             end,
    io:format("~p ~p: ~p~n", [F, A, Result]).

length_of(A) when is_list(A) -> length(A);
length_of(A) -> A.

cases() ->
    [{ints, [1, 300, -5, 16]}, {ints, [1, 300, -5, -1]}, {ints, [a, 1, 1, 1]},
     {floats, [1.5, 64]}, {floats, [2, 32]}, {floats, [2, 7]}, {floats, [x, 64]},
     {tail, [<<"abc">>, <<1:3>>]}, {tail, [<<"abc">>, abc]}, {part, [<<"abcdef">>, 3]},
     {part, [<<"abc">>, 9]}, {utf, [[$a, 228, 8364, 128512]]}, {utf, [[16#D800]]},
     {append, [10]}, {comprehend, [lists:seq(1, 20)]}, {comprehend, [[1, x]]},
     {little, [16#010203]}, {native, [16#0102]}, {empty, []}, {guarded, [7, 3]}, {guarded, [x, 3]},
     {frames, [[3, 2, 1]]}, {frames, [[]]}, {funs, [5]}].

call(ints, [A, B, C, Size]) -> <<A, B:16, C:Size, "text", 0:4, (A + 1):4>>;
call(floats, [F, Size]) -> <<F:Size/float, F:Size/float-little>>;
call(tail, [A, B]) -> <<A/binary, 1, B/bitstring>>;
call(part, [A, Size]) -> <<1:1, A:Size/binary, 2:7>>;
call(utf, [Cs]) ->
    {<<<<C/utf8>> || C <- Cs>>, <<<<C/utf16-little>> || C <- Cs>>,
     [<<"<", C/utf32, ">", C/utf8, C/utf16>> || C <- Cs]};
call(append, [N]) -> append(N, <<>>);
call(comprehend, [L]) -> <<<<X:3, X:13/little-signed>> || X <- L>>;
call(little, [X]) -> <<X:24/little, X:24/signed, X:20/little, X:5>>;
call(native, [X]) -> <<X:16/native, X:32/native-signed>>;
call(empty, []) -> {<<>>, <<(id(<<>>))/binary>>};
call(guarded, [X, Y]) when <<X, Y>> =:= <<7, 3>> -> yes;
call(guarded, _) -> no;
call(frames, [L]) ->
    A = lists:sort(L),
    B = try [hd(A)] catch error:badarg -> case id(L) of [] -> none; _ -> id(some) end end,
    C = [X || X <- A, X > length(B)],
    {A, B, C};
call(funs, [N]) ->
    F = fun(X) -> X + N end,
    G = fun Self(0) -> N; Self(X) -> F(X) + Self(X - 1) end,
    {G(10), lists:map(fun(X) -> {X, F(X), N} end, [1, 2])}.

append(0, B) -> B;
append(N, B) -> append(N - 1, <<B/binary, N:16, (id(N)):8>>).

id(X) -> X.
