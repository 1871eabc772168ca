%% Binaries and bitstrings put together: whole, sized, unaligned, errors.
-module(bit_make_bin).
-export([main/0, id/1]).

main() ->
    A = id(<<"hello">>), B = id(<<5:3>>), E = id(<<>>),
    erlang:display(<<A/binary, A/binary>>),
    erlang:display(<<A/binary, B/bits, A/binary>>),
    erlang:display(<<B/bits, B/bits, B/bits>>),
    erlang:display(<<B/bits, A/binary, 0:5>>),
    erlang:display(<<E/binary, E/bits>>),
    erlang:display([<<A:N/binary, $.>> || N <- [0, 1, 4, 5]]),
    erlang:display([<<A:N/bits, 1:1>> || N <- [0, 1, 7, 8, 9, 39, 40]]),
    erlang:display(<<A:(id(2))/binary-unit:16, 1>>),
    erlang:display([try <<A:N/binary>> catch error:R -> R end || N <- id([6, -1, a, 1.0, 1 bsl 70])]),
    erlang:display([try <<X/binary>> catch error:R -> R end || X <- id([a, 1, "s", <<1:7>>, [], {}])]),
    erlang:display([try <<X/bits>> catch error:R -> R end || X <- id([a, 1, <<1:7>>])]),
    erlang:display([try <<1:N>> catch error:R -> R end || N <- id([-1, a, 1.5, []])]),
    erlang:display([try <<X:8>> catch error:R -> R end || X <- id([a, 1.5, <<1>>, []])]),
    erlang:display([try <<1:N/unit:8>> catch error:R -> R end || N <- id([-1, 1 bsl 61, 1 bsl 64])]),
    erlang:display(<<"abc", 1, "def":16, $x:16/little>>),
    Sub = binary_part(id(<<"0123456789">>), 3, 4),
    erlang:display(<<Sub/binary, "-", Sub:2/binary>>),
    <<_:3, Un/bits>> = id(<<16#FF, 16#0F, 16#F0>>),
    erlang:display({Un, <<Un/bits, 1:3>>, <<1:3, Un/bits>>, <<Un/bits, Un/bits>>}),
    ok.

id(X) -> X.
