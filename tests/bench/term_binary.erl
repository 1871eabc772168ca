%% Terms to the external format and back.
-module(term_binary).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 40 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N, term(), 0),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

term() ->
    [{K, #{name => integer_to_binary(K), list => lists:seq(1, K rem 20), float => K / 3}, [atom, "string", <<1, 2, 3>>],
      K * 123456789012345678901, {nested, {tuple, K}}} || K <- lists:seq(1, 3000)].

run(0, _, A) -> A;
run(N, T, A) ->
    B = term_to_binary(T),
    T = binary_to_term(B),
    run(N - 1, T, (A + byte_size(B)) band 16#FFFFFFF).
