%% binaries shared by many processes, sub-binaries that outlive the whole, appends by two
-module(conc_msg_shared_bin).
-export([main/0]).

main() ->
    Me = self(),
    Bin = binary:copy(<<0, 1, 2, 3, 4, 5, 6, 7>>, 10000),
    Ps = [spawn(fun() -> receive B -> Me ! {self(), binary:part(B, I * 8, 80), erlang:crc32(B)} end end) || I <- lists:seq(1, 100)],
    [P ! Bin || P <- Ps],
    io:format("~p~n", [lists:usort([receive {P, S, C} -> {S, C =:= erlang:crc32(Bin)} end || P <- Ps]) =:= [{binary:copy(<<0, 1, 2, 3, 4, 5, 6, 7>>, 10), true}]]),
    Base = <<(binary:copy(<<"a">>, 100))/binary, "b">>,
    Q = spawn(fun() -> receive B -> Me ! {q, lists:foldl(fun(I, A) -> <<A/binary, I>> end, B, lists:seq(1, 200))} end end),
    Q ! Base,
    Mine = lists:foldl(fun(I, A) -> <<A/binary, (255 - I)>> end, Base, lists:seq(1, 200)),
    Its = receive {q, X} -> X end,
    io:format("~p~n", [{binary:part(Mine, 0, 101) =:= Base, binary:part(Its, 0, 101) =:= Base, erlang:crc32(Mine), erlang:crc32(Its)}]),
    Bits = spawn(fun() -> receive <<_:3, R/bits>> -> Me ! {bits, R} end end),
    Bits ! <<5:3, "bitstring", 1:2>>,
    io:format("~p~n", [receive {bits, R} -> R end]).
