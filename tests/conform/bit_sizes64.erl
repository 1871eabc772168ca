%% Binaries around 64 bytes: heap or shared, sub-binaries of both, equality and order.
-module(bit_sizes64).
-export([main/0, id/1]).

main() ->
    Ns = [0, 1, 7, 8, 9, 62, 63, 64, 65, 66, 127, 128, 129, 1000],
    Bs = [mk(N) || N <- Ns],
    erlang:display([byte_size(B) || B <- Bs]),
    erlang:display([erlang:phash2(B) || B <- Bs]),
    erlang:display([erlang:crc32(B) || B <- Bs]),
    erlang:display([B =:= mk(byte_size(B)) || B <- Bs]),
    erlang:display([B < <<B/binary, 0>> || B <- Bs]),
    erlang:display([begin S = byte_size(B), <<X:(S div 2)/binary, Y/binary>> = B, <<X/binary, Y/binary>> =:= B end || B <- Bs]),
    P = self(),
    Echo = spawn(fun() -> echo() end),
    erlang:display([begin Echo ! {P, B}, receive {Echo, R} -> R =:= B end end || B <- Bs]),
    erlang:display([begin Sub = binary_part(B, byte_size(B) div 3, byte_size(B) div 2), Echo ! {P, Sub}, receive {Echo, R} -> R =:= Sub end end || B <- Bs]),
    erlang:garbage_collect(),
    erlang:display([begin <<_:3, T/bits>> = <<5:3, B/bits>>, T =:= B end || B <- Bs]),
    erlang:display([binary_to_list(B) =:= lst(byte_size(B)) || B <- Bs]),
    erlang:display([list_to_binary(lst(N)) =:= mk(N) || N <- Ns]),
    Echo ! stop,
    ok.

id(X) -> X.
lst(N) -> [X band 255 || X <- seq(1, N)].
mk(N) -> << <<X>> || X <- seq(1, N) >>.
seq(N, M) when N > M -> [];
seq(N, M) -> [N | seq(N + 1, M)].
echo() -> receive {P, B} -> P ! {self(), B}, echo(); stop -> ok end.
