%% link and unlink take effect in the order of the signals around them
-module(conc_order_link_unlink).
-export([main/0]).

main() ->
    process_flag(trap_exit, true),
    L = [begin
        P = spawn(fun() -> receive stop -> exit(I) end end),
        link(P), unlink(P), link(P), P ! stop,
        receive {'EXIT', P, Why} -> Why =:= I end
    end || I <- lists:seq(1, 200)],
    io:format("~p~n", [lists:usort(L)]),
    [begin
        P = spawn(fun() -> receive stop -> exit(I) end end),
        R = monitor(process, P),
        link(P), unlink(P), P ! stop,
        receive {'DOWN', R, _, _, I} -> ok end
    end || I <- lists:seq(1, 200)],
    io:format("~p~n", [receive X -> X after 0 -> nothing end]).
