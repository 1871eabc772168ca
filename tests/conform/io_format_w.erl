%% ~w of everything: quoted atoms, strings as lists, bits, floats, nesting; against ~p.
-module(io_format_w).
-export([main/0, id/1]).

main() ->
    Ts = [abc, 'Abc', '', 'with space', '123', a@b, 'a-b', 'quote\'s', 'nl\n', 'äö', 'Ä', '€', 'end', 'fun', true, 0, -1, 1 bsl 100, 1.0, -0.0, 1.0e100, 1.0e-10, 123456.789, [], [1], "string", "str\n\t\e\"q\\", [255, 256],
          "äö", [8364], [1, 2 | 3], {}, {a}, {a, "b", [c]}, <<>>, <<1, 2>>, <<"text">>, <<"q\"\n">>, <<"ä"/utf8>>, <<228>>, <<1:1>>, <<"ab", 1:2>>, #{}, #{a => 1}, #{"s" => <<"b">>}, fun erlang:abs/1, [[], [[]]], [{}, #{}], "\0", [0], [7, 8, 9], "\d", [127], [$a, 0], [[$a | $b]], {[], {}}],
    [io:format("~w~n~p~n~tw~n~tp~n", [T, T, T, T]) || T <- Ts],
    ok.

id(X) -> X.
