%% Bitstrings that start or end inside a byte: copying, comparing, hashing, matching again.
-module(bit_unaligned).
-export([main/0, id/1]).

main() ->
    B = id(<<16#DE, 16#AD, 16#BE, 16#EF, 16#CA, 16#FE>>),
    Subs = [begin <<_:O, X:S/bits, _/bits>> = B, X end || O <- [0, 1, 3, 7, 8, 9], S <- [0, 1, 4, 7, 8, 9, 15, 16, 17, 31, 32]],
    [erlang:display(X) || X <- Subs],
    Copies = [<< <<C:1>> || <<C:1>> <= X >> || X <- Subs],
    erlang:display(Subs =:= Copies),
    erlang:display([X =:= Y || {X, Y} <- zip(Subs, Copies)]),
    erlang:display([erlang:phash2(X) =:= erlang:phash2(Y) || {X, Y} <- zip(Subs, Copies)]),
    erlang:display([erlang:phash2(X) || X <- Subs]),
    erlang:display([X < B || X <- Subs]),
    erlang:display(bit_size(cat(Subs))),
    erlang:display(cat(Subs)),
    P = self(),
    spawn(fun() -> P ! cat(Subs) end),
    erlang:display(receive M -> M =:= cat(Copies) end),
    erlang:display([bitstring_to_list(X) || X <- Subs]),
    erlang:display([list_to_bitstring(bitstring_to_list(X)) =:= X || X <- Subs]),
    erlang:display(map_size(mapof(Subs, #{}))),
    ok.

id(X) -> X.
zip([], []) -> [];
zip([A | As], [B | Bs]) -> [{A, B} | zip(As, Bs)].
cat(L) -> cat(L, <<>>).
cat([], A) -> A;
cat([H | T], A) -> cat(T, <<A/bits, H/bits>>).
mapof([], M) -> M;
mapof([H | T], M) -> mapof(T, M#{H => 1}).
