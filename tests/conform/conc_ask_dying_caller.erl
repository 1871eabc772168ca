%% processes that ask others and are killed while they wait for the answer
-module(conc_ask_dying_caller).
-export([main/0]).

main() ->
    B = spawn(fun() -> busy() end),
    L = [begin
        {P, R} = spawn_monitor(fun() -> ask(B) end),
        [erlang:yield() || _ <- lists:seq(1, I rem 5)],
        exit(P, kill),
        receive {'DOWN', R, _, _, W} -> W after 5000 -> stuck end
    end || I <- lists:seq(1, 200)],
    io:format("~p~n", [lists:usort(L)]),
    exit(B, kill).

busy() -> busy().
ask(B) -> process_info(B, links), garbage_collect(B), ask(B).
