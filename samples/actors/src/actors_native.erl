%% What Gleam's types do not say: exits, and who has a name.
-module(actors_native).
-export([caught/1, wait_for_another/2]).

caught(Work) ->
    try {ok, Work()}
    catch exit:{{Why, _}, {gen_server, call, _}} -> {error, atom_to_binary(Why)}
    end.

%% Does something that ends the process of that name, and waits until another one has it.
wait_for_another(Name, Work) ->
    Old = whereis(Name),
    Result = Work(),
    wait(Name, Old),
    Result.

wait(Name, Old) ->
    case whereis(Name) of
        Pid when is_pid(Pid), Pid =/= Old -> ok;
        _ -> timer:sleep(1), wait(Name, Old)
    end.
