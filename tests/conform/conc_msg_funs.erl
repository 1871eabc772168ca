%% funs with free variables, references, literals and maps sent around a ring
-module(conc_msg_funs).
-export([main/0, inc/1]).

main() ->
    Me = self(),
    Ps = [spawn(fun stage/0) || _ <- lists:seq(1, 50)],
    [P ! {next, N} || {P, N} <- lists:zip(Ps, tl(Ps) ++ [Me])],
    Lit = {literal, [1, 2, #{a => "b"}], <<"lit">>},
    hd(Ps) ! {fun(X) -> X + 1 end, 0, Lit},
    io:format("~p~n", [receive {F, N, L} -> {F(1), N, L =:= Lit} end]),
    hd(Ps) ! {fun ?MODULE:inc/1, 10, self()},
    io:format("~p~n", [receive {F2, N2, S} -> {F2, N2, S =:= Me} end]),
    K = length(Ps),
    hd(Ps) ! {fun(X) -> X * K end, 1, #{k => make_ref()}},
    io:format("~p~n", [receive {F3, N3, M} -> {F3(2), N3, is_reference(maps:get(k, M))} end]),
    [exit(P, kill) || P <- Ps].

inc(X) -> X + 1.
stage() -> receive {next, N} -> stage(N) end.
stage(Next) -> receive {F, X, Y} -> Next ! {F, F(X) rem 1000003, Y}, stage(Next) end.
