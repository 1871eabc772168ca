%% Floats out of binaries: 16, 32 and 64 bits; NaN and infinity do not match.
-module(bit_match_float).
-export([main/0, id/1]).

main() ->
    Bs = [<<0:64>>, <<16#8000000000000000:64>>, <<1.5/float>>, <<-2.25/float>>, <<1:64>>, <<16#7FEFFFFFFFFFFFFF:64>>, <<16#7FF0000000000000:64>>, <<16#FFF0000000000000:64>>,
          <<16#7FF8000000000000:64>>, <<16#7FF0000000000001:64>>, <<3.140625:32/float, 0:32>>, <<16#7F800000:32, 5:32>>, <<16#3C00:16, 1:48>>, <<16#7C00:16, 0:48>>, <<1, 2, 3>>],
    [erlang:display({B, f64(B), f64l(B), f32(B), f32l(B), f16(B), f16l(B)}) || B <- Bs],
    <<_:3, X/float, _/bits>> = id(<<5:3, 1.25/float, 1:5>>),
    <<_:7, Y:32/float-little, _/bits>> = id(<<5:7, -7.5:32/float-little, 1:1>>),
    erlang:display({X, Y}),
    erlang:display([size_var(S) || S <- [16, 32, 64, 8, 0, 63]]),
    erlang:display([lit(B) || B <- [<<1.0/float>>, <<1.0:32/float>>, <<2.0/float>>]]),
    ok.

id(X) -> X.
f64(<<F/float, _/bits>>) -> F; f64(_) -> no.
f64l(<<F/float-little, _/bits>>) -> F; f64l(_) -> no.
f32(<<F:32/float, _/bits>>) -> F; f32(_) -> no.
f32l(<<F:32/float-little, _/bits>>) -> F; f32l(_) -> no.
f16(<<F:16/float, _/bits>>) -> F; f16(_) -> no.
f16l(<<F:16/float-little, _/bits>>) -> F; f16l(_) -> no.

size_var(S) ->
    B = id(<<1.5/float, 0:64>>),
    case B of
        <<F:S/float, _/bits>> -> F;
        _ -> no
    end.

lit(<<1.0/float>>) -> one;
lit(<<1.0:32/float>>) -> one32;
lit(_) -> none.
