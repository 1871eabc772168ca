%% Floats into binaries of 16, 32 and 64 bits, both ends, unaligned; integers too; overflow.
-module(bit_make_float).
-export([main/0, id/1]).

main() ->
    Fs = [0.0, -0.0, 1.0, -1.5, 3.141592653589793, 1.0e-40, 65504.0, 1.0e-7, 6.0e-8, 1.0e38, 5.0e-324, 1.7976931348623157e308, 2, -3, 1 bsl 60, 1 bsl 70],
    [erlang:display({F, <<F/float>>, <<F:64/float-little>>}) || F <- Fs],
    [erlang:display({F, try <<F:32/float>> catch error:R1 -> R1 end, try <<F:32/float-little>> catch error:R2 -> R2 end, try <<F:16/float>> catch error:R3 -> R3 end,
                     try <<F:16/float-little>> catch error:R4 -> R4 end}) || F <- Fs],
    erlang:display(<<1:3, (id(1.0))/float, 2:5>>),
    erlang:display(<<1:1, (id(-2.5)):32/float-little, 0:7>>),
    erlang:display([try <<1.0:S/float>> catch error:R -> R end || S <- id([8, 63, 65, 0, 128, -1, 80])]),
    erlang:display([try <<X/float>> catch error:R -> R end || X <- id([a, "1", 1 bsl 1024, -(1 bsl 2000)])]),
    erlang:display([try <<X:32/float>> catch error:R -> R end || X <- id([1.0e39, -1.0e39, 1 bsl 128])]),
    ok.

id(X) -> X.
