%% kernel: in place of OTP's callback module of the application kernel: the supervisor with what a
%% program on one node needs, beside the servers that brc_boot has started by need. There is no
%% distribution and no code server.
-module(kernel).
-behaviour(supervisor).
-export([start/2, stop/1, config_change/3, init/1]).

start(_Type, _Args) ->
    ok = logger:internal_init_logger(),
    {ok, Sup} = supervisor:start_link({local, kernel_sup}, ?MODULE, top),
    ok = erl_signal_handler:start(),
    ok = logger:add_handlers(kernel),
    {ok, Sup, []}.

stop(_State) -> ok.
config_change(_Changed, _New, _Removed) -> ok.

init(top) ->
    {ok, {#{strategy => one_for_all, intensity => 0, period => 1},
          [#{id => erl_signal_server,
             start => {gen_event, start_link, [{local, erl_signal_server}]},
             shutdown => 2000,
             modules => dynamic},
           worker(kernel_refc),
           supervisor(kernel_safe_sup, {supervisor, start_link, [{local, kernel_safe_sup}, ?MODULE, safe]}),
           supervisor(logger_sup, {logger_sup, start_link, []})]}};
init(safe) ->
    {ok, {#{strategy => one_for_one, intensity => 4, period => 3600}, []}}.

worker(Module) ->
    #{id => Module, start => {Module, start_link, []}, shutdown => 2000}.

supervisor(Id, Start) ->
    #{id => Id, start => Start, shutdown => infinity, type => supervisor}.
