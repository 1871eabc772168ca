%% a gen_statem with state timeouts, postponed events and internal events
-module(conc_statem_door).
-behaviour(gen_statem).
-export([main/0, init/1, callback_mode/0, locked/3, open/3]).

main() ->
    {ok, D} = gen_statem:start_link(?MODULE, {self(), [1, 2, 3]}, []),
    [gen_statem:cast(D, {button, B}) || B <- [3, 2, 1, 2, 3]],
    io:format("~p~n", [gen_statem:call(D, wait_open)]),
    io:format("~p~n", [receive {D, X} -> X after 3000 -> lost end]),
    io:format("~p~n", [gen_statem:call(D, state)]),
    [gen_statem:cast(D, {button, B}) || B <- [1, 2, 3]],
    io:format("~p~n", [gen_statem:call(D, wait_open)]),
    io:format("~p~n", [gen_statem:stop(D)]).

callback_mode() -> state_functions.
init({P, Code}) -> {ok, locked, #{p => P, code => Code, left => Code}}.
locked(cast, {button, B}, #{left := [B]} = D) -> {next_state, open, D, [{state_timeout, 400, lock}, {next_event, internal, beep}]};
locked(cast, {button, B}, #{left := [B | T]} = D) -> {keep_state, D#{left := T}};
locked(cast, {button, _}, #{code := C} = D) -> {keep_state, D#{left := C}};
locked({call, _}, wait_open, _) -> {keep_state_and_data, postpone};
locked({call, F}, state, _) -> {keep_state_and_data, {reply, F, locked}}.
open(internal, beep, #{p := P} = D) -> P ! {self(), beep}, {keep_state, D};
open({call, F}, wait_open, _) -> {keep_state_and_data, {reply, F, opened}};
open({call, F}, state, _) -> {keep_state_and_data, {reply, F, open}};
open(cast, {button, _}, _) -> {keep_state_and_data, postpone};
open(state_timeout, lock, #{code := C} = D) -> {next_state, locked, D#{left := C}}.
