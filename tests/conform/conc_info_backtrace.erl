%% process_info(P, backtrace): the stack of a process as text. Addresses and places of slots aside.
-module(conc_info_backtrace).
-export([main/0]).

main() ->
    P = spawn(fun() -> catch deep(3, "abc"), ok end),
    wait(P),
    {backtrace, B} = process_info(P, backtrace),
    show(B),
    io:format("~p~n", [[is_infix(X, B) || X <- [<<"\"abc\"">>, <<"Catch 0x">>, <<"Program counter: 0x">>]]]),
    [{status, waiting}, {backtrace, B2}] = process_info(P, [status, backtrace]),
    io:format("~p~n", [B =:= B2]),
    exit(P, kill),
    {backtrace, Own} = own({a, <<1, 2, 3>>, 'B c'}),
    io:format("~p~n", [is_infix(<<"{a,<<1,2,3>>,'B c'}">>, Own)]),
    [First, _, _, Second | _] = [L || L <- binary:split(Own, <<"\n">>, [global])] ++ [x],
    io:format("~p~n", [{is_infix(<<"(erlang:process_info/2 + ">>, First), Second =/= x}]),
    gone(P).

own(T) ->
    B = process_info(self(), backtrace),
    keep(T),
    B.

keep(T) when is_tuple(T) -> ok.

deep(0, Text) ->
    catch receive {never, Text} -> ok end;
deep(N, Text) ->
    [N | deep(N - 1, Text)].

wait(P) ->
    case process_info(P, status) of
        {status, waiting} -> ok;
        _ -> erlang:yield(), wait(P)
    end.

show(B) ->
    {match, Found} = re:run(B, "Return addr 0x[0-9a-f]{16} \\((.*?)( \\+ \\d+)?\\)\n", [global, {capture, [1], list}]),
    io:format("~p~n", [Found]).

is_infix(X, B) -> binary:match(B, X) =/= nomatch.

gone(P) ->
    case process_info(P, backtrace) of
        undefined -> io:format("undefined~n");
        _ -> erlang:yield(), gone(P)
    end.
