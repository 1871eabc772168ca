%% requests, their replies, tags, and which of them come
-module(conc_spawn_request).
-export([main/0, id/1]).

main() ->
    Me = self(),
    F = fun() -> Me ! {self(), ran} end,
    R1 = spawn_request(F),
    io:format("~p~n", [receive {spawn_reply, R1, ok, P1} -> receive {P1, ran} -> ok end end]),
    R2 = spawn_request(F, [{reply_tag, my}, monitor]),
    P2 = receive {my, R2, ok, P} -> P end,
    io:format("~p~n", [[receive {P2, ran} -> ran end, receive {'DOWN', R2, process, P2, W} -> W end]]),
    [begin
         R = spawn_request(F, [{reply, Y}]),
         {Ran, Rest} = {receive {_, ran} -> ran end, receive {spawn_reply, R, A, _} -> A after 20 -> none end},
         io:format("~p ~p ~p~n", [Y, Ran, Rest])
     end || Y <- [yes, no, error_only, success_only]],
    R3 = spawn_request(node(), ?MODULE, id, [1], [{reply_tag, {t, 1}}]),
    io:format("~p~n", [receive {{t, 1}, R3, ok, P3} when is_pid(P3) -> ok end]),
    R4 = spawn_request(?MODULE, id, [1]),
    io:format("~p~n", [receive {spawn_reply, R4, ok, P4} when is_pid(P4) -> ok end]),
    [io:format("~p~n", [try apply(erlang, spawn_request, As) of X when is_reference(X) -> receive {spawn_reply, X, A, B} -> {A, is_pid(B) orelse B} after 20 -> none end catch C:E -> {C, E} end])
     || As <- [[x], [F, x], [F, [{reply, maybe}]], [F, [{reply_tag}]], [F, [junk]], [1, f, []], [m, f, [], [junk]]]],
    io:format("~p~n", [[try spawn_request_abandon(id(X)) catch C:E -> {C, E} end || X <- [make_ref(), R1, x]]]).

id(X) -> X.
