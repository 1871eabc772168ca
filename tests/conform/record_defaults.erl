-module(record_defaults).
-export([main/0]).
-record(in, {x = 0, y}).
-record(out, {in = #in{x = 7}, list = [], n = lists:sum([1, 2, 3]) :: integer(), self = self(), opt}).
-record(none, {}).

%% Default values are evaluated anew; nested update; the pseudo functions.
main() ->
    A = #out{},
    io:format("~w~n", [A#out{self = me}]),
    B = A#out{in = A#out.in#in{y = [yes]}, opt = #none{}, self = undefined},
    io:format("~w~n", [B]),
    io:format("~w ~w ~w~n", [record_info(fields, out), record_info(size, out), record_info(size, none)]),
    io:format("~w ~w~n", [#out.opt, #in.y]),
    io:format("~w~n", [#in{_ = all}]),
    io:format("~w~n", [lists:keysearch(3, #in.x, [#in{x = 1}, #in{x = 3, y = found}])]),
    io:format("~w~n", [[is_record(R, in) || R <- [#in{}, {in, 1}, {in, 1, 2}, in, {out, 1, 2}]]]),
    io:format("~w~n", [[is_record(R, in, 3) || R <- [#in{}, {in, 1}, {in, 1, 2, 3}]]]),
    io:format("~w~n", [[t(fun() -> R#in.x end) || R <- [{in, 1, 2}, {in, 1}, x, {ni, 1, 2}]]]),
    io:format("~w~n", [[t(fun() -> R#in{y = 1} end) || R <- [{in, 1, 2}, {in, 1}, x]]]),
    io:format("~w~n", [match(#out{in = #in{x = 1, y = 2}})]),
    io:format("~w~n", [match(#out{list = [#none{}]})]).

match(#out{in = #in{x = 1, y = Y}}) -> {y, Y};
match(#out{list = [#none{} | _], in = #in{x = X}}) when X > 6 -> {x, X}.
t(F) -> try F() catch error:R -> R end.
