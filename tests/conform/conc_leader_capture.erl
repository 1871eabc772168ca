%% output of a process goes to its group leader, here one that collects it
-module(conc_leader_capture).
-export([main/0]).

main() ->
    Me = self(),
    G = spawn(fun() -> leader([]) end),
    {P, R} = spawn_monitor(fun() -> group_leader(G, self()), [spawn_out(I) || I <- [1, 2, 3]], io:format("last ~w~n", [x]), io:put_chars("end\n") end),
    receive {'DOWN', R, _, P, normal} -> ok end,
    G ! {get, Me},
    receive {out, L} -> io:format("~s", [L]) end.

spawn_out(I) -> {P, R} = spawn_monitor(fun() -> io:format("from ~w~n", [I]) end), receive {'DOWN', R, _, P, _} -> ok end.
leader(A) ->
    receive
        {io_request, From, As, {put_chars, _, Chars}} -> From ! {io_reply, As, ok}, leader([A, unicode:characters_to_list(Chars)]);
        {io_request, From, As, {put_chars, _, M, F, Args}} -> From ! {io_reply, As, ok}, leader([A, unicode:characters_to_list(apply(M, F, Args))]);
        {io_request, From, As, _} -> From ! {io_reply, As, {error, request}}, leader(A);
        {get, To} -> To ! {out, lists:flatten(A)}
    end.
