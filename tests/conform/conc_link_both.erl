%% links are one per pair whoever made them; unlink from either side ends them
-module(conc_link_both).
-export([main/0]).

main() ->
    P = spawn(fun peer/0),
    link(P), link(P), call(P, fun() -> ok end),
    io:format("~p ~p~n", [links(self(), P), call(P, fun() -> 1 end)]),
    Me = self(),
    call(P, fun() -> link(Me) end),
    io:format("~p~n", [length([x || X <- element(2, process_info(self(), links)), X =:= P])]),
    call(P, fun() -> unlink(Me) end),
    io:format("~p ~p~n", [links(self(), P), links(P, self())]),
    call(P, fun() -> link(Me) end),
    io:format("~p ~p~n", [links(self(), P), links(P, self())]),
    unlink(P),
    io:format("~p ~p~n", [links(self(), P), links(P, self())]),
    io:format("~p~n", [[link(self()), unlink(self()), links(self(), self())]]),
    exit(P, kill), timer:sleep(5),
    io:format("~p~n", [alive]).

links(A, B) -> lists:member(B, element(2, process_info(A, links))).
call(P, F) -> P ! {self(), F}, receive {P, X} -> X end.
peer() -> receive {From, F} -> From ! {self(), F()}, peer() end.
