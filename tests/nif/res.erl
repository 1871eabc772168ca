-module(res).
-export([main/0, all/0]).
-export([new/2, number/1, keep/1, drop/1, bin/1, same/2, watch/2, unwatch/1, call/2, pipe/1, read/2, wait/3,
         wait_x/3, cancel/2, stop/1, write/2, close/1, bytes/1, sender/2, hold/1, held/1, command/2, other/1, iov/2, ioq/1,
         named/1, tell/2, locks/1, env/1, info/0, hold_priv/0]).
-on_load(init/0).
-nifs([new/2, number/1, keep/1, drop/1, bin/1, same/2, watch/2, unwatch/1, call/2, pipe/1, read/2, wait/3,
       wait_x/3, cancel/2, stop/1, write/2, close/1, bytes/1, sender/2, hold/1, held/1, command/2, other/1, iov/2, ioq/1,
       named/1, tell/2, locks/1, env/1, info/0, hold_priv/0]).

init() -> erlang:load_nif(os:getenv("NIF_DIR", ".") ++ "/res", self()).

new(_, _) -> erlang:nif_error(not_loaded).
number(_) -> erlang:nif_error(not_loaded).
keep(_) -> erlang:nif_error(not_loaded).
drop(_) -> erlang:nif_error(not_loaded).
bin(_) -> erlang:nif_error(not_loaded).
same(_, _) -> erlang:nif_error(not_loaded).
watch(_, _) -> erlang:nif_error(not_loaded).
unwatch(_) -> erlang:nif_error(not_loaded).
call(_, _) -> erlang:nif_error(not_loaded).
pipe(_) -> erlang:nif_error(not_loaded).
read(_, _) -> erlang:nif_error(not_loaded).
wait(_, _, _) -> erlang:nif_error(not_loaded).
wait_x(_, _, _) -> erlang:nif_error(not_loaded).
cancel(_, _) -> erlang:nif_error(not_loaded).
stop(_) -> erlang:nif_error(not_loaded).
write(_, _) -> erlang:nif_error(not_loaded).
close(_) -> erlang:nif_error(not_loaded).
bytes(_) -> erlang:nif_error(not_loaded).
sender(_, _) -> erlang:nif_error(not_loaded).
hold(_) -> erlang:nif_error(not_loaded).
held(_) -> erlang:nif_error(not_loaded).
command(_, _) -> erlang:nif_error(not_loaded).
other(_) -> erlang:nif_error(not_loaded).
iov(_, _) -> erlang:nif_error(not_loaded).
ioq(_) -> erlang:nif_error(not_loaded).
named(_) -> erlang:nif_error(not_loaded).
tell(_, _) -> erlang:nif_error(not_loaded).
locks(_) -> erlang:nif_error(not_loaded).
env(_) -> erlang:nif_error(not_loaded).
info() -> erlang:nif_error(not_loaded).
hold_priv() -> erlang:nif_error(not_loaded).

p(T) -> io:format("~p~n", [T]).

main() ->
    {_, Ref} = spawn_monitor(fun res:all/0),
    receive {'DOWN', Ref, _, _, Reason} -> p(Reason) end.

got() -> receive M -> M after 5000 -> timeout end.
nothing() -> receive M -> M after 50 -> nothing end.

collect() -> erlang:garbage_collect().

all() ->
    p(hold_priv()),
    destructors(), collect(), p(got()), monitors(), collect(), p(got()), calls(), collect(), p(got()), binaries(), descriptors(), threads(), vectors(), others().

make(N) -> R = new(self(), N), p({is_reference(R), number(R), bytes(R)}), ok.

destructors() ->
    make(1), collect(), p(got()),
    R = new(self(), 2),
    S = binary_to_term(term_to_binary({x, 1})),
    p({S, same(R, R), R =:= R, R == new(self(), 3)}),
    collect(), p(got()),
    Parent = self(),
    Pid = spawn(fun() -> receive {take, _X} -> Parent ! taken end, receive stop -> ok end end),
    Pid ! {take, R}, p(got()),
    p(number(R)),
    Pid ! stop,
    T = ets:new(t, [public]), ets:insert(T, {k, new(self(), 4)}),
    collect(), p(nothing()), ets:delete(T, k), p(got()),
    ets:insert(T, {k, new(self(), 5)}), ets:delete(T), collect(), p(got()),
    K = new(self(), 6), keep(K), gone(K), collect(), p(nothing()),
    spawn(fun() -> new(Parent, 7) end), p(got()),
    p(element(1, element(2, catch number(make_ref())))), p(catch number(x)),
    put(r, R), p(number(erlang:get(r))), erase(r).

gone(_) -> ok.

monitors() ->
    Pid = spawn(fun() -> receive stop -> ok end end),
    R = new(self(), 10),
    p(watch(R, Pid)), Pid ! stop, p(got() =:= {down, 10, Pid}),
    p(watch(R, Pid)),
    Pid2 = spawn(fun() -> receive stop -> ok end end),
    p(watch(R, Pid2)), p(unwatch(R)), p(unwatch(R)), Pid2 ! stop, p(nothing()),
    Pid3 = spawn(fun() -> receive stop -> ok end end),
    lost(Pid3), collect(), p(got()), Pid3 ! stop, p(nothing()),
    p(number(R)).

lost(Pid) -> p(watch(new(self(), 11), Pid)).

calls() ->
    R = new(self(), 20),
    p(call(R, 5)), p(number(R)), p(call(make_ref(), 5)).

binaries() ->
    B = bin(new(self(), 30)),
    collect(), p(nothing()), p(binary:copy(B)),
    Sub = binary:part(B, 0, 3),
    p(binary:copy(Sub)), p(byte_size(B)), drop_them(B), ok.

drop_them(_) -> ok.

descriptors() ->
    {R, W} = pipe(self()),
    Ref = make_ref(),
    collect(), p(got()), %% bin's resource went by now
    p(read(R, 10)),
    p(wait(R, read, Ref)), p(nothing()),
    p(write(W, <<"hello">>)),
    {select, R1, Ref, What} = got(), p({R1 =:= R, What}), p(read(R, 10)),
    p(wait(W, write, undefined)), {select, W1, undefined, What2} = got(), p({W1 =:= W, What2}),
    p(wait_x(R, read, {my, [own, <<"message">>]})), write(W, <<"x">>), p(got()), p(read(R, 10)),
    p(wait(R, read, Ref)), p(cancel(R, read)), p(cancel(R, read)), write(W, <<"y">>), p(nothing()),
    p(wait(R, read, Ref)), p(element(4, got())),
    p(stop(R)), p(got()), p(stop(W)), p(got()),
    ok.

threads() ->
    p(sender(self(), 3)), p([got() || _ <- [1, 2, 3]]),
    p(locks(4)),
    p(tell(self(), {a, [b, "c", 1.5]})), p(got()),
    Pid = spawn(fun() -> ok end), M = monitor(process, Pid), receive {'DOWN', M, _, _, _} -> ok end,
    p(tell(Pid, x)),
    hold({some, "term", [1, 2, 3], self() =:= self()}), p(held(0)), p(held(1)).

vectors() ->
    Big = binary:copy(<<"0123456789">>, 20),
    p(iov([<<"ab">>, Big, <<>>, <<"cd">>], 10)), p(iov([<<"a">> || _ <- lists:seq(1, 40)], 64)),
    p(iov([<<"ab">>, <<"cd">>, <<"ef">>], 2)), p(iov([<<"a">>, x], 5)), p(iov([], 5)), p(iov([<<"a">> | b], 5)),
    p(ioq([<<"hello">>, Big, <<"world">>])).

others() ->
    register(res_name, self()),
    p(named(res_name) =:= self()), p(named(nobody_here)), p(named(1)),
    p(other(1)), p(other(2)),
    os:putenv("NIF_TEST", "some value"), p(env("NIF_TEST")), p(env("NIF_NONE")),
    p(info()),
    Port = open_port({spawn, "cat"}, [binary]),
    p(command(Port, <<"to the port">>)),
    receive {Port, {data, D}} -> p(D) after 5000 -> p(timeout) end,
    port_close(Port), p(command(Port, <<"x">>)).
