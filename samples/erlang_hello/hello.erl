%% A first program: `beamrc build hello.erl && ./hello you`.
-module(hello).
-export([main/1]).

main([]) -> main(["world"]);
main(Names) -> lists:foreach(fun(Name) -> io:format("Hello, ~ts!~n", [Name]) end, Names).
