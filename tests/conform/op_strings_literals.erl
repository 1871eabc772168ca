%% Literals of every kind, shared and nested, returned, sent and compared with built ones.
-module(op_strings_literals).
-export([main/0, id/1, lit/1]).

main() ->
    [erlang:display(lit(N)) || N <- [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    erlang:display([lit(N) =:= built(N) || N <- [1, 2, 3, 4, 5, 6]]),
    self() ! lit(2),
    erlang:display(receive X -> X =:= lit(2) end),
    P = self(),
    spawn(fun() -> P ! {self() =/= P, lit(9), lit(4)} end),
    erlang:display(receive Y -> Y end),
    M = lit(4),
    erlang:display(M#{new => lit(1)}),
    erlang:display(setelement(1, lit(2), changed)),
    erlang:display(lit(2)),
    erlang:display([x | lit(1)]),
    erlang:display(<<(lit(3))/binary, (lit(3))/binary>>),
    ok.

id(X) -> X.
lit(1) -> [a, b, [c, "str"], {d}];
lit(2) -> {tuple, 1, 2.5, <<"bin">>, #{k => v}, [1 | 2]};
lit(3) -> <<"a literal binary of some length, more than sixty-four bytes long, to be safe">>;
lit(4) -> #{a => [1], "b" => {2}, 3 => #{c => <<>>}};
lit(5) -> 123456789012345678901234567890;
lit(6) -> -1.5e-300;
lit(7) -> "unicode: äöü €";
lit(8) -> <<"utf8: äöü €"/utf8>>;
lit(9) -> #{1 => 1, 2 => 2, 3 => 3, 4 => 4, 5 => 5, 6 => 6, 7 => 7, 8 => 8, 9 => 9, 10 => 10, 11 => 11, 12 => 12, 13 => 13, 14 => 14, 15 => 15, 16 => 16};
lit(10) -> <<1:3>>;
lit(11) -> [<<5:7, 3:9, 1:1>>, {[], {}, #{}, <<>>, ''}];
lit(12) -> [fun erlang:length/1, 'quoted atom', -1, 0, 576460752303423488].

built(1) -> [id(a), b, [c, [$s, $t, id($r)]], {id(d)}];
built(2) -> {id(tuple), 1, id(5) / 2, list_to_binary("bin"), #{id(k) => v}, [1 | id(2)]};
built(3) -> list_to_binary("a literal binary of some length, " ++ id("more than sixty-four bytes long, to be safe"));
built(4) -> #{id(a) => [1], id("b") => {2}, id(3) => #{id(c) => id(<<>>)}};
built(5) -> id(1234567890) * 100000000000000000000 + id(12345678901234567890);
built(6) -> id(-3) / 2.0e300.
