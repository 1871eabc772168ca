%% Integers into binaries: sizes 0 to 130 bits, both ends, negative, too large, unit.
-module(bit_make_int).
-export([main/0, id/1]).

main() ->
    Ns = [0, 1, -1, 255, 256, -128, 16#1234, -16#1234, 1 bsl 59, -(1 bsl 59), 1 bsl 60, (1 bsl 64) - 1, 1 bsl 64, -(1 bsl 63), -(1 bsl 64), (1 bsl 130) + 5, -(1 bsl 100)],
    [erlang:display({N, <<N>>, <<N:16>>, <<N:16/little>>, <<N:32>>, <<N:32/little>>, <<N:64>>, <<N:64/little>>}) || N <- Ns],
    [erlang:display({N, S, <<N:S>>, <<N:S/little>>, <<N:S/native>>}) || N <- Ns, S <- [0, 1, 3, 7, 9, 12, 15, 17, 24, 31, 33, 40, 63, 65, 72, 127, 128, 130]],
    erlang:display(<<(id(5)):3/unit:4>>),
    erlang:display(<<(id(-5)):2/little-unit:8>>),
    erlang:display(<<1:(id(4)), 2:(id(4)), 3:8, 4:(id(12)), 5:(id(4))>>),
    erlang:display(<<(id(1)):1, (id(16#ABCD)):16/little, (id(7)):7>>),
    erlang:display(<<(id(1)):3, (id(1 bsl 70)):77/little, (id(-2)):80>>),
    ok.

id(X) -> X.
