%% process_info: the order of links and binaries.
-module(conc_info_order).
-export([main/0]).

main() ->
    {Pid, Ref} = spawn_monitor(fun links/0),
    receive {'DOWN', Ref, _, Pid, Reason} -> io:format("~p~n", [Reason]) end,
    Binaries = [binary:copy(<<N>>, 100 * N) || N <- lists:seq(1, 20)],
    garbage_collect(),
    Before = lists:sort(info()),
    io:format("~p~n", [[lists:sort(info()) =:= Before || _ <- lists:seq(1, 3), garbage_collect()]]),
    First = info(),
    garbage_collect(),
    io:format("~p ~p~n", [info() =:= First, length([1 || {_, Size, 1} <- First, Size >= 100])]),
    io:format("~p~n", [iolist_size(Binaries)]).

info() -> {binary, L} = process_info(self(), binary), L.

links() ->
    A = spawn_link(fun() -> receive stop -> ok end end),
    B = spawn_link(fun() -> receive stop -> ok end end),
    {links, Links} = process_info(self(), links),
    exit({Links =:= [A, B], length(Links)}).
