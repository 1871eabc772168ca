%% tables to files and back, by disk_log
-module(ets_tab2file).
-export([main/0]).

main() ->
    T = ets:new(t, [bag]),
    ets:insert(T, [{N rem 7, N, <<N:100>>} || N <- lists:seq(1, 500)]),
    File = "/tmp/conform_tab2file." ++ os:getpid(),
    io:format("~p~n", [ets:tab2file(T, File)]),
    {ok, U} = ets:file2tab(File),
    io:format("~p ~p~n", [lists:sort(ets:tab2list(T)) =:= lists:sort(ets:tab2list(U)), ets:info(U, type)]),
    {ok, Info} = ets:tabfile_info(File),
    io:format("~p~n", [[{K, proplists:get_value(K, Info)} || K <- [name, type, keypos, size]]]),
    io:format("~p~n", [ets:tab2file(T, File, [{extended_info, [md5sum, object_count]}])]),
    io:format("~p~n", [element(1, ets:file2tab(File, [{verify, true}]))]),
    file:delete(File),
    case ets:file2tab(File) of {error, R} -> io:format("~p~n", [is_tuple(R)]) end.
