%% futures and promises: values asked for before and after they are there, failures too
-module(conc_futures).
-export([main/0]).

main() ->
    Fs = [async(fun() -> spin(I * 100), case I rem 5 of 0 -> error({bad, I}); _ -> I * I end end) || I <- lists:seq(1, 50)],
    io:format("~p~n", [[await(F) || F <- Fs]]).

async(F) -> Tag = make_ref(), {P, R} = spawn_monitor(fun() -> exit({Tag, F()}) end), {P, R, Tag}.
await({P, R, Tag}) -> receive {'DOWN', R, process, P, {Tag, V}} -> V; {'DOWN', R, process, P, {{bad, I}, _}} -> {failed, I} end.
spin(0) -> ok;
spin(N) -> spin(N - 1).
