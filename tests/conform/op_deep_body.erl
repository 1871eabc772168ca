%% Ten million frames of body recursion: the stack grows and shrinks without trouble.
%% conform: no-stress
-module(op_deep_body).
-export([main/0, id/1, down/1, list/1, both/2]).

main() ->
    erlang:display(down(10000000)),
    L = list(2000000),
    erlang:display({length(L), hd(L), sum(L)}),
    erlang:display(both(1000000, [])),
    erlang:display(try boom(1000000) catch error:deep -> caught end),
    erlang:display(down(10)),
    ok.

id(X) -> X.
down(0) -> 0;
down(N) -> down(N - 1) + 1.
list(0) -> [];
list(N) -> [N | list(N - 1)].
sum([]) -> 0;
sum([H | T]) -> H + sum(T).
both(0, A) -> length(A);
both(N, A) ->
    R = both(N - 1, [N | short(A)]),
    id(R) + 1.
short([X | _]) -> [X];
short([]) -> [].
boom(0) -> error(deep);
boom(N) -> [N | boom(N - 1)].
