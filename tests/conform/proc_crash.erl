%% Processes that crash: the reason with trace that monitors and links see.
-module(proc_crash).
-export([main/0, id/1, crash/1]).

main() ->
    [begin
         {P, R} = spawn_monitor(?MODULE, crash, [K]),
         receive {'DOWN', R, process, P, W} -> io:format("~p~n", [W]) end
     end || K <- [ok, badmatch, badarith, undef, throw, exit, case_clause, function_clause, deep, badarg, error_args, nested_fun, after_fails]],
    ok.

id(X) -> X.
crash(ok) -> fine;
crash(badmatch) -> {ok, X} = id({error, enoent}), X;
crash(badarith) -> [1 + id(a)];
crash(undef) -> no_such:function(1);
crash(throw) -> throw({ball, 1});
crash(exit) -> exit({shutdown, done});
crash(case_clause) -> case id(3) of 4 -> ok end;
crash(function_clause) -> [crash(id(unknown_kind))];
crash(deep) -> [deep(3) | tail];
crash(badarg) -> [atom_to_list(id(1))];
crash(error_args) -> erlang:error(custom, [a, b]);
crash(nested_fun) -> lists:map(fun(X) -> lists:map(fun(Y) -> X / Y end, [1, 0]) end, [1]);
crash(after_fails) -> try id(1), error(first) after error(second) end.
deep(0) -> error(bottom);
deep(N) -> [deep(N - 1)].
