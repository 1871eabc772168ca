-module(basic).
-export([main/0, start/0]).
-export([ints/1, kinds/1, tuple/2, list/1, rev/1, text/1, atom/1, fail/1, bin/1, up/1, many/9,
         copy/1, compare/2, printed/1, priv/0, slow/1, dirty/2, where/0, sum/2, map/1, walk/1, hash/1,
         etf/1, iolist/1, sub/3, uniq/1, convert/3, exists/1, doubled/1, is_there/1]).

start() -> ok = erlang:load_nif(os:getenv("NIF_DIR", ".") ++ "/basic", {info, 42}).

ints(_) -> nif.
kinds(_) -> nif.
tuple(_, _) -> nif.
list(_) -> nif.
rev(_) -> nif.
text(_) -> nif.
atom(_) -> nif.
fail(_) -> nif.
bin(_) -> nif.
up(_) -> nif.
many(_, _, _, _, _, _, _, _, _) -> nif.
copy(_) -> nif.
compare(_, _) -> nif.
printed(_) -> nif.
priv() -> nif.
slow(_) -> nif.
dirty(_, _) -> nif.
where() -> nif.
sum(_, _) -> nif.
map(_) -> nif.
walk(_) -> nif.
hash(_) -> nif.
etf(_) -> nif.
iolist(_) -> nif.
sub(_, _, _) -> nif.
uniq(_) -> nif.
convert(_, _, _) -> nif.
exists(_) -> nif.
doubled(_) -> nif.
is_there(_) -> nif.

p(T) -> io:format("~tp~n", [T]).

main() ->
    {_, Ref} = spawn_monitor(fun all/0),
    receive {'DOWN', Ref, _, _, Reason} -> p(Reason) end.

all() ->
    p(ints(7)),
    p(sum(1, 2)),
    start(),
    p(erlang:load_nif("x", 0)),
    p(catch load_other()),
    p(lists:sort(proplists:get_value(nifs, [{nifs, basic:module_info(nifs)}]))),
    p([ints(N) || N <- [0, -1, 1 bsl 31, -(1 bsl 31), 1 bsl 32, 1 bsl 59, 1 bsl 62, 1 bsl 63, -(1 bsl 63), 1 bsl 64, 1.5, a]]),
    p([kinds(T) || T <- [a, 1, 1 bsl 70, 1.0, <<1>>, <<1:3>>, [], [a], {}, {a}, #{}, self(), make_ref(), fun p/1,
                         hd(erlang:ports())]]),
    p([tuple(3, x), tuple(0, x), list([a, b]), list([]), list(a), rev([1, 2, 3]), rev([]), rev([a | b]), rev(x)]),
    p([text("abc"), text([]), text("toolongtext"), text([a]), text([$a | b]), text([300]), text("åä")]),
    p([atom(abc), atom('åäö'), atom('日本'), atom(x1234567890123456789), atom("a")]),
    p([catch fail(T) || T <- [badarg, {raise, {some, reason}}, ignored, double, longatom]]),
    p(try fail(badarg) catch C:R:S -> {C, R, hd(S)} end),
    p(try fail({raise, x}) catch C1:R1:S1 -> {C1, R1, hd(S1)} end),
    p([bin(B) || B <- [<<>>, <<"abc">>, binary:copy(<<"x">>, 100), <<1:1>>, a]]),
    <<_:3, Odd:10/binary, _/bits>> = <<"abcdefghijklmnopq">>,
    p([up(<<"hello">>), up(Odd), up(binary:copy(<<"ab">>, 60)), catch up(<<1:7>>)]),
    p(many(1, 2, 3, 4, 5, 6, 7, 8, 9)),
    p(copy({a, [1, 2.5, <<"x">>], #{k => v}, binary:copy(<<"z">>, 70)})),
    p([compare(A, B) || A <- [1, 1.0, a, "x", <<"y">>], B <- [1, 1.0, a, "x", <<"y">>]]),
    p(printed({a, [1, 2], <<"bin">>, 1.5, "str", 'Q a', #{a => 1}, {}})),
    p(priv()),
    p([slow(0), slow(5), slow(1000)]),
    p([dirty(cpu, 5), dirty(io, 6), dirty(back, 7), catch dirty(fail, 8), dirty(nested, 9)]),
    p(where()),
    p([map(K) || K <- [0, 1, 3, 40]]),
    p([walk(M) || M <- [#{}, #{a => 1}, #{a => 1, b => 2, c => 3}, x]]),
    p(lists:sort(element(1, walk(maps:from_list([{I, I * I} || I <- lists:seq(1, 100)]))))),
    p([hash(T) || T <- [a, 1, {x, y}, <<"abc">>, "str", 1 bsl 70]] =:= [erlang:phash2(T) || T <- [a, 1, {x, y}, <<"abc">>, "str", 1 bsl 70]]),
    p([etf(T) || T <- [a, {1, 2}, "abc", #{a => [1.5]}, <<"x">>]]),
    p([catch iolist(T) || T <- [[], "abc", ["a", [<<"bc">>, $d] | <<"e">>], <<"bin">>, [a], [256], x]]),
    p([sub(<<"abcdefgh">>, 2, 3), sub(binary:copy(<<"0123456789">>, 10), 5, 80), sub(<<>>, 0, 0)]),
    p([is_integer(uniq(F)) || F <- [0, 1, 2, 3]]),
    p([convert(1500, msec, sec), convert(-1500, msec, sec), convert(2, sec, nsec), convert(1, bad, sec)]),
    p([exists("abc"), exists("no such atom anywhere"), exists("error")]),
    p([doubled(lists:seq(1, 5000)) =:= [2 * N || N <- lists:seq(1, 5000)]]),
    Pid = spawn(fun() -> receive stop -> ok end end),
    p([is_there(self()), is_there(Pid)]),
    Ref = monitor(process, Pid), Pid ! stop,
    receive {'DOWN', Ref, _, _, _} -> p(is_there(Pid)) end,
    p((catch ints([]))),
    Parent = self(),
    [spawn(fun() -> Parent ! {N, slow(200 + N), dirty(back, N)} end) || N <- lists:seq(1, 20)],
    p([receive {N, A, B} -> {A, B} end || N <- lists:seq(1, 20)]),
    Fun = fun basic:sum/2,
    p([Fun(3, 4), apply(basic, sum, [5, 6]), lists:foldl(fun sum/2, 0, [1, 2, 3])]).

load_other() -> erlang:load_nif(foo, 0).
