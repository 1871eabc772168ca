%% Log events on one line, in a program that calls no regular expressions itself.
-module(app_one_line).
-export([main/0]).

main() ->
    Formatter = {logger_formatter, #{single_line => true, template => [level, ": ", msg, "\n"]}},
    ok = logger:update_handler_config(default, formatter, Formatter),
    logger:error("one,\r\n   two\nthree\r\n,\n  \tfour ~p\r five\n", [[{a, lists:seq(1, 40)}, <<"x">>]]),
    logger:error(#{a => 1, text => "x\ny", long => lists:duplicate(30, abcdefg)}),
    logger:error("~ts", [["u", <<"\n\n  v,\n">>, ",,\n\n, \n \n w\n \n"]]),
    logger:warning("no lines"),
    ok = logger_std_h:filesync(default).
