%% gen_server timeouts, continue, hibernate, and messages in between
-module(conc_gs_timeouts).
-behaviour(gen_server).
-export([main/0, init/1, handle_call/3, handle_cast/2, handle_info/2, handle_continue/2]).

main() ->
    {ok, S} = gen_server:start_link(?MODULE, self(), []),
    io:format("~p~n", [[receive {S, X} -> X after 3000 -> lost end || _ <- [1, 2]]]),
    io:format("~p~n", [gen_server:call(S, hib)]),
    io:format("~p~n", [gen_server:call(S, {timeout, 5})]),
    io:format("~p~n", [receive {S, X} -> X after 3000 -> lost end]),
    gen_server:cast(S, {continue, c2}),
    io:format("~p~n", [receive {S, X2} -> X2 after 3000 -> lost end]),
    io:format("~p~n", [[gen_server:call(S, hib) || _ <- lists:seq(1, 20)] =:= lists:duplicate(20, hib)]),
    io:format("~p~n", [gen_server:stop(S)]).

init(P) -> {ok, P, {continue, c1}}.
handle_continue(W, P) -> P ! {self(), {continued, W}}, {noreply, P, 3}.
handle_call(hib, _, P) -> {reply, hib, P, hibernate};
handle_call({timeout, T}, _, P) -> {reply, ok, P, T}.
handle_cast({continue, W}, P) -> {noreply, P, {continue, W}}.
handle_info(timeout, P) -> P ! {self(), timed_out}, {noreply, P}.
