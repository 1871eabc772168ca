%% sys on a gen_server: state, replace, suspend and resume, status, statistics
-module(conc_sys_calls).
-behaviour(gen_server).
-export([main/0, init/1, handle_call/3, handle_cast/2]).

main() ->
    {ok, S} = gen_server:start_link(?MODULE, 1, []),
    io:format("~p~n", [[sys:get_state(S), sys:replace_state(S, fun(X) -> X + 41 end), sys:get_state(S), gen_server:call(S, get)]]),
    io:format("~p~n", [sys:suspend(S)]),
    Me = self(),
    spawn(fun() -> Me ! {got, gen_server:call(S, get)} end),
    io:format("~p~n", [receive {got, X} -> X after 20 -> held end]),
    io:format("~p~n", [sys:get_state(S)]),
    io:format("~p~n", [sys:resume(S)]),
    io:format("~p~n", [receive {got, X2} -> X2 after 3000 -> held end]),
    {status, S, {module, gen_server}, [_, running, Me, [] | _]} = sys:get_status(S),
    io:format("~p~n", [sys:statistics(S, true)]),
    [gen_server:call(S, get) || _ <- [1, 2, 3]],
    {ok, St} = sys:statistics(S, get),
    io:format("~p~n", [[proplists:get_value(K, St) || K <- [messages_in, messages_out]]]),
    io:format("~p~n", [sys:statistics(S, false)]),
    io:format("~p~n", [sys:terminate(S, normal)]),
    io:format("~p~n", [is_process_alive(S)]).

init(N) -> {ok, N}.
handle_call(get, _, N) -> {reply, N, N}.
handle_cast(_, N) -> {noreply, N}.
