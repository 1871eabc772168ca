%% one busy process asked by fifty others at once, all answered with the truth
-module(conc_ask_many).
-export([main/0]).

main() ->
    Me = self(),
    B = spawn(fun() -> put(k, 17), Me ! up, busy() end),
    receive up -> ok end,
    Ps = [spawn(fun() -> Me ! {self(), lists:usort([process_info(B, [dictionary, trap_exit, message_queue_len]) || _ <- lists:seq(1, 10)])} end) || _ <- lists:seq(1, 50)],
    io:format("~p~n", [lists:usort([receive {P, X} -> X after 10000 -> stuck end || P <- Ps])]),
    exit(B, kill).

busy() -> busy().
