%% a chat server that broadcasts; everybody sees the same order
-module(conc_chat_rooms).
-export([main/0]).

main() ->
    Me = self(),
    Room = spawn(fun() -> room([]) end),
    Us = [spawn(fun() -> Room ! {join, self()}, receive joined -> ok end, Me ! {in, self()}, receive talk -> [Room ! {say, {I, K}} || K <- lists:seq(1, 20)] end, Me ! {self(), hear(20 * 15, [])} end) || I <- lists:seq(1, 15)],
    [receive {in, U} -> ok end || U <- Us],
    [U ! talk || U <- Us],
    [H | T] = [receive {U, L} -> L end || U <- Us],
    io:format("~p ~p~n", [lists:usort([X =:= H || X <- T]), lists:sort(H) =:= [{I, K} || I <- lists:seq(1, 15), K <- lists:seq(1, 20)]]).

room(Us) -> receive {join, U} -> U ! joined, room([U | Us]); {say, X} -> [U ! {heard, X} || U <- Us], room(Us) end.
hear(0, A) -> lists:reverse(A);
hear(N, A) -> receive {heard, X} -> hear(N - 1, [X | A]) end.
