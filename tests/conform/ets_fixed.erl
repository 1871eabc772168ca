%% How long tables are fixed: a walk that is over holds them no more, whatever lies on the heap.
-module(ets_fixed).
-export([main/0]).
main() ->
  [begin T = ets:new(kalle,[Type,public,{write_concurrency,true}]),
  [ets:insert(T,{I,I}) || I <- lists:seq(1,20000)],
  true = ets:safe_fixtable(T,true),
  10000 = ets:select_delete(T, [{{'$1', '_'}, [{'>', '$1', 10000}], [true]}]),
  io:format("~p ~p~n", [ets:info(T, fixed), ets:info(T, safe_fixed_monotonic_time) =/= false]),
  S = self(),
  spawn_opt(fun() -> true = ets:info(T,fixed), S ! start, [ets:delete(T, I) || I <- lists:seq(1, 10001)], S ! done end, [link,{scheduler,2}]),
  receive start -> ok end,
  true = ets:safe_fixtable(T,false),
  io:format("~p~n", [ets:info(T,fixed)]), receive done -> ok end,
  io:format("~p~n", [ets:info(T,fixed)]), garbage_collect(),   io:format("~p~n", [{ets:info(T,fixed), ets:info(T,decentralized_counters)}]) end || Type <- [set,bag,ordered_set,duplicate_bag]],
  [io:format("~p~n", [{Ty, O, ets:info(ets:new(x, [Ty, public| O]), decentralized_counters), ets:info(ets:new(x, [Ty, public| O]), write_concurrency)}]) || Ty <- [set,bag,duplicate_bag,ordered_set], O <- [[], [{write_concurrency,true}], [{write_concurrency,auto}],[{write_concurrency,true},{decentralized_counters,true}],[{write_concurrency,true},{decentralized_counters,false}],[{decentralized_counters,true}],[{write_concurrency,auto},{decentralized_counters,false}]]].
