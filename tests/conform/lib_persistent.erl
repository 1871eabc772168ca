%% persistent_term: put, erased and put again many times; counts; values that are equal but not alike.
-module(lib_persistent).
-export([main/0]).

main() ->
    [begin persistent_term:erase(K), persistent_term:put(K, {complex, term}) end || _ <- lists:seq(1, 20000), K <- [a, {b, "c"}, 3]],
    io:format("~p~n", [[persistent_term:get(K) || K <- [a, {b, "c"}, 3]]]),
    #{count := Before} = persistent_term:info(),
    true = persistent_term:erase(a),
    false = persistent_term:erase(a),
    #{count := After} = persistent_term:info(),
    io:format("~p ~p~n", [Before - After, persistent_term:get(a, none)]),
    [begin persistent_term:erase(z), persistent_term:put(z, F), io:format("~w~n", [persistent_term:get(z)]) end || F <- [{0.0}, {-0.0}, {0.0}, 1, 1.0, <<>>, "abc", fun lists:map/2]],
    [persistent_term:put({many, N}, {N, "text"}) || N <- lists:seq(1, 2000)],
    2000 = length([N || {{many, N}, {N, "text"}} <- persistent_term:get()]),
    [true = persistent_term:erase({many, N}) || N <- lists:seq(1, 2000)],
    [] = [N || {{many, N}, _} <- persistent_term:get()],
    ok.
