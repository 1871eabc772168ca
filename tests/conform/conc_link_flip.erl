%% linked pairs that unlink and die at random never leave half a link behind
-module(conc_link_flip).
-export([main/0]).

main() ->
    Me = self(),
    L = [begin
        A = spawn(fun() -> peer() end), B = spawn(fun() -> peer() end),
        [begin A ! {F, B}, B ! {G, A} end || {F, G} <- [{link, link}, {unlink, link}, {link, unlink}, {unlink, unlink}, {link, link}, {unlink, link}, {link, unlink}]],
        A ! {sync, Me}, B ! {sync, Me},
        receive {A, synced} -> ok end, receive {B, synced} -> ok end,
        _ = [process_info(P, links) || P <- [A, B], _ <- [1, 2]],
        X = {lists:member(B, element(2, process_info(A, links))), lists:member(A, element(2, process_info(B, links)))},
        exit(A, kill), exit(B, kill),
        case X of {S, S} -> same; _ -> X end
    end || _ <- lists:seq(1, 200)],
    io:format("~p~n", [lists:usort(L)]).

peer() -> receive {link, P} -> link(P); {unlink, P} -> unlink(P); {sync, To} -> To ! {self(), synced} end, peer().
