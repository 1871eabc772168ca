%% a cancelled timer has sent its message or never will
-module(conc_timer_race).
-export([main/0]).

main() ->
    L = [begin
        R = erlang:start_timer(I rem 3, self(), m),
        spin(I * 37 rem 5000),
        case erlang:cancel_timer(R) of
            false -> receive {timeout, R, m} -> ok after 5000 -> lost end;
            N when is_integer(N) -> receive {timeout, R, m} -> late after 0 -> ok end
        end
    end || I <- lists:seq(1, 500)],
    io:format("~p~n", [lists:usort(L)]),
    timer:sleep(5),
    io:format("~p~n", [receive X -> X after 0 -> empty end]).

spin(0) -> ok;
spin(N) -> spin(N - 1).
