%% Files close when their owner ends, and so do the servers of those that are not raw.
-module(file_owner).
-export([main/0]).

main() ->
    D = filename:join("/tmp", "conform_file_owner_" ++ os:getpid()),
    ok = file:make_dir(D),
    F = filename:join(D, "f"),
    ok = file:write_file(F, "text"),
    Before = descriptors(),
    Kept = [opened(F, M) || M <- [[raw, read], [read], [raw, write, delayed_write], [write]]],
    wait_for(Before, 100),
    p(descriptors() - Before),
    p([catch file:read(H, 1) || H <- Kept, is_pid(H)]),
    p([is_process_alive(H) || H <- Kept, is_pid(H)]),
    Self = self(),
    {ok, H} = file:open(F, [raw, read, binary]),
    spawn(fun() -> Self ! {got, catch file:read(H, 1)} end),
    receive {got, {'EXIT', {Reason, _}}} -> p(Reason) end,
    p(file:close(H)),
    {ok, P} = file:open(F, [read]),
    spawn(fun() -> Self ! {got, file:position(P, 0)} end),
    receive {got, R} -> p(R) end,
    {links, Links} = process_info(self(), links),
    p(lists:member(P, Links)), p(file:close(P)), p(is_process_alive(P)),
    p(file:del_dir_r(D)).

opened(F, M) ->
    Self = self(),
    {_, Ref} = spawn_monitor(fun() -> {ok, H} = file:open(F, M),
                                      file:write(H, "x"),
                                      Self ! {handle, handle(H)} end),
    receive {'DOWN', Ref, _, _, normal} -> ok end,
    receive {handle, H} -> H end.

handle(H) when is_pid(H) -> H;
handle(_) -> raw.

descriptors() ->
    {ok, L} = prim_file:list_dir("/proc/self/fd"),
    length(L).

wait_for(_, 0) -> ok;
wait_for(N, Tries) ->
    case descriptors() of
        N -> ok;
        _ -> receive after 10 -> wait_for(N, Tries - 1) end
    end.

p(X) -> io:format("~p~n", [X]).
