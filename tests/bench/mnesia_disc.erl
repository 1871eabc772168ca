%% Transactions of mnesia on a table kept on disc: reading and writing, counting, an index.
-module(mnesia_disc).
-export([main/1]).

-record(account, {id, owner, sum}).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 10000 end,
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "beamrc_mnesia_disc" ++ os:getpid()),
    ok = logger:set_primary_config(level, none),
    ok = application:load(mnesia),
    ok = application:set_env(mnesia, dir, Dir),
    ok = mnesia:create_schema([node()]),
    ok = mnesia:start(),
    {atomic, ok} = mnesia:create_table(account, [{attributes, record_info(fields, account)},
                                                 {index, [#account.owner]}, {disc_copies, [node()]}]),
    ok = mnesia:wait_for_tables([account], 5000),
    Start = erlang:monotonic_time(microsecond),
    [{atomic, ok} = mnesia:transaction(fun() -> mnesia:write(#account{id = I, owner = I rem 100, sum = 0}) end)
     || I <- lists:seq(1, 1000)],
    work(N),
    {atomic, Sum} = mnesia:transaction(fun() -> mnesia:foldl(fun(#account{sum = V}, Acc) -> V + Acc end, 0, account) end),
    {atomic, Owned} = mnesia:transaction(fun() -> length(mnesia:index_read(account, 7, #account.owner)) end),
    End = erlang:monotonic_time(microsecond),
    stopped = mnesia:stop(),
    file:del_dir_r(Dir),
    io:format("~w~n~w us~n", [{Sum, Owned}, End - Start]).

work(0) -> ok;
work(N) ->
    From = N rem 1000 + 1,
    To = N * 7 rem 1000 + 1,
    {atomic, _} = mnesia:transaction(fun() -> move(From, To, 1) end),
    work(N - 1).

move(Same, Same, _) -> ok;
move(From, To, Sum) ->
    [A] = mnesia:read(account, From, write),
    [B] = mnesia:read(account, To, write),
    mnesia:write(A#account{sum = A#account.sum - Sum}),
    mnesia:write(B#account{sum = B#account.sum + 2 * Sum}).
