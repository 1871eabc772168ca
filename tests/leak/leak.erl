%% Opens and closes everything that a program can hold, over and over: files, ports, tables, processes,
%% timers, monitors, links, names, aliases, binaries, references to natives' memory, log handlers. After
%% a while of warming up, memory and open descriptors must stay where they are.
%%   leak Seconds: prints `leak: ok ...`, or what has grown, with exit status 1.
-module(leak).
-export([main/1, init/1]).

main(Args) ->
    Seconds = case Args of [S | _] -> list_to_integer(S); [] -> 30 end,
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    Start = now_ms(),
    Warm = until(Start + Seconds * 333, 0),
    First = held(),
    Rounds = until(Start + Seconds * 1000, 0),
    Last = held(),
    say("~p and ~p rounds: ~p, then ~p~n", [Warm, Rounds, First, Last]),
    case [G || G <- grown(First, Last)] of
        [] -> io:format("leak: ok~n");
        Grown -> io:format("leak: ~p~n", [Grown]), halt(1)
    end.

now_ms() -> erlang:monotonic_time(millisecond).
say(Format, Args) -> io:format(standard_error, Format, Args).

until(End, N) ->
    round_(N),
    case now_ms() >= End of
        true -> N;
        false -> until(End, N + 1)
    end.

%% Resident memory may rise a little, nothing else at all.
grown(First, Last) ->
    [{What, Before, After} || {{What, Before}, {What, After}} <- lists:zip(First, Last),
                              After > case What of threads -> Before + 20; rss_kb -> Before + Before div 10 + 2000; memory -> Before + Before div 5 + 500000; _ -> Before end].

held() ->
    [garbage_collect(P) || P <- processes()],
    timer:sleep(200),
    {ok, Fds} = file:list_dir("/proc/self/fd"),
    {ok, Status} = file:read_file("/proc/self/status"),
    {match, [Rss]} = re:run(Status, "VmRSS:\\s+(\\d+)", [{capture, all_but_first, list}]),
    {match, [Threads]} = re:run(Status, "Threads:\\s+(\\d+)", [{capture, all_but_first, list}]),
    [{fds, length(Fds)}, {rss_kb, list_to_integer(Rss)}, {threads, list_to_integer(Threads)}, {processes, length(processes())},
     {ports, length(erlang:ports())}, {tables, length(ets:all())}, {names, length(registered())},
     {atoms, erlang:system_info(atom_count)}, {persistent, maps:get(count, persistent_term:info())},
     {memory, erlang:memory(total)}].

round_(N) ->
    files(N), tables(N), processes_(N), timers(), ports(N), binaries(N), terms(N), servers(N).

files(N) ->
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "beamrc_leak_" ++ os:getpid()),
    {ok, F} = file:open(Name, [write, raw, delayed_write]), ok = file:write(F, integer_to_list(N)), ok = file:close(F),
    {ok, G} = file:open(Name, [read, binary]), {ok, _} = file:read(G, 10), ok = file:close(G),
    {ok, _} = file:open(Name, [read, raw, binary, read_ahead]), % left to the collector
    {error, enoent} = file:open(Name ++ "none", [read]),
    {Pid, Ref} = spawn_monitor(fun() -> {ok, _} = file:open(Name, [read, raw]), {ok, _} = file:open(Name, [read]), exit(left) end),
    receive {'DOWN', Ref, process, Pid, left} -> ok end,
    {ok, _} = file:list_dir("/etc"), {ok, _} = file:read_file_info(Name),
    ok = file:delete(Name),
    garbage_collect().

tables(N) ->
    T = ets:new(t, [ordered_set]), ets:insert(T, [{I, lists:seq(1, I rem 20), <<0:800>>} || I <- lists:seq(1, 200)]),
    {_, _} = ets:select(T, [{{'$1', '_', '_'}, [], ['$1']}], 10),
    S = ets:new(leak_named, [named_table, set, public]), ets:insert(S, [{{N, I}, I} || I <- lists:seq(1, 200)]),
    ets:safe_fixtable(S, true), ets:delete_all_objects(S), ets:delete(S), ets:delete(T),
    {Pid, Ref} = spawn_monitor(fun() -> U = ets:new(u, []), ets:insert(U, {1, binary:copy(<<1>>, 1000)}), exit(left) end),
    receive {'DOWN', Ref, process, Pid, left} -> ok end.

processes_(N) ->
    Pids = [spawn_link(fun() -> register(list_to_atom("leak" ++ integer_to_list(I)), self()), put(k, I), receive stop -> exit(I) end end) || I <- lists:seq(1, 20)],
    Refs = [monitor(process, P) || P <- Pids],
    _ = [monitor(process, P, [{alias, reply_demonitor}]) || P <- Pids],
    [P ! {some, lists:seq(1, 100), binary:copy(<<N>>, 200)} || P <- Pids],
    [P ! stop || P <- Pids],
    [receive {'DOWN', R, process, _, _} -> ok end || R <- Refs],
    A = alias(), A ! x, unalias(A),
    drain().

drain() -> receive _ -> drain() after 0 -> ok end.

timers() ->
    Rs = [erlang:send_after(10000 + I, self(), I) || I <- lists:seq(1, 50)],
    _ = [erlang:start_timer(0, self(), I) || I <- lists:seq(1, 50)],
    [erlang:cancel_timer(R) || R <- Rs],
    {ok, R1} = timer:send_interval(1000, tick), {ok, cancel} = timer:cancel(R1),
    spawn(fun() -> erlang:send_after(100000, self(), never) end),
    timer:sleep(1),
    drain().

ports(N) when N rem 10 =:= 0 ->
    P = open_port({spawn, "cat"}, [binary]), true = port_command(P, <<"x">>), receive {P, {data, <<"x">>}} -> ok end, port_close(P),
    Q = open_port({spawn, "sh -c 'exit 3'"}, [exit_status]), receive {Q, {exit_status, 3}} -> ok end,
    {Pid, Ref} = spawn_monitor(fun() -> open_port({spawn, "cat"}, []), exit(left) end),
    receive {'DOWN', Ref, process, Pid, left} -> ok end,
    "x\n" = os:cmd("echo x"),
    drain();
ports(_) -> ok.

binaries(N) ->
    B = lists:foldl(fun(I, Acc) -> <<Acc/binary, I:32>> end, <<>>, lists:seq(1, 2000)),
    <<_:100/binary, Part:50/binary, _/binary>> = B,
    put(part, Part), put(part, binary:copy(Part)),
    Z = zlib:open(), zlib:deflateInit(Z), _ = zlib:deflate(Z, B, finish), zlib:close(Z),
    Left = zlib:open(), zlib:inflateInit(Left),
    _ = re:run(integer_to_list(N), "[0-9]+" ++ integer_to_list(N rem 300)),
    _ = binary_to_term(term_to_binary({N, B, self(), make_ref()})),
    _ = atomics:new(100, []), _ = counters:new(10, []).

terms(N) ->
    persistent_term:put(leak_term, {N, lists:seq(1, 100)}), _ = persistent_term:get(leak_term), persistent_term:erase(leak_term),
    _ = maps:from_list([{I, {N, I}} || I <- lists:seq(1, 500)]),
    try error({bad, N}) catch _:_:_ -> ok end,
    _ = (catch list_to_integer("x" ++ integer_to_list(N))).

servers(N) ->
    {ok, Sup} = supervisor:start_link(?MODULE, sup),
    {ok, _} = supervisor:start_child(Sup, #{id => {c, N}, start => {gen_event, start_link, []}}),
    [{_, P, _, _} | _] = supervisor:which_children(Sup), exit(P, kill),
    unlink(Sup), gen_server:stop(Sup),
    ok = logger:add_handler(leak, logger_std_h, #{config => #{type => standard_error}}), ok = logger:remove_handler(leak),
    drain().

init(sup) -> {ok, {#{intensity => 10}, []}}.
