%% error/2 called by apply, by apply of apply, and directly
-module(err_apply_error2).
-export([main/0]).
main() ->
    [begin
     {Pid, Mon} = spawn_monitor(fun() -> stk([a,b,c,d], T) end),
     receive {'DOWN', Mon, process, Pid, {oops, S}} -> io:format("~p ~p~n", [T, [{M,F,A,proplists:get_value(line,L)} || {M,F,A,L} <- S]]) end
     end || T <- [apply_const_last, apply_const, apply_last, apply, double_apply_const_last, double_apply_const,
         double_apply_last, double_apply, multi_apply_const_last, apply_const_only, apply_only,
         multi_apply_const, multi_apply_last, multi_apply, call_const_last, call_last, call_const, call]].
stk([_|L], Type) -> stk(L, Type), id(ok);
stk([], Type) -> put(erlang, erlang), put(tail, []), tail(Type, jump), id(ok).
tail(T, jump) -> tail(T, do);
tail(T, do) -> d(T).
d(apply_const_only) ->
    apply(erlang, error, [oops, [apply_const_only]]);
d(apply_only) ->
    Erlang = get(erlang),
    Tail = get(tail),
    apply(Erlang, error, [oops, [apply_only|Tail]]);
d(apply_const_last) ->
    erlang:apply(erlang, error, [oops, [apply_const_last]]);
d(apply_const) ->
    erlang:apply(erlang, error, [oops, [apply_const]]),
    ok;
d(apply_last) ->
    erlang:apply(id(erlang), id(error), id([oops, [apply_last]]));
d(apply) ->
    erlang:apply(id(erlang), id(error), id([oops, [apply]])),
    ok;
d(double_apply_const_last) ->
    erlang:apply(erlang, apply, [erlang, error, [oops, [double_apply_const_last]]]);
d(double_apply_const) ->
    erlang:apply(erlang, apply, [erlang, error, [oops, [double_apply_const]]]),
    ok;
d(double_apply_last) ->
    erlang:apply(id(erlang), id(apply), [id(erlang), id(error), id([oops, [double_apply_last]])]);
d(double_apply) ->
    erlang:apply(id(erlang), id(apply), [id(erlang), id(error), id([oops, [double_apply]])]),
    ok;
d(multi_apply_const_last) ->
    erlang:apply(erlang, apply, [erlang, apply, [erlang, apply, [erlang, error, [oops, [multi_apply_const_last]]]]]);
d(multi_apply_const) ->
    erlang:apply(erlang, apply, [erlang, apply, [erlang, apply, [erlang, error, [oops, [multi_apply_const]]]]]),
    ok;
d(multi_apply_last) ->
    erlang:apply(id(erlang), id(apply), [id(erlang), id(apply), [id(erlang), id(apply), [id(erlang), id(error), id([oops, [multi_apply_last]])]]]);
d(multi_apply) ->
    erlang:apply(id(erlang), id(apply), [id(erlang), id(apply), [id(erlang), id(apply), [id(erlang), id(error), id([oops, [multi_apply]])]]]),
    ok;
d(call_const_last) ->
    erlang:error(oops, [call_const_last]);
d(call_last) ->
    erlang:error(id(oops), id([call_last]));
d(call_const) ->
    erlang:error(oops, [call_const]),
    ok;
d(call) ->
    erlang:error(id(oops), id([call])).


id(I) -> I.
