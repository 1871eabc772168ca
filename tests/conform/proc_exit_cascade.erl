%% Trees of linked processes taken down from leaf, root and middle; trap_exit stops the fall.
-module(proc_exit_cascade).
-export([main/0, node/3]).

main() ->
    [begin
         Root = tree(4),
         All = collect(31, []),
         Refs = [monitor(process, P) || P <- All],
         Victim = pick(Who, Root, All),
         exit(Victim, {because, Who}),
         io:format("~p ~p~n", [Who, lists:usort([receive {'DOWN', R, _, _, W} -> W after 2000 -> alive end || R <- Refs])])
     end || Who <- [root, leaf, middle]],
    Me = self(),
    Guard = spawn(fun() -> process_flag(trap_exit, true), C = spawn_link(fun() -> receive after infinity -> ok end end), Me ! {child, C}, receive {'EXIT', C, W} -> Me ! {trapped, W} end end),
    receive {child, C} -> exit(C, bang) end,
    io:format("~p~n", [receive {trapped, W} -> W end]),
    io:format("~p~n", [is_pid(Guard)]).

tree(D) -> spawn(?MODULE, node, [D, self(), none]).
node(D, To, _) ->
    To ! {up, D, self()},
    [spawn_link(?MODULE, node, [D - 1, To, self()]) || D > 0, _ <- [l, r]],
    receive after infinity -> ok end.
collect(0, A) -> [P || {_, P} <- lists:sort(fun({X, _}, {Y, _}) -> X >= Y end, lists:reverse(A))];
collect(N, A) -> receive {up, D, P} -> collect(N - 1, [{D, P} | A]) end.
pick(root, Root, _) -> Root;
pick(leaf, _, All) -> lists:last(All);
pick(middle, _, All) -> lists:nth(5, All).
