%% A gen_statem: state functions, events, postpone, timeouts, replies.
-module(proc_gen_statem).
-behaviour(gen_statem).
-export([main/0, init/1, callback_mode/0, locked/3, open/3, terminate/3]).

main() ->
    {ok, P} = gen_statem:start(?MODULE, [1, 2, 3], []),
    io:format("~p~n", [gen_statem:call(P, state)]),
    gen_statem:cast(P, {button, 1}),
    io:format("~p~n", [gen_statem:call(P, state)]),
    [gen_statem:cast(P, {button, N}) || N <- [2, 3]],
    io:format("~p~n", [gen_statem:call(P, state)]),
    gen_statem:cast(P, later),
    timer:sleep(60),
    io:format("~p~n", [gen_statem:call(P, state)]),
    [gen_statem:cast(P, {button, N}) || N <- [9, 1, 2, 3]],
    io:format("~p~n", [gen_statem:call(P, state)]),
    gen_statem:stop(P),
    io:format("stopped~n"),
    ok.

callback_mode() -> state_functions.
init(Code) -> {ok, locked, #{code => Code, left => Code}}.
locked(cast, {button, B}, #{left := [B]} = D) -> io:format("open~n"), {next_state, open, D, [{state_timeout, 30, lock}]};
locked(cast, {button, B}, #{left := [B | T]} = D) -> {keep_state, D#{left := T}};
locked(cast, {button, _}, #{code := C} = D) -> {keep_state, D#{left := C}};
locked(cast, later, _) -> io:format("later handled~n"), keep_state_and_data;
locked({call, F}, state, D) -> {keep_state, D, [{reply, F, {locked, D}}]}.
open(state_timeout, lock, #{code := C} = D) -> io:format("lock~n"), {next_state, locked, D#{left := C}};
open(cast, later, _) -> {keep_state_and_data, [postpone]};
open({call, F}, state, _) -> {keep_state_and_data, [{reply, F, open}]};
open(cast, _, _) -> keep_state_and_data.
terminate(R, S, _) -> io:format("terminate ~p ~p~n", [R, S]).
