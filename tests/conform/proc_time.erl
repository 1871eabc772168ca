%% Time: monotonic order, units, system time, timestamps, dates from fixed numbers.
-module(proc_time).
-export([main/0, id/1]).

main() ->
    A = erlang:monotonic_time(), B = erlang:monotonic_time(),
    io:format("~p~n", [A =< B]),
    io:format("~p~n", [[erlang:convert_time_unit(1500, millisecond, U) || U <- [second, millisecond, microsecond, nanosecond, 10]]]),
    io:format("~p~n", [[erlang:convert_time_unit(N, nanosecond, second) || N <- [999999999, 1000000000, -1, -1000000001]]]),
    S = erlang:system_time(second), {Mega, Sec, _} = os:timestamp(),
    io:format("~p~n", [abs(S - (Mega * 1000000 + Sec)) < 5]),
    io:format("~p~n", [calendar:gregorian_seconds_to_datetime(63800000000)]),
    io:format("~p~n", [calendar:system_time_to_universal_time(1700000000, second)]),
    io:format("~p~n", [calendar:system_time_to_rfc3339(1700000000, [{offset, "Z"}])]),
    io:format("~p~n", [calendar:rfc3339_to_system_time("2023-11-14T22:13:20Z")]),
    io:format("~p~n", [[calendar:day_of_the_week(2024, 2, 29), calendar:is_leap_year(2100), calendar:last_day_of_the_month(2024, 2), calendar:date_to_gregorian_days(2000, 1, 1), calendar:iso_week_number({2021, 1, 3})]]),
    io:format("~p~n", [calendar:seconds_to_daystime(100000)]),
    io:format("~p~n", [calendar:time_difference({{2020, 1, 1}, {0, 0, 0}}, {{2020, 1, 2}, {1, 2, 3}})]),
    io:format("~p~n", [[calendar:valid_date(2023, 2, 29), calendar:valid_date({2024, 2, 29})]]),
    io:format("~p~n", [try erlang:convert_time_unit(1, bad, second) catch E:R -> {E, R} end]),
    {{Y, _, _}, {_, _, _}} = calendar:local_time(),
    io:format("~p~n", [Y >= 2024]),
    io:format("~p~n", [erlang:universaltime_to_localtime({{2024, 1, 1}, {0, 0, 0}})]),
    io:format("~p~n", [tuple_size(date()) + tuple_size(time())]),
    ok.

id(X) -> X.
