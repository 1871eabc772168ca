%% rand with fixed seeds: every algorithm's first numbers, uniform, normal, bytes, jump, states.
-module(lib_rand).
-export([main/0]).

main() ->
    [begin
         S0 = rand:seed_s(A, {1, 2, 3}),
         {L, S1} = lists:mapfoldl(fun(_, S) -> rand:uniform_s(1000000, S) end, S0, lists:seq(1, 8)),
         {F, S2} = rand:uniform_s(S1), {N, S3} = rand:normal_s(S2), {R, _} = rand:uniform_real_s(S3),
         io:format("~p ~p ~p ~p ~p~n", [A, L, F, N, R])
     end || A <- [exsss, exro928ss, exrop, exs1024s, exsp, exs64, exsplus, exs1024, dummy]],
    rand:seed(exsss, 42),
    io:format("~p~n", [[rand:uniform(10) || _ <- lists:seq(1, 20)]]),
    io:format("~p~n", [rand:uniform()]), io:format("~p~n", [rand:normal(10, 2.5)]), io:format("~p~n", [rand:bytes(10)]),
    io:format("~p~n", [rand:uniform(1 bsl 100)]),
    io:format("~p~n", [rand:export_seed()]),
    rand:seed(rand:export_seed()), rand:jump(),
    io:format("~p~n", [[rand:uniform(100) || _ <- lists:seq(1, 5)]]),
    io:format("~p~n", [element(1, rand:seed(default))]),
    ok.
