%% ~p pretty printing: wide terms broken over lines, strings, records as tuples, maps, depth.
-module(io_format_p).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [lists:seq(1, 60)]),
    io:format("~p~n", [list_to_tuple(lists:seq(1, 60))]),
    io:format("~p~n", [[{key, N, "some string value", <<"a binary">>} || N <- lists:seq(1, 5)]]),
    io:format("~p~n", [maps:from_list([{N, lists:duplicate(N, x)} || N <- lists:seq(1, 12)])]),
    io:format("~p~n", [#{a_long_key_name => #{another_long_key => [1, 2, 3], "string key" => {tuple, of_things, in_it}}, b => "value", c => <<"binary value that is long enough to need some room">>}]),
    io:format("~p~n", ["a long string " ++ lists:flatten(lists:duplicate(20, "with words "))]),
    io:format("~p~n", [list_to_binary(lists:duplicate(20, "binary words "))]),
    io:format("~p~n", [{record_like, "with a string", [{nested, list, [off, {deep, terms, [1, 2, 3]}]}], #{map => inside}, 1.5, <<1, 2, 3>>}]),
    io:format("~20p~n", [{some, tuple, with, several, elements, in, it}]),
    io:format("~40p~n", [[aaaaaaaaaa, bbbbbbbbbb, cccccccccc, dddddddddd, eeeeeeeeee]]),
    io:format("~10.5p|~n", [[abc, def, ghi]]),
    io:format("~p~n", [[[[[[[[[[deep, {list, [a]}]]]]]]]]]]),
    io:format("~p~n", [{{{{{{{{{{deep}}}}}}}}}}]),
    io:format("abc~p~n", [lists:seq(1, 40)]),
    io:format("~p ~p~n", [lists:seq(1, 15), lists:seq(1, 40)]),
    io:format("~P~n", [lists:seq(1, 100), 20]),
    io:format("~P~n", [{a, [b, [c, [d, [e, [f]]]]], #{k => [1, 2, {3, 4}]}}, 6]),
    io:format("~P~n", [#{a => 1, b => 2, c => 3, d => 4}, 3]),
    io:format("~P ~P~n", ["a string here", 5, <<"a binary here">>, 5]),
    io:format("~p~n", [[{application, kernel, [{description, "ERTS  CXC 138 10"}, {vsn, "8.5"}, {id, []}, {modules, [application, application_controller, application_master]}, {registered, [a, b]}]}]]),
    io:format("~p~n", [fun lists:map/2]),
    io:format("~p~n", [<<1:3>>]),
    io:format("~p~n", [<<0:800>>]),
    io:format("~p~n", [[1 | 2]]),
    io:format("~p~n", [[a, b | {c, d}]]),
    io:format("~0p~n", [lists:seq(1, 60)]),
    ok.

id(X) -> X.
