%% A gen_server: calls, casts, info, timeouts, stop, crashes, names.
-module(proc_gen_server).
-behaviour(gen_server).
-export([main/0, init/1, handle_call/3, handle_cast/2, handle_info/2, handle_continue/2, terminate/2]).

main() ->
    process_flag(trap_exit, true),
    {ok, P} = gen_server:start_link({local, srv}, ?MODULE, 10, []),
    io:format("~p~n", [gen_server:call(srv, get)]),
    io:format("~p~n", [gen_server:cast(P, {add, 5})]),
    io:format("~p~n", [gen_server:call(P, get)]),
    P ! {info, 7},
    io:format("~p~n", [gen_server:call(P, get)]),
    io:format("~p~n", [gen_server:call(P, later)]),
    io:format("~p~n", [try gen_server:call(P, never, 20) catch exit:{timeout, {gen_server, call, [_, never, 20]}} -> timeout end]),
    io:format("~p~n", [gen_server:start_link({local, srv}, ?MODULE, 10, []) =:= {error, {already_started, P}}]),
    Id = gen_server:send_request(P, get),
    io:format("~p~n", [gen_server:receive_response(Id, 1000)]),
    io:format("~p~n", [gen_server:stop(P)]),
    io:format("~p~n", [receive {'EXIT', P, R} -> R end]),
    io:format("~p~n", [try gen_server:call(srv, get) catch exit:{E, _} -> E end]),
    io:format("~p~n", [gen_server:start_link(?MODULE, ignore, [])]),
    io:format("~p~n", [gen_server:start(?MODULE, {stop, why}, [])]),
    {ok, Q} = gen_server:start_link(?MODULE, continue, []),
    io:format("~p~n", [gen_server:call(Q, get)]),
    io:format("~p~n", [gen_server:call(Q, {stop_reply, bye})]),
    io:format("~p~n", [receive {'EXIT', Q, R2} -> R2 end]),
    ok.

init(ignore) -> ignore;
init({stop, W}) -> {stop, W};
init(continue) -> {ok, 0, {continue, go}};
init(N) -> {ok, N}.
handle_continue(go, _) -> {noreply, continued}.
handle_call(get, _, S) -> {reply, S, S};
handle_call(later, From, S) -> gen_server:reply(From, {later, S}), {noreply, S};
handle_call(never, _, S) -> {noreply, S};
handle_call({stop_reply, X}, _, S) -> {stop, normal, X, S}.
handle_cast({add, N}, S) -> {noreply, S + N}.
handle_info({info, N}, S) -> {noreply, S * N};
handle_info(_, S) -> {noreply, S}.
terminate(Why, S) -> io:format("terminate ~p ~p~n", [Why, S]).
