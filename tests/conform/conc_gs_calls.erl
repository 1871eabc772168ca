%% a gen_server and many callers: calls, casts, infos, stops, timeouts of calls
-module(conc_gs_calls).
-behaviour(gen_server).
-export([main/0, init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

main() ->
    process_flag(trap_exit, true),
    {ok, S} = gen_server:start_link({local, conc_gs}, ?MODULE, 0, []),
    Me = self(),
    Ps = [spawn(fun() -> [gen_server:call(conc_gs, {add, 1}) || _ <- lists:seq(1, 50)], gen_server:cast(S, {add, 1000}), Me ! {done, self()} end) || _ <- lists:seq(1, 20)],
    [receive {done, P} -> ok end || P <- Ps],
    io:format("~p~n", [gen_server:call(S, get)]),
    S ! {add, 5}, io:format("~p~n", [gen_server:call(S, get)]),
    io:format("~p~n", [catch_(fun() -> gen_server:call(S, never, 10) end)]),
    io:format("~p~n", [gen_server:call(S, later)]),
    io:format("~p~n", [catch_(fun() -> gen_server:call(conc_nobody, x) end)]),
    io:format("~p~n", [gen_server:start({local, conc_gs}, ?MODULE, 0, []) =:= {error, {already_started, S}}]),
    io:format("~p~n", [gen_server:start(?MODULE, {stop, why}, [])]),
    io:format("~p~n", [gen_server:start(?MODULE, ignore, [])]),
    io:format("~p~n", [catch_(fun() -> gen_server:call(S, stop_now) end)]),
    io:format("~p~n", [receive {'EXIT', S, W} -> W end]),
    {ok, T} = gen_server:start(?MODULE, 7, []),
    io:format("~p~n", [[gen_server:call(T, get), gen_server:stop(T), is_process_alive(T)]]),
    io:format("~p~n", [receive {terminated, X} -> X after 0 -> none end]).

catch_(F) -> try F() catch C:{R, {gen_server, call, A}} -> {C, R, length(A)}; C:R -> {C, R} end.
init({stop, R}) -> {stop, R};
init(ignore) -> ignore;
init(N) -> {ok, N}.
handle_call({add, N}, _, S) -> {reply, S + N, S + N};
handle_call(get, _, S) -> {reply, S, S};
handle_call(never, _, S) -> {noreply, S};
handle_call(later, From, S) -> spawn(fun() -> gen_server:reply(From, {later, S}) end), {noreply, S};
handle_call(stop_now, _, S) -> {stop, shutdown, S}.
handle_cast({add, N}, S) -> {noreply, S + N}.
handle_info({add, N}, S) -> {noreply, S + N};
handle_info(_, S) -> {noreply, S}.
terminate(_, _) -> ok.
