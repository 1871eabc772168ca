%% a lock as a process; a counter kept by many under it
-module(conc_mutex).
-export([main/0]).

main() ->
    Me = self(),
    L = spawn(fun() -> free() end),
    Cell = spawn(fun() -> cell(0) end),
    Ps = [spawn(fun() -> [inc(L, Cell) || _ <- lists:seq(1, 30)], Me ! {self(), done} end) || _ <- lists:seq(1, 20)],
    [receive {P, done} -> ok end || P <- Ps],
    io:format("~p~n", [fetch(Cell)]),
    {H, R} = spawn_monitor(fun() -> L ! {lock, self()}, receive {L, locked} -> exit(with_lock) end end),
    receive {'DOWN', R, _, H, W} -> io:format("~p~n", [W]) end,
    inc(L, Cell),
    io:format("~p~n", [fetch(Cell)]).

inc(L, Cell) -> L ! {lock, self()}, receive {L, locked} -> Cell ! {set, fetch(Cell) + 1}, L ! {unlock, self()} end.
fetch(Cell) -> Cell ! {get, self()}, receive {Cell, N} -> N end.
cell(N) -> receive {get, P} -> P ! {self(), N}, cell(N); {set, M} -> cell(M) end.
free() -> receive {lock, P} -> R = monitor(process, P), P ! {self(), locked}, receive {unlock, P} -> demonitor(R, [flush]); {'DOWN', R, _, _, _} -> ok end, free() end.
