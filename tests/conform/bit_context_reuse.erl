%% Match contexts kept over calls, converted back to binaries, and used twice.
-module(bit_context_reuse).
-export([main/0, id/1, count/2]).

main() ->
    B = id(<<"aXbXXc">>),
    erlang:display(count(B, 0)),
    erlang:display(both(B)),
    erlang:display(until($X, B)),
    erlang:display(split(id(<<"k1=v1;k2=v2;k3">>))),
    erlang:display(peek(id(<<3, 1, 2, 3, 9, 9>>))),
    erlang:display(mutual(id(<<"aabbab">>), [])),
    erlang:display(csv(id(<<"a,b,\"c,d\",,e">>))),
    erlang:display(guarded(id(<<"12x">>), 0)),
    erlang:display(json(id(<<" [1, 22, [3, []], true] rest">>))),
    erlang:display(in_fun(id(<<1, 2, 3>>))),
    erlang:display(sizes(id(<<1, 2, 3>>), [])),
    ok.

id(X) -> X.
count(<<$X, R/binary>>, N) -> count(R, N + 1);
count(<<_, R/binary>>, N) -> ?MODULE:count(R, N);
count(<<>>, N) -> N.

both(<<A, R/binary>> = All) -> {A, All, id(R), byte_size(All)}.

until(C, B) -> until(C, B, 0, B).
until(C, <<C, R/binary>>, N, B) -> {binary_part(B, 0, N), R};
until(C, <<_, R/binary>>, N, B) -> until(C, R, N + 1, B);
until(_, <<>>, _, B) -> {B, <<>>}.

split(B) ->
    case until($;, B) of
        {P, <<>>} -> [pair(P)];
        {P, R} -> [pair(P) | split(R)]
    end.
pair(P) -> until($=, P).

peek(<<N, R/binary>> = B) when byte_size(R) >= N ->
    <<H:N/binary, T/binary>> = R,
    {H, T, byte_size(B)};
peek(_) -> short.

mutual(<<$a, R/binary>>, A) -> in_b(R, [a | A]);
mutual(R, A) -> {R, A}.
in_b(<<$b, R/binary>>, A) -> mutual(R, [b | A]);
in_b(<<$a, _/binary>> = R, A) -> mutual(R, [again | A]);
in_b(R, A) -> {in_b, R, A}.

csv(B) -> csv(B, <<>>).
csv(<<$", R/binary>>, <<>>) -> quoted(R, <<>>);
csv(<<$,, R/binary>>, F) -> [F | csv(R, <<>>)];
csv(<<C, R/binary>>, F) -> csv(R, <<F/binary, C>>);
csv(<<>>, F) -> [F].
quoted(<<$", $,, R/binary>>, F) -> [F | csv(R, <<>>)];
quoted(<<C, R/binary>>, F) -> quoted(R, <<F/binary, C>>).

guarded(<<C, R/binary>>, N) when C >= $0, C =< $9 -> guarded(R, N * 10 + C - $0);
guarded(B, N) -> {N, B}.

json(<<C, R/binary>>) when C =:= $\s -> json(R);
json(<<"[", R/binary>>) -> array(R, []);
json(<<"true", R/binary>>) -> {true, R};
json(<<C, _/binary>> = B) when C >= $0, C =< $9 -> guarded(B, 0).
array(<<C, R/binary>>, A) when C =:= $\s; C =:= $, -> array(R, A);
array(<<"]", R/binary>>, A) -> {rev(A, []), R};
array(B, A) -> {V, R} = json(B), array(R, [V | A]).
rev([], A) -> A;
rev([H | T], A) -> rev(T, [H | A]).

in_fun(<<A, R/binary>>) -> F = fun(X) -> {A, X, R} end, F(byte_size(R)).
sizes(<<_, R/binary>> = B, L) -> sizes(R, [{byte_size(B), bit_size(R)} | L]);
sizes(<<>>, L) -> L.
