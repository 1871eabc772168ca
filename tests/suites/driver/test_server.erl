%% test_server: in place of Common Test's: what OTP's suites call of it.
-module(test_server).
-export([lookup_config/2, fail/0, fail/1, fault/1, format/1, format/2, comment/1,
         timetrap/1, timetrap_cancel/0, timetrap_cancel/1, timetrap_scale_factor/0,
         sleep/1, hours/1, minutes/1, seconds/1, timecall/3, do_times/2, do_times/4,
         is_cover/0, is_debug/0, is_asan/0, is_valgrind/0, is_native/1, memory_checker/0,
         messages_get/0, messages_get/1, temp_name/1, app_test/1, app_test/2, peer_name/2, start_peer/3, start_peer/5,
         start_node/3, stop_node/1]).

lookup_config(Key, Config) -> proplists:get_value(Key, Config).

fail() -> ct:fail().
fail(Reason) -> ct:fail(Reason).
fault(Reason) -> ct:fail(Reason).

format(_) -> ok.
format(_, _) -> ok.
comment(_) -> ok.

timetrap(Time) -> brc_ct:timetrap(Time).
timetrap_cancel() -> brc_ct:timetrap(infinity).
timetrap_cancel(_) -> timetrap_cancel().
timetrap_scale_factor() -> 1.

sleep(Time) -> ct:sleep(Time).
hours(N) -> N * 3600000.
minutes(N) -> N * 60000.
seconds(N) -> N * 1000.

%% Seconds, as a float, and what the call gave.
timecall(M, F, A) ->
    {Elapsed, Value} = timer:tc(M, F, A),
    {Elapsed / 1000000, Value}.

do_times(0, _) -> ok;
do_times(N, F) -> F(), do_times(N - 1, F).

do_times(0, _, _, _) -> ok;
do_times(N, M, F, A) -> apply(M, F, A), do_times(N - 1, M, F, A).

is_cover() -> false.
is_debug() -> false.
is_asan() -> false.
is_valgrind() -> false.
is_native(_) -> false.
memory_checker() -> none.

%% All messages that are there, behind those given.
messages_get() -> messages_get([]).
messages_get(Got) -> receive M -> messages_get([M | Got]) after 0 -> lists:reverse(Got) end.

temp_name(Stem) ->
    Stem ++ integer_to_list(erlang:unique_integer([positive])).

app_test(_) -> throw({skip, "no application is looked at"}).
app_test(App, _) -> app_test(App).

peer_name(_, Case) -> Case.
start_peer(_, _, _) -> throw({skip, "no other nodes"}).
start_peer(_, _, _, _, _) -> throw({skip, "no other nodes"}).
start_node(_, _, _) -> throw({skip, "no other nodes"}).
stop_node(_) -> true.
