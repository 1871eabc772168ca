-module(process_dictionary).
-export([main/0]).

%% put, get, erase in great number; each process has its own; keys by exact equality.
main() ->
    [undefined = put({key, I}, I) || I <- lists:seq(1, 2000)],
    [I = put({key, I}, -I) || I <- lists:seq(1, 2000, 2)],
    [_ = erase({key, I}) || I <- lists:seq(3, 2000, 3)],
    io:format("~w ~w~n", [length(mine(get())), lists:sum([V || {_, V} <- mine(get())])]),
    io:format("~w ~w~n", [length([K || {key, _} = K <- get_keys()]), length(lists:sort([K || {key, K} <- get_keys(-7)]))]),
    put(1, int), put(1.0, float), put("s", str), put(<<"s">>, bin),
    io:format("~w~n", [[get(K) || K <- [1, 1.0, 2, "s", <<"s">>, {key, 1}, {key, 2}, {key, 3}]]]),
    Self = self(),
    spawn(fun() -> A = get(1), B = put(1, mine), C = erase(), Self ! {A, B, proplists:get_value(1, C), get()} end),
    io:format("~w ~w~n", [receive X -> X end, get(1)]),
    io:format("~w~n", [[erase(K) || K <- [1, 1, 1.0, nope]]]),
    All = erase(),
    io:format("~w ~w~n", [length(mine(All)), mine(get())]),
    io:format("~w~n", [loop(100000)]).

mine(L) -> [P || {{key, _}, _} = P <- L].
loop(0) -> get(count);
loop(N) -> put(count, case get(count) of undefined -> 1; C -> C + 1 end), loop(N - 1).
