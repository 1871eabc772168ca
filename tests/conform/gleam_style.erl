%% The shapes that Gleam's compiler writes: results, custom types as tagged tuples, pipelines, use.
-module(gleam_style).
-compile([no_auto_import, nowarn_unused_vars, nowarn_unused_function, nowarn_nomatch]).
-export([main/0, try_map/2, fold/3, area/1, parse/1, safe_div/2]).
-export_type([shape/0, parse_error/0]).
-type shape() :: {circle, float()} | {rectangle, float(), float()} | point.
-type parse_error() :: empty | {bad_digit, binary()}.

-spec area(shape()) -> float().
area(Shape) ->
    case Shape of
        {circle, R} ->
            (R * R) * 3.14;
        {rectangle, W, H} ->
            W * H;
        point ->
            +0.0
    end.

-spec safe_div(integer(), integer()) -> {ok, integer()} | {error, nil}.
safe_div(A, B) ->
    case B of
        0 -> {error, nil};
        _ -> {ok, (case B of 0 -> 0; Gleam@denominator -> A div Gleam@denominator end)}
    end.

try_map(List, Fun) -> try_map_loop(List, Fun, []).

try_map_loop(List, Fun, Acc) ->
    case List of
        [] -> {ok, lists:reverse(Acc)};
        [First | Rest] ->
            case Fun(First) of
                {ok, First@1} -> try_map_loop(Rest, Fun, [First@1 | Acc]);
                {error, Error} -> {error, Error}
            end
    end.

fold(List, Initial, Fun) ->
    case List of
        [] -> Initial;
        [X | Rest] -> fold(Rest, Fun(Initial, X), Fun)
    end.

parse(Text) ->
    case Text of
        <<>> -> {error, empty};
        <<"-"/utf8, Rest/binary>> ->
            _pipe = parse(Rest),
            map_result(_pipe, fun(N) -> 0 - N end);
        _ -> digits(Text, 0)
    end.

digits(Text, Acc) ->
    case Text of
        <<>> -> {ok, Acc};
        <<D, Rest/binary>> when (D >= 48) andalso (D =< 57) -> digits(Rest, (Acc * 10) + (D - 48));
        Other -> {error, {bad_digit, Other}}
    end.

map_result(Result, Fun) ->
    case Result of
        {ok, X} -> {ok, Fun(X)};
        {error, E} -> {error, E}
    end.

then(Result, Fun) ->
    case Result of
        {ok, X} -> Fun(X);
        {error, E} -> {error, E}
    end.

main() ->
    erlang:display([area(S) || S <- [{circle, 2.0}, {rectangle, 2.0, 3.5}, point]]),
    erlang:display(try_map([1, 2, 5], fun(X) -> safe_div(100, X) end)),
    erlang:display(try_map([1, 0, 5], fun(X) -> safe_div(100, X) end)),
    erlang:display([parse(T) || T <- [<<"42">>, <<"-7">>, <<>>, <<"1x"/utf8>>, <<"--5">>]]),
    _pipe = [1, 2, 3, 4],
    _pipe@1 = lists:map(fun(X) -> X * 2 end, _pipe),
    _pipe@2 = fold(_pipe@1, 0, fun(A, B) -> A + B end),
    erlang:display(_pipe@2),
    erlang:display(then(parse(<<"12">>), fun(A) -> then(parse(<<"30">>), fun(B) -> {ok, A + B} end) end)),
    erlang:display(#{<<"name"/utf8>> => <<"Lucy"/utf8>>, <<"age"/utf8>> => 8}),
    erlang:display(try erlang:error(#{gleam_error => panic, message => <<"`panic` expression evaluated."/utf8>>, module => <<"gleam_style"/utf8>>, function => <<"main"/utf8>>, line => 9}) catch error:#{gleam_error := K, message := M} -> {K, M} end),
    nil.
