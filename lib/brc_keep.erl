%% brc_keep: functions that OTP's own code calls by what it computes, so that nothing that is read
%% tells of them. A line of roots.txt calls one of these where they are needed; what it gives is not
%% looked at.
-module(brc_keep).
-export([disk_log/0, dets/0]).

disk_log() ->
    [fun disk_log_sup:start_link/0, fun disk_log_server:start_link/0, fun disk_log:istart_link/1,
     fun disk_log:init/2, fun disk_log_sup:init/1, fun disk_log_server:init/1].

dets() ->
    [fun dets_sup:start_link/0, fun dets_server:start_link/0, fun dets_sup:init/1,
     fun dets_server:init/1, fun dets:istart_link/1, fun dets:init/2].
