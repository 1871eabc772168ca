%% receive: order, patterns, guards, selective receive, after 0 and timeouts, in one process.
-module(op_receive).
-export([main/0, id/1]).

main() ->
    [self() ! X || X <- [1, 2, {tag, a}, 3, {tag, b}, "list", 4.0]],
    erlang:display(receive {tag, X1} -> X1 end),
    erlang:display(receive X2 when is_float(X2) -> X2 end),
    erlang:display(receive X3 -> X3 end),
    erlang:display(drain()),
    erlang:display(receive never -> never after 0 -> timeout end),
    erlang:display(receive never -> never after 10 -> timeout10 end),
    erlang:display(receive after 1 -> just_wait end),
    self() ! first, self() ! second,
    erlang:display(receive second -> got_second end),
    erlang:display(receive first -> got_first after 0 -> none end),
    self() ! {id(5), five}, self() ! {id(6), six},
    Six = id(6),
    erlang:display(receive {Six, W} -> W after 0 -> none end),
    erlang:display(drain()),
    [self() ! N || N <- lists_seq(1, 1000)],
    erlang:display(receive 1000 -> last end),
    erlang:display(sum(0)),
    self() ! a, self() ! b,
    erlang:display(receive a -> receive b -> {nested, ab} end end),
    erlang:display(receive after id(0) -> zero end),
    T = id(5),
    erlang:display(receive x -> x after T -> {t, T} end),
    erlang:display(try receive after id(-1) -> x end catch error:R1 -> R1 end),
    erlang:display(try receive after id(foo) -> x end catch error:R2 -> R2 end),
    erlang:display(try receive after id(1 bsl 32) -> x end catch error:R3 -> R3 end),
    erlang:display(self() ! id(returned)),
    erlang:display(receive M -> {final, M} after infinity -> x end),
    ok.

id(X) -> X.
lists_seq(N, M) when N > M -> [];
lists_seq(N, M) -> [N | lists_seq(N + 1, M)].

drain() ->
    receive X -> [X | drain()] after 0 -> [] end.

sum(S) ->
    receive
        N when is_integer(N), N rem 2 =:= 0 -> sum(S + N);
        N when is_integer(N) -> sum(S - N)
    after 0 -> S
    end.
