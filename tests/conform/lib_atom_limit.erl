%% system_info's atom_count and atom_limit.
-module(lib_atom_limit).
-export([main/0]).

main() ->
    A = erlang:system_info(atom_count),
    _ = [list_to_atom("atom limit " ++ integer_to_list(N)) || N <- lists:seq(1, 100)],
    B = erlang:system_info(atom_count),
    io:format("~p ~p~n", [B - A >= 100, B =< erlang:system_info(atom_limit)]),
    io:format("~p~n", [[is_binary(erlang:system_info(I)) || I <- [info, procs, loaded, dist]]]).
