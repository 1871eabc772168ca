%% Long loops over many reductions in several processes: every one gets on.
-module(op_yield).
-export([main/0, id/1, spin/2]).

main() ->
    Me = self(),
    Pids = [spawn(fun() -> Me ! {self(), spin(N * 200000, 0)} end) || N <- [1, 2, 3, 4, 5]],
    erlang:display([receive {P, R} -> R end || P <- Pids]),
    Busy = spawn(fun() -> forever(0) end),
    Quick = spawn(fun() -> receive {ping, From} -> From ! pong end end),
    Quick ! {ping, Me},
    erlang:display(receive pong -> pong after 5000 -> starved end),
    exit(Busy, kill),
    erlang:display(spin(3000000, 0)),
    erlang:display(args(500000, 1, 2, 3, 4, 5, 6, 7, 8)),
    ok.

id(X) -> X.
spin(0, A) -> A;
spin(N, A) -> spin(N - 1, (A + N) band 16#FFFF).
forever(N) -> forever(N + 1).
args(0, A, B, C, D, E, F, G, H) -> [A, B, C, D, E, F, G, H];
args(N, A, B, C, D, E, F, G, H) -> args(N - 1, B, A, D, C, F, E, H + G - G, G).
