%% the reply of a spawn request comes before anything the new process sends
-module(conc_spawn_order).
-export([main/0]).

main() ->
    Me = self(),
    L = [begin
        R = spawn_request(fun() -> Me ! {self(), hi}, exit(bye) end, [monitor]),
        A = receive X1 -> X1 end, B = receive X2 -> X2 end, C = receive X3 -> X3 end,
        case {A, B, C} of
            {{spawn_reply, R, ok, P}, {P, hi}, {'DOWN', R, process, P, bye}} -> in_order;
            Other -> Other
        end
    end || _ <- lists:seq(1, 300)],
    io:format("~p~n", [lists:usort(L)]).
