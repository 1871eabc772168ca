%% half-close: each kind of shutdown, before and after data, with both backends, on what is no connection
-module(net_shutdowns).
-export([main/0]).

main() -> [backend(B) || B <- [inet, socket]].

backend(B) ->
    O = [{inet_backend, B}, binary, {active, false}, {ip, {127, 0, 0, 1}}],
    {ok, L} = gen_tcp:listen(0, O),
    {ok, P} = inet:port(L),
    [begin
         {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, O),
         {ok, S} = gen_tcp:accept(L),
         ok = inet:setopts(S, [{exit_on_close, false}]),
         io:format("~0p ~0p: ~0p~n", [B, Name, F(C, S)]),
         gen_tcp:close(C),
         gen_tcp:close(S)
     end || {Name, F} <- [{write, fun write/2}, {read, fun read/2}, {both, fun both/2}, {twice, fun twice/2}, {answer, fun answer/2}, {active, fun active/2}, {queued, fun queued/2}]],
    io:format("~0p~n", [[gen_tcp:shutdown(L, write), try gen_tcp:shutdown(L, sideways) catch E:R -> {E, R} end]]),
    gen_tcp:close(L),
    io:format("~0p~n", [gen_tcp:shutdown(L, write)]).

write(C, S) -> [gen_tcp:send(C, "a"), gen_tcp:shutdown(C, write), gen_tcp:send(C, "b"), gen_tcp:recv(S, 1), gen_tcp:recv(S, 0), gen_tcp:recv(S, 0, 10)].
read(C, S) -> [gen_tcp:shutdown(C, read), gen_tcp:recv(C, 0, 100), gen_tcp:send(S, "x"), element(1, inet:sockname(C))].
both(C, S) -> [gen_tcp:shutdown(C, read_write), gen_tcp:recv(S, 0), gen_tcp:recv(C, 0, 100)].
twice(C, S) -> [gen_tcp:shutdown(C, write), gen_tcp:shutdown(C, write), gen_tcp:recv(S, 0), gen_tcp:shutdown(S, write), gen_tcp:recv(C, 0), gen_tcp:shutdown(S, read)].
answer(C, S) -> [gen_tcp:send(C, "question"), gen_tcp:shutdown(C, write), gen_tcp:recv(S, 8), gen_tcp:recv(S, 0), gen_tcp:send(S, "answer"), gen_tcp:recv(C, 6), gen_tcp:close(S), gen_tcp:recv(C, 0)].
active(C, S) ->
    ok = inet:setopts(S, [{active, true}]),
    ok = gen_tcp:shutdown(C, write),
    T = receive {tcp_closed, S} -> closed after 1000 -> nothing end,
    [T, gen_tcp:send(S, "still"), gen_tcp:recv(C, 5, 1000), inet:getopts(S, [active])].
queued(C, S) ->
    Me = self(),
    Pid = spawn_link(fun() -> Me ! {self(), [gen_tcp:send(C, binary:copy(<<1>>, 3000000)), gen_tcp:shutdown(C, write)]} end),
    {ok, D} = gen_tcp:recv(S, 3000000),
    [byte_size(D), gen_tcp:recv(S, 0, 1000), receive {Pid, R} -> R end].
