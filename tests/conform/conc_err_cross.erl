%% exceptions end only the process they happen in, and tell its relations alike
-module(conc_err_cross).
-export([main/0, id/1]).

main() ->
    process_flag(trap_exit, true),
    Fs = [fun() -> 1 / id(0) end, fun() -> atom_to_list(id(1)) end, fun() -> [X || X <- element(1, {a})] end, fun() -> maps:get(k, id(#{})) end,
          fun() -> (id(fun(1) -> 2 end))(3) end, fun() -> throw(t) end, fun() -> binary_to_atom(id(<<255>>)) end, fun() -> exit({a, b}) end,
          fun() -> try error(inner) after self() ! cleanup end end, fun() -> try error(one) catch error:one -> error(two) end end],
    [begin
         P = spawn_link(F), R = monitor(process, P),
         A = receive {'EXIT', P, W} -> short(W) end,
         B = receive {'DOWN', R, _, _, W2} -> short(W2) end,
         io:format("~p ~p~n", [A, lists:member(B, [A, noproc])])
     end || F <- Fs].

id(X) -> X.
short({W, [{M, F, A, _} | _]}) when is_list(A) -> {W, {M, F, length(A)}};
short({W, [{M, _, _, _} | _]}) -> {W, M};
short(W) -> W.
