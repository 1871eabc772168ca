%% The I/O protocol by hand: requests to the group leader, answers, unknown requests.
-module(io_request_protocol).
-export([main/0]).

main() ->
    io:format("~p~n", [req({put_chars, unicode, "raw put\n"})]),
    io:format("~p~n", [req({put_chars, unicode, io_lib, format, ["mfa ~w~n", [x]]})]),
    io:format("~p~n", [req({requests, [{put_chars, unicode, "one "}, {put_chars, unicode, "two\n"}]})]),
    io:format("~p~n", [req({get_line, unicode, ""})]),
    io:format("~p~n", [req({get_chars, unicode, "", 3})]),
    io:format("~p~n", [element(1, req({unknown_thing, 1}))]),
    io:format("~p~n", [req({put_chars, unicode, [a]})]),
    io:format("~p~n", [req({get_geometry, columns})]),
    io:format("~p~n", [io:columns()]),
    io:format("~p~n", [is_list(io:getopts())]),
    ok.

req(R) ->
    Ref = make_ref(),
    group_leader() ! {io_request, self(), Ref, R},
    receive {io_reply, Ref, A} -> A after 1000 -> timeout end.
