%% Processes of nodes that cannot be reached, and of this node under another creation.
-module(conc_elsewhere).
-export([main/0]).
p(C, N) -> binary_to_term(<<131,88,119,(byte_size(N)),N/binary,0,0,0,50,0,0,0,0,C:32>>).
t(F) -> R = (catch F()), io:format("~p~n", [case R of {'EXIT',{W,_}} -> {'EXIT', W}; _ -> R end]),
  receive M -> io:format("   ~p~n", [plain(M)]) after 20 -> ok end.
plain({T, _, What, P, R}) when is_pid(P) -> {T, x, What, pid, R};
plain({T, _, ok, P}) when is_pid(P) -> {T, x, ok, pid};
plain(M) -> setelement(2, M, x).
main() ->
  process_flag(trap_exit, true),
  [begin
  io:format("~p~n", [node(P)]),
  t(fun() -> is_reference(erlang:monitor(process, P)) end),
  t(fun() -> is_reference(erlang:monitor(process, P, [{tag, foo}])) end),
  t(fun() -> is_reference(erlang:monitor(process, P, [{alias, demonitor}])) end),
  t(fun() -> link(P) end),
  t(fun() -> unlink(P) end),
  t(fun() -> exit(P, kill) end),
  t(fun() -> P ! hej end),
  t(fun() -> erlang:send(P, hej, [noconnect]) end),
  t(fun() -> erlang:send(P, hej, [nosuspend]) end),
  t(fun() -> is_process_alive(P) end),
  t(fun() -> process_info(P) end),
  t(fun() -> process_info(P, links) end),
  t(fun() -> group_leader(self(), P) end),
  t(fun() -> erlang:suspend_process(P) end),
  t(fun() -> erlang:resume_process(P) end),
  t(fun() -> register(foo, P) end),
  t(fun() -> erlang:garbage_collect(P) end),
  t(fun() -> erlang:check_process_code(P, foo) end),
  t(fun() -> erlang:process_flag(P, save_calls, 0) end),
  t(fun() -> erlang:send_after(1, P, foo), ok end)
 end || P <- [p(1, <<"nonode@nohost">>), p(1, <<"a@b">>), p(0, <<"a@b">>)]],
  t(fun() -> {foo, a@b} ! hej end),
  t(fun() -> {foo, node()} ! hej end),
  t(fun() -> is_reference(erlang:monitor(process, {foo, a@b})) end),
  t(fun() -> is_reference(erlang:monitor(port, {foo, a@b})) end),
  t(fun() -> is_reference(erlang:monitor(port, {foo, node()})) end),
  t(fun() -> is_reference(erlang:monitor(port, {foo, node()}, [])) end),
  t(fun() -> is_reference(erlang:monitor(process, {foo, node()}, [])) end),
  t(fun() -> is_reference(erlang:monitor(process, {foo, node()}, [{tag, a}])) end),
  t(fun() -> is_pid(spawn(a@b, fun() -> ok end)) end),
  t(fun() -> is_pid(spawn_link(a@b, fun() -> ok end)) end),
  t(fun() -> is_pid(element(1, spawn_monitor(a@b, fun() -> ok end))) end),
  t(fun() -> is_pid(element(1, spawn_opt(a@b, fun() -> ok end, [monitor,link]))) end),
  t(fun() -> is_reference(spawn_request(a@b, fun() -> ok end)) end),
  t(fun() -> is_reference(spawn_request(a@b, fun() -> ok end, [monitor, {reply_tag, bu}])) end),
  t(fun() -> is_reference(spawn_request(a@b, lists, seq, [1,2], [{reply, no}])) end),
  t(fun() -> is_reference(spawn_request(a@b, lists, seq, [1,2], [{reply, success_only}])) end),
  t(fun() -> is_reference(spawn_request(a@b, lists, seq, [1,2], [{reply, foo}])) end),
  t(fun() -> is_reference(spawn_request(1, lists, seq, [1,2], [])) end),
  t(fun() -> is_reference(spawn_request(a@b, lists, 1, [1,2], [])) end),
  t(fun() -> is_reference(spawn_request(a@b, lists, seq, [1|2], [])) end),
  t(fun() -> is_reference(spawn_request(node(), lists, seq, [1,2], [])) end),
  R = erlang:monitor(time_offset, clock_service),
  t(fun() -> erlang:demonitor(R, [info]) end),
  t(fun() -> erlang:demonitor(R, [info]) end),
  R2 = erlang:monitor(time_offset, clock_service),
  t(fun() -> process_info(self(), monitors) end),
  t(fun() -> erlang:demonitor(R2, [flush,info]) end),
  t(fun() -> erlang:demonitor(R2, [flush]) end).
