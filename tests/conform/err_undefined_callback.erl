%% $handle_undefined_function/2 answers calls of what its module lacks, though nothing names it.
-module(err_undefined_callback).
-export([main/0, '$handle_undefined_function'/2]).

main() ->
    M = ?MODULE,
    io:format("~p~n", [M:nothing(1, 2)]),
    io:format("~p~n", [catch M:bad()]).

'$handle_undefined_function'(bad, []) -> exit(bad);
'$handle_undefined_function'(F, Args) -> {F, Args}.
