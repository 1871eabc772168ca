%% a gen_event with handlers that come, go, fail and swap
-module(conc_event_handlers).
-behaviour(gen_event).
-export([main/0, init/1, handle_event/2, handle_call/2, handle_info/2, terminate/2]).

main() ->
    {ok, E} = gen_event:start_link(),
    [ok = gen_event:add_handler(E, {?MODULE, I}, {self(), I}) || I <- [1, 2, 3]],
    io:format("~p~n", [lists:sort(gen_event:which_handlers(E))]),
    gen_event:sync_notify(E, hello),
    io:format("~p~n", [lists:sort([receive {I, X} -> {I, X} end || _ <- [1, 2, 3]])]),
    io:format("~p~n", [gen_event:call(E, {?MODULE, 2}, who)]),
    io:format("~p~n", [gen_event:delete_handler(E, {?MODULE, 1}, bye)]),
    gen_event:sync_notify(E, {remove, 3}),
    io:format("~p~n", [gen_event:which_handlers(E)]),
    io:format("~p~n", [gen_event:swap_handler(E, {{?MODULE, 2}, out}, {{?MODULE, 4}, {self(), 4}})]),
    E ! info, gen_event:notify(E, again), gen_event:sync_notify(E, last),
    io:format("~p~n", [drain()]),
    io:format("~p~n", [gen_event:stop(E)]),
    io:format("~p~n", [drain()]).

drain() -> receive X -> [X | drain()] after 5 -> [] end.
init({{P, I}, _Term}) -> {ok, {P, I}};
init({P, I}) -> {ok, {P, I}}.
handle_event({remove, I}, {_, I}) -> remove_handler;
handle_event(X, {P, I} = S) -> P ! {I, X}, {ok, S}.
handle_call(who, {_, I} = S) -> {ok, {i_am, I}, S}.
handle_info(X, {P, I} = S) -> P ! {I, info, X}, {ok, S}.
terminate(Why, {P, I}) -> P ! {I, terminated, Why}, {left, I}.
