%% A filter: reads integers, one a line, prints sum, mean and sorted values.
-module(io_sum_numbers).
-export([main/0]).

main() ->
    Ns = read([]),
    io:format("~p numbers, sum ~p, mean ~.2f~n", [length(Ns), lists:sum(Ns), lists:sum(Ns) / length(Ns)]),
    [io:format("~5w~n", [N]) || N <- lists:sort(Ns)],
    ok.

read(A) ->
    case io:get_line("") of
        eof -> A;
        L ->
            case string:to_integer(string:trim(L)) of
                {N, ""} when is_integer(N) -> read([N | A]);
                _ -> io:format("skipped ~p~n", [L]), read(A)
            end
    end.
