%% one binary extended by many processes at once keeps each one's own tail
-module(conc_msg_append_race).
-export([main/0]).

main() ->
    Me = self(),
    L = [begin
        Base = lists:foldl(fun(I, A) -> <<A/binary, I>> end, <<>>, lists:seq(1, 100)),
        Ps = [spawn(fun() -> receive {go, B} -> Me ! {self(), ext(B, I, 50)} end end) || I <- lists:seq(1, 6)],
        [P ! {go, Base} || P <- Ps],
        Mine = ext(Base, 99, 50),
        [Mine =:= <<Base/binary, (binary:copy(<<99>>, 50))/binary>> |
         [receive {P, X} -> X =:= <<Base/binary, (binary:copy(<<I>>, 50))/binary>> end || {P, I} <- lists:zip(Ps, lists:seq(1, 6))]]
    end || _ <- lists:seq(1, 60)],
    io:format("~p~n", [lists:usort(lists:append(L))]).

ext(B, _, 0) -> B;
ext(B, I, N) -> ext(<<B/binary, I>>, I, N - 1).
