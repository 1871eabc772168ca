%% erlang:display of every type, and what it answers.
-module(conv_display).
-export([main/0, id/1]).

main() ->
    [erlang:display(T) || T <- [a, 'A b', '', 'ä', '\n', 1, -1, 1 bsl 80, 1.0, 0.1, 1.0e100, -0.0, [], [1, 2], "str", "with \"quotes\"\n", [$a | b], [1, $a], {}, {a, "b"}, <<>>, <<1, 2>>, <<"text">>, <<1:1>>, <<7, 3:2>>, #{}, #{a => 1, "k" => [v]}, fun lists:map/2, [[]], [[], "a"], {[], [[]]}, [a, b | c], lists:seq(1, 40), lists:seq(32, 126), [256], "äö"]],
    erlang:display(erlang:display(x)),
    erlang:display(maps:from_list([{N, N} || N <- lists:seq(1, 32)])),
    ok.

id(X) -> X.
