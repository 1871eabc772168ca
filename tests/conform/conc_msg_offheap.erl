%% message queues on and off the heap, and changed while messages wait
-module(conc_msg_offheap).
-export([main/0]).

main() ->
    Me = self(),
    [begin
         P = spawn_opt(fun() -> receive go -> ok end, garbage_collect(), process_flag(message_queue_data, Later), garbage_collect(), Me ! {self(), sum(1000, 0), process_info(self(), message_queue_data)} end, [{message_queue_data, First}]),
         [P ! {n, I, lists:seq(1, 5), <<0:1000>>} || I <- lists:seq(1, 1000)],
         P ! go,
         io:format("~p~n", [receive {P, S, D} -> {First, S, D} end])
     end || First <- [on_heap, off_heap], Later <- [on_heap, off_heap]].

sum(0, S) -> S;
sum(N, S) -> receive {n, I, [1, 2, 3, 4, 5], <<0:1000>>} -> sum(N - 1, S + I) end.
