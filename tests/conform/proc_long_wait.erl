%% processes that wait for long, with all that they have: heaps, binaries, funs, messages not wanted yet
-module(proc_long_wait).
-export([main/0]).

main() ->
    Me = self(),
    Pids = [spawn_link(fun() -> put(key, {I, "in the dictionary"}), busy(I), holder(Me, I, lists:seq(1, I), binary:copy(<<I:16>>, I), #{I => {I, fun(X) -> X + I end}}) end)
            || I <- lists:seq(1, 300, 7)],
    [receive {Pid, waits} -> ok end || Pid <- Pids],
    [begin
         [Pid ! {not_wanted, [N, Pid]} || Pid <- Pids],
         timer:sleep(260),
         [Pid ! {get, N} || Pid <- Pids],
         Rs = [receive {Pid, R} -> R end || Pid <- Pids],
         io:format("~p ~p~n", [N, erlang:phash2(Rs)])
     end || N <- [1, 2]],
    [begin Pid ! stop, receive {Pid, R} -> io:format("~0p~n", [R]) end end || Pid <- lists:sublist(Pids, 5)],
    %% Limits of time go on meanwhile.
    T = erlang:monotonic_time(millisecond),
    receive never -> ok after 300 -> ok end,
    io:format("~p~n", [erlang:monotonic_time(millisecond) - T >= 300]),
    hibernates().

busy(I) -> lists:foldl(fun(X, A) -> [{X, A} | lists:sublist(A, 5)] end, [], lists:seq(1, I * 3)).

holder(Me, I, L, B, M) ->
    Me ! {self(), waits},
    %% Something on the stack over the wait, too.
    Sum = wait(Me, I, L, B, M, []),
    Me ! {self(), {Sum, get(key), lists:sum(L), byte_size(B), erlang:process_info(self(), message_queue_len)}}.

wait(Me, I, L, B, M, Got) ->
    receive
        {get, N} ->
            #{I := {I, F}} = M,
            Me ! {self(), {N, F(1), length(L), erlang:md5(B), Got}},
            N + wait(Me, I, lists:reverse(L), <<B/binary, N>>, M, [N | Got]);
        stop -> 0
    end.

hibernates() ->
    Me = self(),
    P = spawn_link(proc_lib, hibernate, [erlang, apply, [fun(X) -> receive M -> Me ! {X, M} end end, [1]]]),
    timer:sleep(230),
    P ! go,
    io:format("~p~n", [receive R -> R end]).
