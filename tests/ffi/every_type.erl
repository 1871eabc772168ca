-module(every_type).
-export([main/0]).

main() ->
    integers(), floats(), atoms(), bytes(), terms(), results(), resources(), dirty(), as_module(), many(),
    io:format("ok~n").

%% What a call gives, or the reason of its error.
said(F) -> try F() catch error:Reason -> {error, Reason} end.
-define(IS(What, Call), (fun() -> case said(fun() -> Call end) of
    What -> ok;
    Got__ -> io:format("line ~p: ~p~n", [?LINE, Got__]), halt(1)
end end)()).
-define(BAD(Call), ?IS({error, badarg}, Call)).

integers() ->
    Signed = [{i8, 8}, {i16, 16}, {i32, 32}, {i64, 64}, {long_long, 64}],
    Unsigned = [{u8, 8}, {u16, 16}, {u32, 32}, {u64, 64}, {size, 64}],
    [begin
        ?IS(Min, every:F(Min)), ?IS(Max, every:F(Max)), ?IS(0, every:F(0)),
        [?BAD(every:F(X)) || X <- [Min - 1, Max + 1, 1 bsl 70, -(1 bsl 70), 1.0, a, <<1>>, [], {}]]
     end || {F, Min, Max} <- [{F, -(1 bsl (B - 1)), 1 bsl (B - 1) - 1} || {F, B} <- Signed] ++
                             [{F, 0, 1 bsl B - 1} || {F, B} <- Unsigned]],
    ?IS(42, every:biased(2)),
    ?IS(44, every:biased(4)),
    ?BAD(every:biased(foo)),
    ?IS(148, every:sum8(1, 2, 3, 4, 5, 6, 7, 8)),
    ?BAD(every:sum8(1, 2, 3, 4, 5, 6, x, 8)),
    ?BAD(every:sum8(1, 2, 3, 4, 5, 6, 7, x)),
    ?IS(nil, every:hit()), ?IS(nil, every:hit()), ?IS(2, every:hits()),
    ?IS(true, every:boolean(true)), ?IS(false, every:boolean(false)), ?BAD(every:boolean(1)).

floats() ->
    ?IS(1.5, every:dbl(1.5)), ?IS(7.0, every:dbl(7)), ?IS(1.0e300, every:dbl(1.0e300)),
    ?BAD(every:dbl(1 bsl 2000)), ?BAD(every:dbl(a)),
    ?IS(0.5, every:flt(0.5)), ?BAD(every:flt(1.0e300)),
    ?IS(3.0, every:root(9)), ?IS({error, bad_result}, every:root(-1)).

atoms() ->
    ?IS(dark_blue, every:other(red)), ?IS(red, every:other(dark_blue)),
    ?IS({error, bad_result}, every:other(green)), ?BAD(every:other(blue)), ?BAD(every:other(0)),
    ?IS('größe', every:atom('größe')), ?IS(7, every:atom_size('größe')),
    ?IS({error, bad_result}, every:atom(none)), ?BAD(every:atom("none")), ?BAD(every:atom('a\0b')).

bytes() ->
    Long = binary:copy(<<"äö"/utf8>>, 1000),
    ?IS(0, every:length(<<>>)), ?IS(3, every:length(<<"abc">>)), ?IS(4000, every:length(Long)),
    [?IS(N, every:length(binary:copy(<<"x">>, N))) || N <- lists:seq(100, 110)],
    <<_:3, Shifted:16/bits, _:5>> = <<7:3, "ab", 0:5>>,
    ?IS(2, every:length(Shifted)), ?IS(97 + 98, every:total(Shifted)),
    <<_, Part:2/binary, _/binary>> = Long,
    ?BAD(every:length(Part)), ?IS(2, every:length(binary:part(Long, 0, 2))),
    [?BAD(every:length(X)) || X <- [<<"a", 0>>, <<255>>, <<"ab":9>>, "abc", abc, 1, [<<"a">>]]],
    ?IS(<<"grün"/utf8>>, every:borrowed(0)),
    ?IS({error, bad_result}, every:borrowed(1)), ?IS({error, bad_result}, every:borrowed(2)),
    ?IS(<<"hello you">>, every:greeting(<<"you">>)),
    ?IS(true, every:greeting(Long) =:= <<"hello ", Long/binary>>),
    ?IS(0, every:total(<<>>)), ?IS(255000, every:total(binary:copy(<<255>>, 1000))),
    [?BAD(every:total(X)) || X <- [<<1:1>>, [1], a]],
    ?IS(36, every:total2(<<1, 2, 3>>, 10, <<1, 2>>)),
    ?BAD(every:total2(<<1, 2, 3>>, 10, nil)),
    ?IS(<<2, 3>>, every:tail(<<1, 2, 3>>)), ?IS(<<>>, every:tail(<<1>>)),
    ?IS(<<0, 0, 0>>, every:zeros(3)), ?IS(<<>>, every:zeros(0)),
    ?IS(100000, byte_size(every:zeros(100000))).

terms() ->
    ?IS({a, [1.0]}, every:itself({a, [1.0]})),
    ?IS({<<"x">>, 3}, every:pair(<<"x">>, 3)), ?BAD(every:pair(a, -1)), ?BAD(every:pair(a, b)),
    Self = self(),
    ?IS(Self, every:me()),
    ?IS({error, {why, "so"}}, every:raises({why, "so"})).

results() ->
    ?IS({ok, 3}, every:divided(7, 2)), ?IS({error, zero}, every:divided(7, 0)),
    ?IS({error, <<"nothing to divide">>}, every:divided(0, 2)),
    [?IS(V, every:value(I)) || {I, V} <- [{0, nil}, {1, -5}, {2, 1 bsl 64 - 1}, {3, 2.5}, {4, true}, {5, 'ä'},
        {6, <<"text">>}, {7, <<"mine">>}, {8, <<1, 2>>}, {9, <<>>}, {10, {error, bad_result}}]],
    ?IS({ok, [{a}]}, every:list({a})).

resources() ->
    Box = every:make_box(5),
    ?IS(true, is_reference(Box)), ?IS(8, every:box_add(Box, 3)), ?IS(8, every:box_value(Box)),
    ?IS({error, bad_result}, every:make_box(-1)),
    {ok, Second} = every:try_box(1 bsl 62),
    ?IS({error, <<"negative">>}, every:try_box(-1)),
    ?IS(1 bsl 62, every:box_value(Second)),
    Other = every:make_other(),
    [?BAD(every:box_value(X)) || X <- [Other, make_ref(), atomics:new(1, []), 1, self()]],
    ?IS(2, every:boxes()),
    %% another process has one, too, and ends; then nobody has the first one
    {Pid, Ref} = spawn_monitor(fun() -> receive stop -> every:box_add(Second, 1) end end),
    Pid ! stop,
    receive {'DOWN', Ref, _, _, Why} -> ?IS(normal, Why) end,
    ?IS((1 bsl 62) + 1, every:box_value(Second)),
    Sum = lists:sum([every:box_value(every:make_box(I)) || I <- lists:seq(1, 100)]),
    ?IS(5050, Sum),
    garbage_collect(),
    ?IS(2, every:boxes()),
    ?IS(8, every:box_value(Box)),
    ?IS(16, second:doubled(Box)), ?BAD(second:doubled(Other)),
    ?IS({ok, Copy} when Copy =/= Box, second:copy(Box)),
    garbage_collect(),
    dropped(Second).

dropped(Second) ->
    garbage_collect(),
    ?IS(1, every:boxes()),
    true = every:box_value(Second) > 0,
    gone().

gone() ->
    garbage_collect(),
    ?IS(0, every:boxes()).

dirty() ->
    %% more of them than there are schedulers wait, and this process goes on
    Text = binary:copy(<<"z">>, 500),
    Parent = self(),
    Pids = [spawn_link(fun() -> Parent ! {self(), every:wait_for(1, Text, <<"abc">>)} end) || _ <- lists:seq(1, 8)],
    receive after 1 -> ok end,
    ?IS(2.0, every:root(4)),
    ?IS(nil, every:open_gate(1)),
    [receive {Pid, N} -> ?IS(503, N) end || Pid <- Pids],
    ?BAD(every:wait_for(1, Text, <<0>>)), ?BAD(every:wait_for(1, Text, 1)),
    Big = 1 bsl 31,
    ?IS({ok, [Square, 15, 1]} when Square =:= Big * Big, every:compute(Big, x, 1, 2, 3, 4, 5)),
    ?IS({error, {{x, "y"}}}, every:compute(-1, {x, "y"}, 1, 2, 3, 4, 5)),
    ?BAD(every:compute(1, x, 1, 2, 3, 4, 1 bsl 40)),
    %% one that waits is killed; its call returns later
    {Pid1, Ref1} = spawn_monitor(fun() -> every:wait_for(2, Text, <<"abc">>) end),
    exit(Pid1, kill),
    receive {'DOWN', Ref1, _, _, Why} -> ?IS(killed, Why) end,
    ?IS(nil, every:open_gate(2)).

as_module() ->
    ?IS(7, apply(every, list_to_atom("i8"), [7])),
    F = fun every:i8/1,
    ?IS(9, F(9)), ?IS("fun every:i8/1", lists:flatten(io_lib:format("~p", [F]))),
    ?IS([1, 2], lists:map(F, [1, 2])),
    ?IS(true, erlang:function_exported(every, i8, 1)), ?IS(false, erlang:function_exported(every, i8, 2)),
    ?IS(true, lists:member({i8, 1}, every:module_info(exports))),
    ?IS({error, undef}, every:nothing()),
    try every:i16(hello) catch error:badarg:Stack ->
        ?IS({every, i16, [hello], _}, hd(Stack))
    end,
    try every:compute(a, b, c, d, e, f, g) catch error:badarg:Stack1 ->
        ?IS({every, compute, [a, b, c, d, e, f, g], _}, hd(Stack1))
    end,
    Tail = fun(X) -> every:u8(X) end,
    ?IS(3, Tail(3)), ?BAD(Tail(300)),
    Parent = self(),
    spawn(every, pair, [Parent, 1]),
    ok.

%% Many at once, on all schedulers, with one resource that all of them use.
many() ->
    Shared = every:make_box(77),
    Work = [spawn_monitor(fun() -> [work(Shared, I) || I <- lists:seq(1, 200)] end) || _ <- lists:seq(1, 8)],
    [receive {'DOWN', Ref, _, Pid, Why} -> ?IS(normal, Why) end || {Pid, Ref} <- Work],
    ?IS(77, every:box_value(Shared)).

work(Shared, I) ->
    Text = integer_to_binary(I),
    Greeting = <<"hello ", Text/binary>>,
    ?IS(Greeting, every:greeting(Text)),
    ?IS(77, every:box_value(Shared)),
    ?IS(I, every:box_value(every:make_box(I))),
    ?IS(dark_blue, every:other(red)),
    ?IS(I, byte_size(every:zeros(I))),
    ?IS({ok, I}, every:divided(I * 3, 3)),
    ?IS({error, {I}}, every:compute(-1, I, 0, 0, 0, 0, 0)),
    ?IS({ok, [_, 5, 1]}, every:compute(I, x, 1, 1, 1, 1, 1)).
