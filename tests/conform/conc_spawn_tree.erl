%% each process starts two more, ten levels deep, and sums come back
-module(conc_spawn_tree).
-export([main/0, node/2]).

main() -> io:format("~p~n", [[tree(D) || D <- [0, 1, 5, 10, 12]]]).

tree(D) -> P = spawn(?MODULE, node, [D, self()]), receive {P, N} -> N end.
node(0, To) -> To ! {self(), 1};
node(D, To) ->
    L = spawn_link(?MODULE, node, [D - 1, self()]), R = spawn_link(?MODULE, node, [D - 1, self()]),
    receive {L, A} -> receive {R, B} -> To ! {self(), A + B + 1} end end.
