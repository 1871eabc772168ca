%% Calls that block in the kernel: the others run on, signals have their effect at once.
-module(file_blocked).
-export([main/0]).

main() ->
    D = filename:join("/tmp", "conform_file_blocked_" ++ os:getpid()),
    ok = file:make_dir(D),
    killed(fifo(D, "killed")),
    kept(fifo(D, "kept")),
    looked_at(fifo(D, "looked_at")),
    many(D),
    order(D),
    p(file:del_dir_r(D)).

%% One for each part: an opener that was killed may still be waiting.
fifo(D, Name) ->
    Fifo = filename:join(D, Name),
    [] = os:cmd("mkfifo " ++ Fifo),
    Fifo.

opener(Fifo) ->
    fun() -> {ok, H} = file:open(Fifo, [read, raw, binary]),
             exit({read, file:read(H, 100)})
    end.

%% Lets the opener's call return, whoever waits for it.
release(Fifo, Bytes) ->
    {ok, W} = file:open(Fifo, [write, raw]),
    _ = file:write(W, Bytes), %% an opener that has been killed may have gone
    ok = file:close(W).

killed(Fifo) ->
    process_flag(trap_exit, true),
    P = spawn_link(opener(Fifo)),
    register(blocked, P),
    M = monitor(process, P),
    Q = spawn(fun() -> link(P), receive never -> ok end end),
    N = monitor(process, Q),
    timer:sleep(20),
    p({is_process_alive(P), whereis(blocked) =:= P}),
    exit(P, kill),
    receive {'EXIT', P, R1} -> p({link, R1}) after 2000 -> p(late) end,
    receive {'DOWN', M, _, _, R2} -> p({monitor, R2}) after 2000 -> p(late) end,
    receive {'DOWN', N, _, _, R3} -> p({linked, R3}) after 2000 -> p(late) end,
    p({is_process_alive(P), whereis(blocked), process_info(P), lists:member(P, processes())}),
    {_, O} = spawn_monitor(fun() -> {'EXIT', {R, _}} = (catch link(P)), exit(R) end),
    receive {'DOWN', O, _, _, R4} -> p({link_after, R4}) end,
    release(Fifo, "").

%% Messages and exit signals that come meanwhile.
kept(Fifo) ->
    Self = self(),
    P = spawn(fun() -> process_flag(trap_exit, true),
                       {ok, H} = file:open(Fifo, [read, raw, binary]),
                       Self ! {read, file:read(H, 100), all()} end),
    timer:sleep(20),
    P ! 1, P ! 2, exit(P, reason), P ! 3, exit(P, normal),
    p(process_info(P, message_queue_len)),
    release(Fifo, "bytes"),
    receive {read, R, L} -> p(R), p([case X of {'EXIT', _, W} -> W; _ -> X end || X <- L]) end.

all() -> receive X -> [X | all()] after 0 -> [] end.

looked_at(Fifo) ->
    P = spawn(opener(Fifo)),
    M = monitor(process, P),
    timer:sleep(20),
    P ! hello,
    p([process_info(P, I) || I <- [status, message_queue_len, messages, current_function,
                                   trap_exit, monitored_by, links, dictionary]]
      =:= [{status, running}, {message_queue_len, 1}, {messages, [hello]},
           {current_function, {prim_file, open_nif, 2}}, {trap_exit, false},
           {monitored_by, [self()]}, {links, []}, {dictionary, []}]),
    p(length(process_info(P)) > 10),
    Self = self(),
    spawn(fun() -> Self ! {collected, erlang:garbage_collect(P)} end),
    release(Fifo, "x"),
    receive {collected, C} -> p(C) end,
    receive {'DOWN', M, _, _, R} -> p(R) end.

%% More than the pool has threads.
many(D) ->
    Fifos = [filename:join(D, "fifo" ++ integer_to_list(I)) || I <- lists:seq(1, 8)],
    [] = os:cmd("mkfifo " ++ lists:join(" ", Fifos)),
    Ps = [spawn_monitor(opener(F)) || F <- Fifos],
    Others = [spawn_monitor(fun() -> exit(lists:sum(lists:seq(1, 1000 * I))) end)
              || I <- lists:seq(1, 50)],
    p(lists:sum([receive {'DOWN', M, _, _, N} -> N end || {_, M} <- Others])),
    receive {'DOWN', _, _, _, Early} -> p({early, Early}) after 10 -> ok end,
    %% a free thread is left for files
    p(file:write_file(filename:join(D, "f"), "text")),
    p(file:read_file(filename:join(D, "f"))),
    [exit(P, kill) || {P, _} <- lists:sublist(Ps, 4)],
    p([receive {'DOWN', M, _, _, R} -> R end || {_, M} <- lists:sublist(Ps, 4)]),
    [release(F, "text") || F <- Fifos],
    p([receive {'DOWN', M, _, _, R} -> R end || {_, M} <- lists:nthtail(4, Ps)]).

%% What one process asks for happens in that order.
order(D) ->
    F = filename:join(D, "order"),
    {ok, H} = file:open(F, [read, write, raw, binary]),
    [ok = file:write(H, <<I:32>>) || I <- lists:seq(1, 200)],
    {ok, 0} = file:position(H, 0),
    p([I || {ok, <<I:32>>} <- [file:read(H, 4) || _ <- lists:seq(1, 200)]] =:= lists:seq(1, 200)),
    p(file:read(H, 4)),
    p(file:close(H)).

p(X) -> io:format("~p~n", [X]).
