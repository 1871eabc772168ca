%% Lists whose bytes and bits outgrow what is there for them, at each place where that can be, and bad ones that did.
-module(iolist_grows).
-export([main/0]).

main() ->
    [erlang:display({N, M, sums(N, M)}) || N <- [0, 1, 1000, 1023, 1024, 1025, 2047, 2048, 5000, 70000], M <- [0, 1, 63, 64, 65, 1024, 3000]],
    [erlang:display({N, odd(N)}) || N <- [1, 7, 8, 500, 1023, 1024, 1025, 4096, 9000]],
    [erlang:display({N, bad(N)}) || N <- [0, 64, 1023, 1024, 5000]],
    Big = binary:copy(<<"0123456789">>, 100000),
    erlang:display(erlang:md5(iolist_to_binary([$a, Big, [Big | $b =:= $b andalso <<"c">>], <<>>, [], Big]))),
    erlang:display(bit_size(list_to_bitstring([<<1:1>>, Big, <<0:3>>, Big, <<7:4>>]))).

%% N bytes one by one, a binary of M, and all that twice, within lists.
sums(N, M) ->
    L = [I rem 256 || I <- lists:seq(1, N)],
    B = << <<(I rem 251)>> || I <- lists:seq(1, M) >>,
    R = iolist_to_binary([L, B, [[L | B]]]),
    R = list_to_binary([L, [[[]], B], [], L | B]),
    {byte_size(R), erlang:crc32(R), iolist_size([L, B | B])}.

odd(N) ->
    L = [case I rem 3 of 0 -> I rem 256; 1 -> <<I:5>>; 2 -> <<I:11>> end || I <- lists:seq(1, N)],
    R = list_to_bitstring([L | <<5:3>>]),
    R = << <<(if is_integer(X) -> <<X>>; true -> X end)/bitstring>> || X <- L ++ [<<5:3>>] >>,
    {bit_size(R), erlang:crc32(<<R/bitstring, 0:(-bit_size(R) band 7)>>)}.

bad(N) ->
    L = lists:duplicate(N, $x),
    [try F([L | E]) of B -> byte_size(B) catch error:R -> R end
     || F <- [fun list_to_binary/1, fun iolist_to_binary/1], E <- [[256], [-1], [a], [1 bsl 70], [<<1:7>>], x, <<1:9>>, [[[1.0]]]]].
