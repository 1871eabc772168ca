%% Binary comprehensions over lists and binaries, with sizes, filters and bit results.
-module(op_bc).
-export([main/0, id/1]).

main() ->
    erlang:display(<< <<X>> || X <- id([1, 2, 3]) >>),
    erlang:display(<< <<X:16>> || X <- id([1, 2, 65536, -1]) >>),
    erlang:display(<< <<(X + 1)>> || <<X>> <= id(<<"HAL">>) >>),
    erlang:display(<< <<X:1>> || X <- id([1, 0, 1, 1]) >>),
    erlang:display(<< <<X:3>> || X <- id([1, 2, 3, 4, 5, 6, 7, 0]) >>),
    erlang:display(<< X || X <- id([<<1>>, <<2, 3>>, <<>>]), is_binary(X) >>),
    erlang:display(<< <<X/binary, 0>> || X <- id([<<"a">>, <<"bc">>]) >>),
    erlang:display(<< <<B:4, A:4>> || <<A:4, B:4>> <= id(<<16#12, 16#AB>>) >>),
    erlang:display(<< <<X/float>> || X <- id([1.0, 2]) >>),
    erlang:display(<< <<X/utf8>> || X <- id([$a, 228, 8364, 128512]) >>),
    erlang:display([X || <<X/utf8>> <= id(<<"aä€"/utf8>>)]),
    erlang:display(<< <<X, Y>> || X <- id([1, 2]), Y <- id([3, 4]), X + Y =/= 5 >>),
    erlang:display(<< <<X>> || <<X, 0>> <= id(<<1, 0, 2, 0, 3, 1, 4, 0>>) >>),
    erlang:display(<< <<N:S>> || {N, S} <- id([{1, 3}, {2, 5}, {255, 8}, {0, 0}]) >>),
    erlang:display(<< <<X:S/bits>> || <<S, X:S/bits, _:(8 - S)/bits>> <= id(<<3, 2#10100000, 5, 2#11111000>>) >>),
    erlang:display(byte_size(<< <<X:32>> || X <- seq(1, 10000) >>)),
    erlang:display(bit_size(<< <<X:7>> || X <- seq(1, 1001) >>)),
    erlang:display(<< <<X>> || X <- id([]) >>),
    erlang:display(try << <<X>> || X <- id([1, a]) >> catch error:R1 -> R1 end),
    erlang:display(try << <<X/binary>> || X <- id([<<1>>, 2]) >> catch error:R2 -> R2 end),
    erlang:display(try << <<X>> || <<X>> <= id(x) >> catch error:R3 -> R3 end),
    ok.

id(X) -> X.
seq(N, M) when N > M -> [];
seq(N, M) -> [N | seq(N + 1, M)].
