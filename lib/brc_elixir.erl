%% brc_elixir: runs a main function of Elixir's as its escripts do: arguments are binaries, text is
%% UTF-8, and what is not caught is told in Elixir's words.
-module(brc_elixir).
-export([start/0]).

start() ->
    [ok = io:setopts(Device, [{encoding, unicode}]) || Device <- [standard_io, standard_error]],
    {runner, fun run/3}.

run(Module, Function, Args) ->
    try apply(Module, Function, [[unicode:characters_to_binary(S) || S <- Strings] || Strings <- Args])
    catch
        exit:normal -> ok;
        exit:shutdown -> ok;
        exit:{shutdown, Status} when is_integer(Status) -> init:stop(Status), receive after infinity -> ok end;
        Kind:Reason:Trace ->
            io:put_chars(standard_error, ['Elixir.Exception':format_banner(Kind, Reason, Trace), $\n,
                                          'Elixir.Exception':format_stacktrace(Trace)]),
            init:stop(1),
            receive after infinity -> ok end
    end.
