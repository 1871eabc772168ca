%% exit(self(), Reason) acts at once and cannot be caught
-module(conc_exit_self).
-export([main/0]).

main() ->
    Me = self(),
    [begin
         {_, R} = spawn_monitor(fun() ->
                      X = (catch exit(self(), Why)),
                      Me ! {went_on, Why, X},
                      try exit(self(), Why) catch A:B -> Me ! {caught, A, B} after Me ! after_ran end
                  end),
         io:format("~p ~p~n", [Why, receive {'DOWN', R, _, _, W} -> W end])
     end || Why <- [normal, kill, boom, {a, b}, "text", shutdown]],
    io:format("~p~n", [drain()]),
    process_flag(trap_exit, true),
    io:format("~p~n", [exit(self(), foo)]),
    io:format("~p~n", [receive {'EXIT', P, W} -> {P =:= self(), W} after 0 -> none end]).

drain() -> receive X -> [X | drain()] after 0 -> [] end.
