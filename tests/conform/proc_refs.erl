%% References: unique, ordered, as keys, across processes, to and from text and binaries.
-module(proc_refs).
-export([main/0, id/1]).

main() ->
    Rs = [make_ref() || _ <- lists:seq(1, 1000)],
    io:format("~p~n", [length(lists:usort(Rs))]),
    io:format("~p~n", [lists:all(fun is_reference/1, Rs)]),
    M = maps:from_list([{R, N} || {N, R} <- lists:zip(lists:seq(1, 1000), Rs)]),
    io:format("~p~n", [maps:get(lists:nth(500, Rs), M)]),
    Me = self(),
    spawn(fun() -> Me ! [make_ref() || _ <- lists:seq(1, 100)] end),
    Other = receive L -> L end,
    io:format("~p~n", [length(lists:usort(Rs ++ Other))]),
    R = make_ref(),
    io:format("~p~n", [list_to_ref(ref_to_list(R)) =:= R]),
    io:format("~p~n", [list_to_pid(pid_to_list(Me)) =:= Me]),
    io:format("~p~n", [lists:prefix("#Ref<0.", ref_to_list(R))]),
    io:format("~p~n", [re_pid(pid_to_list(Me))]),
    io:format("~p~n", [{R < Me, Me < R, R == R, R =:= make_ref()}]),
    io:format("~p~n", [erlang:phash2(R) =:= erlang:phash2(R)]),
    spawn(fun() -> receive {X, From} -> From ! {X, back} end end) ! {R, Me},
    io:format("~p~n", [receive {R, back} -> same end]),
    U = [erlang:unique_integer([monotonic]) || _ <- lists:seq(1, 100)],
    io:format("~p~n", [U =:= lists:usort(U)]),
    io:format("~p~n", [erlang:unique_integer([positive]) > 0]),
    io:format("~p~n", [erlang:unique_integer() =/= erlang:unique_integer()]),
    ok.

id(X) -> X.
re_pid("<0." ++ T) -> lists:suffix(">", T).
