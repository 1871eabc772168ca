%% process_info of oneself as the last call of a function shows that function.
-module(conc_info_tail).
-export([main/0]).

main() ->
    show(body()), show(tail()), show(framed(1)), show(applied(process_info)), show((fun nothing/0)()).

show(L) ->
    io:format("~p~n", [[case V of
                            [{M, F, A, _} | _] -> {M, F, A};
                            {M, F, A, [{file, _}, {line, N}]} -> {M, F, A, N};
                            _ -> V
                        end || {_, V} <- L]]).

items() -> [current_function, current_location, current_stacktrace].
body() -> X = process_info(self(), items()), id(X).
tail() -> process_info(self(), items()).
framed(X) -> id(X), process_info(self(), items()).
applied(F) -> erlang:F(self(), items()).
nothing() -> {_, F} = process_info(self(), current_function), [{f, F}].
id(X) -> X.
