%% How long a long built-in holds the scheduler: another process ticks each millisecond while it
%% runs on some 10 MB or a million elements, and the longest gap between two ticks is printed.
%% Run with +S 1 on stock: tests/bench/ticks. An argument picks jobs by the beginning of their name.
-module(ticks).
-export([main/0, main/1]).

main() -> main([]).
main(Wanted) ->
    Only = [J || {Name, _, _} = J <- jobs(), Wanted =:= [] orelse lists:any(fun(W) -> lists:prefix(W, Name) end, Wanted)],
    [one(Name, Prepare, Run) || {Name, Prepare, Run} <- Only],
    io:format("done~n").

one(Name, Prepare, Run) ->
    Self = self(),
    {Pid, Ref} = spawn_monitor(fun() ->
        Data = Prepare(),
        erlang:garbage_collect(),
        Ticker = spawn(fun() -> receive {go, From} -> From ! going, tick(now_us(), 0) end end),
        Ticker ! {go, self()},
        receive going -> ok end,
        receive after 5 -> ok end,
        Start = now_us(),
        Run(Data),
        Took = now_us() - Start,
        receive after 5 -> ok end,
        Ticker ! {stop, self()},
        Gap = receive {gap, G} -> G end,
        Self ! {result, Gap, Took}
    end),
    receive {'DOWN', Ref, process, Pid, Why} when Why =/= normal -> io:format("~s: ~p~n", [Name, Why]);
            {result, Gap, Took} -> io:format("~-32s gap ~8.1f ms  took ~8.1f ms~n", [Name, Gap / 1000, Took / 1000]) end.

tick(Last, Longest) ->
    receive {stop, From} -> From ! {gap, max(Longest, now_us() - Last)}
    after 1 -> Now = now_us(), tick(Now, max(Longest, Now - Last)) end.

now_us() -> erlang:monotonic_time(microsecond).

list() -> lists:seq(1, 1000000).
pairs() -> [{X bxor 21845, X} || X <- list()].
map() -> maps:from_list(pairs()).
bin() -> binary:copy(<<"the quick brown fox jumps over the lazy dog, 0123456789 ">>, 190000).
bytes() -> binary_to_list(bin()).
chars() -> unicode:characters_to_binary([lists:duplicate(20, X) || X <- lists:seq(256, 200000), X < 16#D800 orelse X > 16#DFFF]).
chunks() -> [<<X:512>> || X <- lists:seq(1, 160000)].
mixed() -> [{X, <<X:64>>, "abc", #{a => X}, 1.5} || X <- lists:seq(1, 300000)].

jobs() ->
    [{"nothing", fun() -> 0 end, fun(_) -> receive after 20 -> ok end end},
     {"term_to_binary", fun mixed/0, fun(L) -> term_to_binary(L) end},
     {"term_to_binary compressed", fun mixed/0, fun(L) -> term_to_binary(L, [compressed]) end},
     {"term_to_iovec", fun mixed/0, fun(L) -> erlang:term_to_iovec(L) end},
     {"external_size", fun mixed/0, fun(L) -> erlang:external_size(L) end},
     {"binary_to_term", fun() -> term_to_binary(mixed()) end, fun(B) -> binary_to_term(B) end},
     {"binary_to_term compressed", fun() -> term_to_binary(mixed(), [compressed]) end, fun(B) -> binary_to_term(B) end},
     {"list_to_binary", fun bytes/0, fun(L) -> list_to_binary(L) end},
     {"iolist_to_binary chunks", fun chunks/0, fun(L) -> iolist_to_binary(L) end},
     {"iolist_size", fun bytes/0, fun(L) -> iolist_size(L) end},
     {"iolist_to_iovec", fun bytes/0, fun(L) -> erlang:iolist_to_iovec(L) end},
     {"binary_to_list", fun bin/0, fun(B) -> binary_to_list(B) end},
     {"bitstring_to_list", fun bin/0, fun(B) -> bitstring_to_list(B) end},
     {"lists:reverse", fun bytes/0, fun(L) -> lists:reverse(L) end},
     {"lists:member", fun bytes/0, fun(L) -> lists:member(a, L) end},
     {"lists:keyfind", fun pairs/0, fun(L) -> lists:keyfind(a, 1, L) end},
     {"lists:keysort", fun pairs/0, fun(L) -> lists:keysort(1, L) end},
     {"lists:sort", fun pairs/0, fun(L) -> lists:sort(L) end},
     {"++", fun bytes/0, fun(L) -> L ++ [a] end},
     {"--", fun list/0, fun(L) -> L -- L end},
     {"length", fun bytes/0, fun(L) -> length(L) end},
     {"list_to_tuple", fun list/0, fun(L) -> list_to_tuple(L) end},
     {"tuple_to_list", fun() -> list_to_tuple(list()) end, fun(T) -> tuple_to_list(T) end},
     {"setelement", fun() -> list_to_tuple(list()) end, fun(T) -> setelement(5, T, x) end},
     {"maps:from_list", fun pairs/0, fun(L) -> maps:from_list(L) end},
     {"maps:from_keys", fun list/0, fun(L) -> maps:from_keys(L, 1) end},
     {"maps:to_list", fun map/0, fun(M) -> maps:to_list(M) end},
     {"maps:keys", fun map/0, fun(M) -> maps:keys(M) end},
     {"maps:values", fun map/0, fun(M) -> maps:values(M) end},
     {"maps:merge", fun() -> {map(), maps:from_keys(lists:seq(500000, 1500000), x)} end, fun({A, B}) -> maps:merge(A, B) end},
     {"maps ==", fun() -> {map(), map()} end, fun({A, B}) -> A == B end},
     {"phash2 list", fun mixed/0, fun(L) -> erlang:phash2(L) end},
     {"phash2 binary", fun bin/0, fun(B) -> erlang:phash2(B) end},
     {"md5", fun bin/0, fun(B) -> erlang:md5(B) end},
     {"crc32", fun bin/0, fun(B) -> erlang:crc32(B) end},
     {"crc32 list", fun bytes/0, fun(B) -> erlang:crc32(B) end},
     {"adler32", fun bin/0, fun(B) -> erlang:adler32(B) end},
     {"characters_to_binary list", fun() -> unicode:characters_to_list(chars()) end, fun(L) -> unicode:characters_to_binary(L) end},
     {"characters_to_binary check", fun chars/0, fun(B) -> unicode:characters_to_binary([B, 1]) end},
     {"characters_to_binary utf16", fun chars/0, fun(B) -> unicode:characters_to_binary(B, utf8, utf16) end},
     {"characters_to_list", fun chars/0, fun(B) -> unicode:characters_to_list(B) end},
     {"binary:match", fun bin/0, fun(B) -> binary:match(B, <<"nowhere">>) end},
     {"binary:matches", fun bin/0, fun(B) -> binary:matches(B, <<"fox">>) end},
     {"binary:matches many", fun bin/0, fun(B) -> binary:matches(B, [<<"fox">>, <<"dog">>, <<"1">>]) end},
     {"binary:split", fun bin/0, fun(B) -> binary:split(B, <<" ">>, [global]) end},
     {"binary:replace", fun bin/0, fun(B) -> binary:replace(B, <<"fox">>, <<"wolf">>, [global]) end},
     {"binary:copy", fun bin/0, fun(B) -> binary:copy(B, 4) end},
     {"binary:encode_hex", fun bin/0, fun(B) -> binary:encode_hex(B) end},
     {"binary ==", fun() -> {bin(), bin()} end, fun({A, B}) -> A == B end},
     {"decode_unsigned", fun bin/0, fun(B) -> binary:decode_unsigned(binary:part(B, 0, 500000)) end},
     {"integer_to_list", fun() -> (1 bsl 130000) - 1 end, fun(N) -> integer_to_list(N) end},
     {"list_to_integer", fun() -> lists:duplicate(40000, $7) end, fun(L) -> list_to_integer(L) end},
     {"binary_to_integer", fun() -> binary:copy(<<"7">>, 40000) end, fun(B) -> binary_to_integer(B) end},
     {"big *", fun() -> (1 bsl 1000000) - 1 end, fun(N) -> N * (N - 12345) end},
     {"big div", fun() -> {(1 bsl 2000000) - 1, (1 bsl 1000000) - 12345} end, fun({A, B}) -> A div B end},
     {"big div small", fun() -> (1 bsl 4000000) - 1 end, fun(N) -> N rem 1000003 end},
     {"re:run global", fun bin/0, fun(B) -> re:run(B, "[a-z]+", [global]) end},
     {"re:run no match", fun bin/0, fun(B) -> re:run(B, "(fox|dog) x") end},
     {"re:split", fun bin/0, fun(B) -> re:split(B, " ") end},
     {"re:replace", fun bin/0, fun(B) -> re:replace(B, "fox", "wolf", [global]) end},
     {"zlib:compress", fun bin/0, fun(B) -> zlib:compress(B) end},
     {"zlib:uncompress", fun() -> zlib:compress(bin()) end, fun(B) -> zlib:uncompress(B) end},
     {"base64:encode", fun bin/0, fun(B) -> base64:encode(B) end},
     {"base64:decode", fun() -> base64:encode(bin()) end, fun(B) -> base64:decode(B) end},
     {"garbage_collect", fun mixed/0, fun(L) -> erlang:garbage_collect(), L end},
     {"grow heap", fun() -> 300000 end, fun(_) -> mixed() end},
     {"send", fun() -> {spawn(fun() -> receive stop -> ok end end), mixed()} end, fun({P, L}) -> P ! L, P ! stop end},
     {"receive large", fun() -> L = mixed(), S = self(), spawn(fun() -> S ! {large, L} end) end, fun(_) -> receive {large, L} -> L end end},
     {"spawn with args", fun mixed/0, fun(L) -> spawn(fun() -> length(L) end) end},
     {"== terms", fun() -> {mixed(), mixed()} end, fun({A, B}) -> A == B end},
     {"=:= lists", fun() -> {list(), list()} end, fun({A, B}) -> A =:= B end},
     {"< lists", fun() -> {list(), list()} end, fun({A, B}) -> A < B end},
     {"exit of a large process", fun mixed/0, fun(L) -> {_, R} = spawn_monitor(fun() -> garbage_collect(), exit(L) end), receive {'DOWN', R, _, _, _} -> ok end end},
     {"persistent_term", fun mixed/0, fun(L) -> persistent_term:put(ticks, lists:sublist(L, 30000)), persistent_term:erase(ticks) end},
     {"string:length", fun bin/0, fun(B) -> string:length(binary:part(B, 0, 2000000)) end},
     {"string:uppercase", fun bin/0, fun(B) -> string:uppercase(binary:part(B, 0, 2000000)) end},
     {"string:split all", fun bin/0, fun(B) -> string:split(binary:part(B, 0, 1000000), " ", all) end},
     {"io_lib:format", fun list/0, fun(L) -> io_lib:format("~w", [L]) end},
     {"list_to_atom round trip", fun list/0, fun(L) -> [atom_to_list(ok) || _ <- L] end}].
