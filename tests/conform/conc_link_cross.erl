%% two processes that link and unlink each other over and over end up with both or none
-module(conc_link_cross).
-export([main/0]).

main() ->
    Me = self(),
    L = [begin
        A = spawn(fun() -> peer(Me) end), B = spawn(fun() -> peer(Me) end),
        A ! {play, B}, B ! {play, A},
        receive {A, done} -> ok end, receive {B, done} -> ok end,
        LA = links(A, B), LB = links(B, A), LA2 = links(A, B),
        exit(A, kill), exit(B, kill),
        {LA =:= LB, LA =:= LA2}
    end || _ <- lists:seq(1, 200)],
    io:format("~p~n", [lists:usort(L)]).

links(A, B) -> lists:member(B, element(2, process_info(A, links))).
peer(Me) ->
    receive {play, Q} ->
        [begin link(Q), unlink(Q), link(Q) end || _ <- lists:seq(1, 20)],
        Me ! {self(), done},
        receive after infinity -> ok end
    end.
