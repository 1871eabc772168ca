%% Log events on one line, in a program that calls no regular expressions itself.
-module(app_one_line).
-export([main/0]).

main() ->
    format({"one,\r\n   two\nthree\r\n,\n  \tfour ~p\r five\n", [[{a, lists:seq(1, 40)}, <<"x">>]]}),
    format({report, #{a => 1, text => "x\ny", long => lists:duplicate(30, abcdefg)}}),
    format({string, ["u", <<"\n\n  v,\n">>, ",,\n\n, \n \n w\n \n", [[$\n], 16#e4]]}),
    format({string, "no lines"}),
    logger:error("the logger itself is there").

format(Message) ->
    Event = #{level => error, msg => Message, meta => #{time => 0}},
    Config = #{single_line => true, template => [level, ": ", msg, "\n"]},
    io:format("~ts", [logger_formatter:format(Event, Config)]).
