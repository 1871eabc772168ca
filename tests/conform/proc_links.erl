%% Links: exit reasons passed on, trap_exit, unlink, links to the dead, both directions.
-module(proc_links).
-export([main/0, id/1]).

main() ->
    process_flag(trap_exit, true),
    [begin
         P = spawn_link(fun() -> exit(R) end),
         receive {'EXIT', P, W} -> io:format("~p~n", [W]) after 5000 -> io:format("none~n") end
     end || R <- [normal, shutdown, {shutdown, x}, kill, killed, "str", {error, [1]}]],
    P1 = spawn_link(fun() -> ok end),
    io:format("~p~n", [receive {'EXIT', P1, W1} -> W1 end]),
    P2 = spawn_link(fun() -> receive after infinity -> ok end end),
    exit(P2, kill),
    io:format("~p~n", [receive {'EXIT', P2, W2} -> W2 end]),
    P3 = spawn_link(fun() -> receive after infinity -> ok end end),
    unlink(P3),
    exit(P3, kill),
    io:format("~p~n", [receive {'EXIT', P3, W3} -> W3 after 50 -> none end]),
    link(P3),
    io:format("~p~n", [receive {'EXIT', P3, W4} -> W4 after 1000 -> none end]),
    Me = self(),
    Chain = spawn(fun() ->
                          process_flag(trap_exit, false),
                          A = spawn_link(fun() -> B = spawn_link(fun() -> receive boom -> exit(chained) end end), Me ! {b, B}, receive after infinity -> ok end end),
                          Me ! {a, A},
                          receive after infinity -> ok end
                  end),
    B = receive {b, X} -> X end, A = receive {a, Y} -> Y end,
    Refs = [{N, monitor(process, Q)} || {N, Q} <- [{b, B}, {a, A}, {chain, Chain}]],
    B ! boom,
    io:format("~p~n", [[{N, receive {'DOWN', R, _, _, W} -> W end} || {N, R} <- Refs]]),
    N1 = spawn_link(fun() -> receive go -> ok end end),
    link(N1), link(N1), N1 ! go,
    io:format("~p~n", [receive {'EXIT', N1, W5} -> W5 end]),
    io:format("~p~n", [receive Any -> Any after 20 -> nothing_more end]),
    Self = spawn(fun() -> process_flag(trap_exit, true), exit(self(), note), receive {'EXIT', S, Z} -> Me ! {S =:= self(), Z} end end),
    io:format("~p ~p~n", [receive {true, Z} -> Z end, is_pid(Self)]),
    io:format("~p~n", [process_flag(trap_exit, false)]),
    P9 = spawn(fun() -> link(Me), exit(normal) end),
    M9 = monitor(process, P9),
    receive {'DOWN', M9, _, _, _} -> io:format("survived~n") end,
    ok.

id(X) -> X.
