%% Accounts as processes, transfers between them, a supervisor of sorts, totals that must hold.
-module(prog_bank).
-export([main/0]).

main() ->
    As = [{N, spawn(fun() -> account(1000, []) end)} || N <- lists:seq(1, 10)],
    Me = self(),
    Ws = [spawn(fun() -> [transfer(As, (I * N) rem 10 + 1, (I + N * 3) rem 10 + 1, (I * N) rem 50) || I <- lists:seq(1, 200)], Me ! {done, self()} end) || N <- lists:seq(1, 8)],
    [receive {done, W} -> ok end || W <- Ws],
    Bs = [call(P, balance) || {_, P} <- As],
    io:format("~p ~p~n", [lists:sum(Bs), lists:all(fun(B) -> B >= 0 end, Bs)]),
    {_, P1} = hd(As),
    io:format("~p~n", [call(P1, {withdraw, 1000000})]),
    R = monitor(process, P1),
    P1 ! crash,
    receive {'DOWN', R, process, P1, {{badmatch, X}, _}} -> io:format("crashed ~p~n", [X]) end,
    io:format("~p~n", [catch call(P1, balance)]).

account(B, Log) ->
    receive
        {From, Ref, balance} -> From ! {Ref, B}, account(B, Log);
        {From, Ref, {deposit, N}} -> From ! {Ref, ok}, account(B + N, [{d, N} | lists:sublist(Log, 5)]);
        {From, Ref, {withdraw, N}} when N =< B -> From ! {Ref, ok}, account(B - N, [{w, N} | lists:sublist(Log, 5)]);
        {From, Ref, {withdraw, N}} -> From ! {Ref, {insufficient, N > B}}, account(B, Log);
        crash -> {ok, _} = lists:keyfind(x, 1, [{x, broken}])
    end.
call(P, Req) ->
    R = monitor(process, P),
    P ! {self(), R, Req},
    receive {R, A} -> demonitor(R, [flush]), A; {'DOWN', R, _, _, Why} -> exit(Why) after 5000 -> timeout end.
transfer(As, A, B, N) ->
    {_, PA} = lists:keyfind(A, 1, As), {_, PB} = lists:keyfind(B, 1, As),
    case call(PA, {withdraw, N}) of ok -> ok = call(PB, {deposit, N}); E -> E end.
