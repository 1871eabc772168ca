%% Error reports of crashed processes: written to standard output with reason and trace.
%% conform: separate reports
-module(exit_reports).
-export([main/0, id/1, crash/1]).

main() ->
    [begin
         {_, R} = spawn_monitor(?MODULE, crash, [K]),
         receive {'DOWN', R, _, _, _} -> ok end,
         timer:sleep(100)
     end || K <- [ok, badarith, exit, throw, error, undef]],
    io:format("done~n").

id(X) -> X.
crash(ok) -> ok;
crash(badarith) -> [1 + id(a)];
crash(exit) -> exit(reason);
crash(throw) -> throw(x);
crash(error) -> error({custom, "string", [<<"bin">>]});
crash(undef) -> no_such:f(1).
