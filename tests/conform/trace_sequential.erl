%% sequential tracing: tokens on messages
-module(trace_sequential).
-export([main/0]).

main() ->
    T = spawn(fun() -> tracer([]) end),
    show(seq_trace:get_system_tracer()),
    show(seq_trace:set_system_tracer(T)),
    show(seq_trace:get_system_tracer() =:= T),
    show(catch seq_trace:set_system_tracer(what)),
    Me = self(),
    P = spawn(fun() -> echo() end),
    Set = [seq_trace:get_token(), seq_trace:get_token(label), seq_trace:get_token(print),
           seq_trace:print(nothing),
           seq_trace:set_token(label, {a, "b"}), seq_trace:set_token(send, true),
           seq_trace:set_token('receive', true), seq_trace:set_token(print, true),
           seq_trace:set_token(print, true), seq_trace:get_token(send),
           seq_trace:get_token(timestamp), seq_trace:get_token(serial),
           setelement(4, seq_trace:get_token(), me)],
    P ! {Me, hello},
    R = receive {ok, M} -> M end,
    seq_trace:print(last),
    seq_trace:print({a, "b"}, with_label),
    seq_trace:print(5, other_label),
    Then = [R, setelement(4, seq_trace:get_token(), me), seq_trace:get_token(serial),
            setelement(4, element(2, process_info(Me, sequential_trace_token)), me)],
    Old = seq_trace:set_token([]),
    Me ! plain,
    receive plain -> ok end,
    After = [setelement(4, Old, me), seq_trace:get_token(), seq_trace:set_token(Old),
             setelement(4, seq_trace:get_token(), me), seq_trace:set_token([]) =/= []],
    show(Set), show(Then), show(After),
    show(catch erlang:seq_trace(what, true)),
    show(catch erlang:seq_trace(send, what)),
    show(catch erlang:seq_trace(serial, 1)),
    show(catch erlang:seq_trace_info(what)),
    stamps(P),
    show(seq_trace:reset_trace()),
    T ! {show, Me},
    receive {shown, L} -> [show(plain(X, Me, P)) || X <- L] end.

stamps(P) ->
    [begin
         seq_trace:set_token(label, 17),
         seq_trace:set_token(F, true),
         seq_trace:set_token(send, true),
         Flags = [seq_trace:get_token(I)
                  || I <- [timestamp, strict_monotonic_timestamp, monotonic_timestamp]],
         P ! {self(), F},
         receive {ok, F} -> ok end,
         seq_trace:set_token([]),
         show(Flags)
     end || F <- [timestamp, strict_monotonic_timestamp, monotonic_timestamp]].

echo() -> receive {From, M} -> seq_trace:print({got, M}), From ! {ok, M}, echo() end.

tracer(L) -> receive {show, P} -> P ! {shown, lists:reverse(L)}; X -> tracer([X | L]) end.

plain({seq_trace, L, I}, Me, P) -> {L, info(I, Me, P)};
plain({seq_trace, L, {What, _, F, T, M}, Stamp}, Me, P) -> {L, info({What, no, F, T, M}, Me, P), stamp(Stamp)}.

stamp({A, B, C}) when is_integer(A), is_integer(B), is_integer(C) -> now;
stamp({A, B}) when is_integer(A), is_integer(B) -> strict;
stamp(A) when is_integer(A) -> monotonic.

info({What, S, F, T, M}, Me, P) -> {What, S, who(F, Me, P), who(T, Me, P), who(M, Me, P)}.

who(Me, Me, _) -> me;
who(P, _, P) -> p;
who(T, Me, P) when is_tuple(T) -> list_to_tuple([who(E, Me, P) || E <- tuple_to_list(T)]);
who(X, _, _) -> X.

show({'EXIT', {R, _}}) -> io:format("EXIT ~p~n", [R]);
show(X) -> io:format("~p~n", [X]).
