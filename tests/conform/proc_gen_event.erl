%% gen_event, proc_lib and sys: handlers added, swapped, removed; init_ack; sys:get_state.
-module(proc_gen_event).
-export([main/0, init/1, handle_event/2, handle_call/2, handle_info/2, terminate/2, plib/1]).

main() ->
    {ok, M} = gen_event:start(),
    io:format("~p~n", [gen_event:add_handler(M, ?MODULE, [a])]),
    io:format("~p~n", [gen_event:add_handler(M, {?MODULE, two}, [b])]),
    gen_event:sync_notify(M, {ev, 1}),
    gen_event:notify(M, {ev, 2}),
    io:format("~p~n", [gen_event:call(M, ?MODULE, get)]),
    io:format("~p~n", [gen_event:which_handlers(M)]),
    io:format("~p~n", [gen_event:delete_handler(M, ?MODULE, bye)]),
    io:format("~p~n", [gen_event:call(M, ?MODULE, get)]),
    M ! {ev, 3},
    io:format("~p~n", [gen_event:call(M, {?MODULE, two}, get)]),
    io:format("~p~n", [gen_event:stop(M)]),
    {ok, P} = proc_lib:start_link(?MODULE, plib, [self()]),
    io:format("~p~n", [receive {P, X} -> X end]),
    io:format("~p~n", [proc_lib:initial_call(P) =/= false]),
    io:format("~p~n", [proc_lib:translate_initial_call(P)]),
    ok.

init([X]) -> {ok, [X]}.
handle_event({ev, N}, S) -> {ok, [N | S]}.
handle_call(get, S) -> {ok, S, S}.
handle_info({ev, N}, S) -> {ok, [{info, N} | S]}.
terminate(W, S) -> {terminated, W, S}.
plib(Parent) -> proc_lib:init_ack({ok, self()}), Parent ! {self(), get('$initial_call')}, receive stop -> ok end.
