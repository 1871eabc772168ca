%% mnesia: tables in memory and on disc, transactions, a restart; dets and disk_log beside it
-module(app_mnesia).
-export([main/0]).
-record(acc, {id, bal, owner}).
main() ->
    logger:set_primary_config(level, none),
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "app_mnesia_" ++ os:getpid()), application:set_env(mnesia, dir, Dir),
    io:format("~p~n", [mnesia:create_schema([node()])]),
    io:format("~p~n", [mnesia:start()]),
    io:format("~p~n", [mnesia:create_table(acc, [{attributes, record_info(fields, acc)}, {disc_copies, [node()]}, {index, [owner]}])]),
    io:format("~p~n", [mnesia:create_table(ram, [{type, bag}])]),
    io:format("~p~n", [mnesia:transaction(fun() -> [mnesia:write(#acc{id = N, bal = 100 * N, owner = lists:nth(1 + N rem 3, [a,b,c])}) || N <- lists:seq(1, 10)], ok end)]),
    T = fun(F, To, A) -> mnesia:transaction(fun() -> [X] = mnesia:read(acc, F, write), [Y] = mnesia:read(acc, To, write), if X#acc.bal < A -> mnesia:abort(no_money); true -> ok end, mnesia:write(X#acc{bal = X#acc.bal - A}), mnesia:write(Y#acc{bal = Y#acc.bal + A}) end) end,
    io:format("~p ~p~n", [T(5, 1, 300), T(1, 5, 3000)]),
    Self = self(),
    [spawn(fun() -> [T(1 + (N + K) rem 10, 1 + N rem 10, 1) || K <- lists:seq(1, 20)], Self ! done end) || N <- lists:seq(1, 10)],
    [receive done -> ok end || _ <- lists:seq(1, 10)],
    io:format("~p~n", [mnesia:transaction(fun() -> mnesia:foldl(fun(#acc{bal = B}, S) -> B + S end, 0, acc) end)]),
    io:format("~p~n", [lists:sort([A#acc.id || A <- mnesia:dirty_index_read(acc, a, #acc.owner)])]),
    io:format("~p~n", [mnesia:dirty_select(acc, [{#acc{id = '$1', bal = '$2', _ = '_'}, [{'>', '$2', 10000}], ['$1']}])]),
    io:format("~p~n", [mnesia:table_info(acc, size)]),
    io:format("~p~n", [mnesia:stop()]), io:format("~p~n", [mnesia:start()]), io:format("~p~n", [mnesia:wait_for_tables([acc], 2000)]),
    io:format("~p~n", [mnesia:table_info(acc, size)]), mnesia:stop(),
    {ok, D} = dets:open_file(dd, [{file, Dir ++ "/d.dets"}]), [dets:insert(D, {N, N}) || N <- lists:seq(1, 100)], io:format("~p~n", [{dets:lookup(D, 7), dets:info(D, size)}]), dets:close(D),
    {ok, L} = disk_log:open([{name, l}, {file, Dir ++ "/l.log"}]), disk_log:log(L, {a, b}), disk_log:log_terms(L, [1, 2, 3]), disk_log:sync(L), io:format("~p~n", [element(2, disk_log:chunk(L, start))]), disk_log:close(L),
    os:cmd("rm -rf " ++ Dir).
