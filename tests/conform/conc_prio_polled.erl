%% A process of low priority that one of high priority asks again and again still does its work,
%% beside others of its kind and normal ones that never wait.
-module(conc_prio_polled).
-export([main/0]).

main() ->
    Self = self(),
    Hogs = [spawn_opt(fun hog/0, [link, {priority, P}]) || P <- [normal, normal, low, low]],
    Worker = spawn_opt(fun() -> Self ! {self(), work(400000, 0)} end, [link, {priority, low}]),
    process_flag(priority, high),
    io:format("~w~n", [poll(Worker)]),
    [begin unlink(H), exit(H, kill) end || H <- Hogs],
    ok.

hog() -> hog().

work(0, Sum) -> Sum;
work(N, Sum) -> work(N - 1, (Sum + N) rem 1000003).

poll(Worker) ->
    receive
        {Worker, Sum} -> Sum
    after 0 ->
        case process_info(Worker, [reductions, priority]) of
            [{reductions, N}, {priority, low}] when is_integer(N) -> ok;
            undefined -> ok
        end,
        receive after 1 -> ok end,
        poll(Worker)
    end.
