%% gen_server requests sent at once and collected in any order
-module(conc_gs_multi).
-behaviour(gen_server).
-export([main/0, init/1, handle_call/3, handle_cast/2]).

main() ->
    Ss = [begin {ok, S} = gen_server:start_link(?MODULE, I, []), S end || I <- lists:seq(1, 20)],
    Rs = [gen_server:send_request(S, sq) || S <- Ss],
    io:format("~p~n", [[begin {reply, X} = gen_server:wait_response(R, 5000), X end || R <- lists:reverse(Rs)]]),
    Col = lists:foldl(fun({S, I}, C) -> gen_server:send_request(S, sq, I, C) end, gen_server:reqids_new(), lists:zip(Ss, lists:seq(1, 20))),
    io:format("~p ~p~n", [gen_server:reqids_size(Col), lists:sort(all(Col))]),
    R = gen_server:send_request(hd(Ss), slow),
    io:format("~p~n", [gen_server:receive_response(R, 1)]),
    D = gen_server:send_request(conc_nobody, x),
    io:format("~p~n", [case gen_server:receive_response(D, 1000) of {error, {W, _}} -> {error, W} end]),
    io:format("~p~n", [[gen_server:stop(S) || S <- Ss] =:= lists:duplicate(20, ok)]).

all(C) -> case gen_server:receive_response(C, 5000, true) of no_request -> []; {{reply, X}, L, C2} -> [{L, X} | all(C2)] end.
init(I) -> {ok, I}.
handle_call(sq, _, I) -> {reply, I * I, I};
handle_call(slow, _, I) -> timer:sleep(20), {reply, slow, I}.
handle_cast(_, I) -> {noreply, I}.
