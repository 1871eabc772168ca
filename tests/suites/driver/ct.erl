%% ct: in place of Common Test's: what OTP's suites call of it.
-module(ct).
-export([fail/0, fail/1, fail/2, comment/1, comment/2, log/1, log/2, log/3, log/4, log/5,
         pal/1, pal/2, pal/3, pal/4, pal/5, print/1, print/2, print/3, print/4,
         sleep/1, timetrap/1, get_timetrap_info/0, get_config/1, get_config/2, get_config/3,
         get_progname/0, capture_start/0, capture_stop/0, capture_get/0, capture_get/1,
         get_verbosity/1]).

fail() -> exit(test_case_failed).
fail(Reason) -> exit({test_case_failed, Reason}).
fail(Format, Args) -> exit({test_case_failed, lists:flatten(io_lib:format(Format, Args))}).

comment(_) -> ok.
comment(_, _) -> ok.

log(_) -> ok.
log(_, _) -> ok.
log(_, _, _) -> ok.
log(_, _, _, _) -> ok.
log(_, _, _, _, _) -> ok.

pal(_) -> ok.
pal(_, _) -> ok.
pal(_, _, _) -> ok.
pal(_, _, _, _) -> ok.
pal(_, _, _, _, _) -> ok.

print(_) -> ok.
print(_, _) -> ok.
print(_, _, _) -> ok.
print(_, _, _, _) -> ok.

sleep(Time) -> timer:sleep(brc_ct:milliseconds(Time)).
timetrap(Time) -> brc_ct:timetrap(Time).
get_timetrap_info() -> {infinity, {false, 1}}.
get_verbosity(_) -> undefined.

get_config(_) -> undefined.
get_config(_, Default) -> Default.
get_config(_, Default, _) -> Default.

get_progname() -> "erl".

capture_start() -> brc_ct_io:capture(start).
capture_stop() -> brc_ct_io:capture(stop).
capture_get() -> brc_ct_io:capture(get).
capture_get(_) -> capture_get().
