%% io:read: terms over several lines, errors in between, end of file.
-module(io_read_terms).
-export([main/0, id/1]).

main() -> loop().

id(X) -> X.
loop() ->
    case io:read("") of
        eof -> io:format("eof~n");
        {ok, T} -> io:format("term ~p~n", [T]), loop();
        {error, E} -> io:format("error ~p~n", [E]), loop()
    end.
