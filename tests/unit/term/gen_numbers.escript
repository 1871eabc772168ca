#!/usr/bin/env escript
%% Random calls of built-in functions on numbers, atoms and terms of all kinds, with what this
%% Erlang answers: gen_numbers.escript FILE COUNT SEED. The file holds one external term per call,
%% each behind its size in 32 bits: {Module, Function, Args, {ok, Value} | {Class, Reason}}.
%% {print, print, [Term], {ok, Text}} stands for the text that erlang:display/1 makes (not of
%% large maps with atoms in their keys: Erlang orders those by when it first saw the atoms).
-mode(compile).
main([File, Count, Seed]) ->
    rand:seed(exsss, list_to_integer(Seed)),
    {ok, To} = file:open(File, [write, raw, delayed_write]),
    Corners = corners(),
    [emit(To, C) || C <- Corners],
    [emit(To, call(pick(groups()))) || _ <- lists:seq(1, list_to_integer(Count))],
    ok = file:close(To).

emit(To, {F, Args}) -> emit(To, {erlang, F, Args});
emit(To, {print, _, [T]} = _) ->
    Text = lists:droplast(erts_debug:display(T)),
    write(To, {print, print, [T], {ok, Text}});
emit(To, {M, F, Args}) ->
    Outcome = try {ok, apply(M, F, Args)} catch C:R -> {C, R} end,
    write(To, {M, F, Args, Outcome}).

write(To, Case) ->
    Bin = term_to_binary(Case, [{minor_version, 2}]),
    ok = file:write(To, <<(byte_size(Bin)):32, Bin/binary>>).

groups() ->
    [arith, arith, arith, bits, bits, one, cmp, cmp, cmp, deep, deep, text, parse, float_text,
     float_text, float_parse, math, type, atom, atom_parse, print, bool].

call(arith) -> {pick(['+', '-', '*', '/', 'div', 'rem']), [num(), num()]};
call(bits) ->
    case rand:uniform(2) of
        1 -> {pick(['band', 'bor', 'bxor']), [num(), num()]};
        2 -> {pick(['bsl', 'bsr']), [num(), pick([rand:uniform(400) - 200, int(), num()])]}
    end;
call(one) -> {pick(['-', '+', 'bnot', abs, float, trunc, round, floor, ceil]), [num()]};
call(cmp) -> {pick(comparisons()), near(num())};
call(deep) ->
    T = term(4),
    {pick(comparisons()), [T, pick([mutate(T), term(4)])]};
call(text) ->
    {pick([integer_to_list, integer_to_binary]), pick([[num()], [num(), pick([base(), num()])]])};
call(parse) ->
    Base = base(),
    Text = spoil(integer_to_list(int(), Base)),
    case rand:uniform(4) of
        1 -> {list_to_integer, [pick([Text, string:lowercase(Text)]), Base]};
        2 -> {binary_to_integer, [list_to_binary(Text), Base]};
        3 -> {list_to_integer, [spoil(integer_to_list(int()))]};
        4 -> {string, list_to_integer, [spoil(integer_to_list(int()) ++ pick(["", "x", " 1"]))]}
    end;
call(float_text) ->
    F = flt(),
    {pick([float_to_list, float_to_binary]),
     pick([[F], [F, [short]], [F, [short]], [F, [short]], [F, options()], [F, options()]])};
call(float_parse) ->
    Text = spoil(pick([float_to_list(flt()), float_to_list(flt(), [short]), "1,5", digits()])),
    case rand:uniform(3) of
        1 -> {list_to_float, [Text]};
        2 -> {binary_to_float, [list_to_binary(Text)]};
        3 -> {string, list_to_float, [Text ++ pick(["", "e", "e+", "x", ".", [a], "e5", "e-3x"])]}
    end;
call(math) ->
    case rand:uniform(4) of
        1 -> {math, pick([atan2, pow, fmod]), [num(), num()]};
        _ -> {math, pick([sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh,
                          exp, log, log2, log10, sqrt, ceil, floor, erf, erfc]),
              [pick([num(), rand:uniform(), rand:normal()])]}
    end;
call(type) ->
    case rand:uniform(3) of
        1 -> {is_function, [term(1), pick([0, 1, 2, -1, int(), a])]};
        2 -> {is_record, pick([[term(2), term(1)], [{a, 1}, a, pick([1, 2, 0, -1, term(1)])]])};
        3 -> {pick([is_atom, is_binary, is_bitstring, is_boolean, is_float, is_function, is_integer,
                    is_list, is_map, is_number, is_pid, is_port, is_reference, is_tuple]), [term(2)]}
    end;
call(atom) ->
    A = pick([an_atom(), an_atom(), an_atom(), term(1)]),
    pick([{atom_to_list, [A]}, {atom_to_binary, [A, pick([latin1, utf8, unicode, x])]}]);
call(atom_parse) ->
    L = [pick([rand:uniform(127), rand:uniform(255), rand:uniform(16#11FFFF)])
         || _ <- lists:seq(1, pick([0, 1, 3, 10, 254, 255, 256, 257]))],
    B = case unicode:characters_to_binary(L) of Bin when is_binary(Bin) -> Bin; _ -> <<255>> end,
    Latin = << <<(C band 255)>> || C <- L >>,
    pick([{list_to_atom, [L]}, {list_to_atom, [L ++ pick([[a], [-1], x])]},
          {binary_to_atom, [B, utf8]}, {binary_to_atom, [<<B/binary, 255>>, utf8]},
          {binary_to_atom, [Latin, latin1]}, {binary_to_atom, [Latin, utf8]},
          {list_to_existing_atom, [pick([L, atom_to_list(an_atom())])]}]);
call(print) -> {print, print, [term(3)]};
call(bool) ->
    B = fun() -> pick([true, false, true, false, term(1)]) end,
    pick([{'not', [B()]}, {pick(['and', 'or', 'xor']), [B(), B()]}]).

comparisons() -> ['<', '=<', '>', '>=', '==', '/=', '=:=', '=/=', min, max].

pick(L) -> lists:nth(rand:uniform(length(L)), L).
base() -> rand:uniform(35) + 1.

int() ->
    Bits = pick([3, 8, 30, 53, 58, 60, 61, 62, 63, 64, 65, 127, 128, 129, 200, 1000, 5000]),
    N = case rand:uniform(4) of
            1 -> (1 bsl Bits) + rand:uniform(5) - 3;
            2 -> ((1 bsl Bits) - 1) bxor (1 bsl rand:uniform(Bits));
            _ -> rand:uniform(1 bsl Bits)
        end,
    pick([N, -N]).

flt() ->
    <<Bits:64>> = rand:bytes(8),
    F = case rand:uniform(8) of
            1 -> bits(Bits);
            2 -> float(rand:uniform(1 bsl 54)) * pick([1, 2, 4, 10, 1000]);
            3 -> rand:uniform(1000000) / pick([1, 10, 100, 1000, 10000, 1 bsl 20]);
            4 -> math:pow(2, rand:uniform(2098) - 1075);
            5 -> math:pow(10, rand:uniform(600) - 300);
            6 -> bits(Bits band 16#FFFFFFFFFFFFF);
            7 -> bits((Bits band 16#7FF0000000000000));
            8 -> float(rand:uniform(200) - 100)
        end,
    pick([F, -F, F]).
bits(B) -> case <<B:64>> of <<F/float>> -> F; _ -> 0.0 end.

num() ->
    case rand:uniform(10) of
        N when N < 7 -> int();
        N when N < 10 -> flt();
        10 -> pick([0, 1, -1, 0.0, -0.0, a, "x"])
    end.

%% Pairs of which one is a float near or equal to the other.
near(N) when is_integer(N), abs(N) < 1 bsl 1000 ->
    [N, pick([float(N), float(N) * (1 + 1.0e-15), trunc(float(N)), N + 1, N - 1, N, num()])];
near(N) when is_float(N) -> lists:reverse([N, pick([trunc(N), trunc(N) + 1, N, num()])]);
near(N) -> [N, num()].

options() ->
    [pick([{decimals, pick([0, 1, 2, 3, 6, 10, 17, 18, 19, 30, 240, 253, 300, -1])},
           {scientific, pick([0, 1, 5, 16, 20, 30, 240, 249, 250, -1])}, compact, short, x,
           {decimals, a}])
     || _ <- lists:seq(1, rand:uniform(3))].

digits() ->
    [$0 + rand:uniform(10) - 1 || _ <- lists:seq(1, rand:uniform(30))] ++ "." ++
    [$0 + rand:uniform(10) - 1 || _ <- lists:seq(1, rand:uniform(30))] ++
    pick(["", "e" ++ integer_to_list(rand:uniform(700) - 350)]).

spoil(Text) ->
    case rand:uniform(8) of
        1 -> [pick("+- 0x/:@[`{e.,") | Text];
        2 -> lists:sublist(Text, rand:uniform(length(Text))) ++ [pick("+-eE.,zZ/:")];
        3 -> [pick("+-") | Text];
        _ -> Text
    end.

an_atom() ->
    pick(['', a, b, abc, 'A', 'hello world', 'it\'s', 'a@b', a_b, 'é', 'éa', 'Éa', 'aé', '\x{3b1}',
          'a\x{3b1}', 'a\n\t', 'a\x{85}', 'a\x{1}b', '÷', 'ß', 'aÿ', '\x{10FFFF}', 'x1', '1x', true,
          false, nil, undefined]).

term(0) -> pick([int(), flt(), an_atom(), [], {}, <<>>, #{}]);
term(D) ->
    Sub = fun() -> term(D - 1) end,
    N = rand:uniform(4) - 1,
    case rand:uniform(16) of
        1 -> list_to_tuple([Sub() || _ <- lists:seq(1, N)]);
        2 -> [Sub() || _ <- lists:seq(1, N)];
        3 -> [Sub() | Sub()];
        4 -> maps:from_list([{Sub(), Sub()} || _ <- lists:seq(1, N)]);
        5 when D =:= 4 -> maps:from_list([{Sub(), X} || X <- lists:seq(1, 40)]);
        5 -> maps:from_list([{X, Sub()} || X <- lists:seq(1, pick([3, 33, 60]))]);
        6 -> rand:bytes(rand:uniform(80));
        7 -> Bits = rand:uniform(70), <<X:Bits/bits, _/bits>> = rand:bytes(9), X;
        8 -> pick(["abc", "a\"b\n\t", [233, 200], "", <<"text">>, <<"te\"xt\\">>, [0], [160, 127]]);
        9 -> pick([fun lists:map/2, fun lists:map/3, fun erlang:'+'/2]);
        10 -> pick([int(), float(rand:uniform(5))]);
        _ -> term(0)
    end.

%% The same term, with a number changed in kind or value somewhere, perhaps.
mutate(T) when is_integer(T), abs(T) < 1 bsl 60 -> pick([T, T, float(T), T + 1]);
mutate(T) when is_float(T), abs(T) < 1.0e10 -> pick([T, trunc(T)]);
mutate(T) when is_tuple(T) -> list_to_tuple(mutate_list(tuple_to_list(T)));
mutate([H | T]) -> case rand:uniform(2) of 1 -> [mutate(H) | T]; 2 -> [H | mutate(T)] end;
mutate(T) when is_map(T) -> maps:from_list(mutate_list(maps:to_list(T)));
mutate(T) when is_bitstring(T), bit_size(T) > 2 -> pick([T, <<T/bits, 1:1>>,
    begin N = bit_size(T) - 1, <<X:N/bits, _:1>> = T, <<X/bits, (rand:uniform(2) - 1):1>> end]);
mutate(T) -> T.
mutate_list([]) -> [];
mutate_list(L) ->
    {A, [X | B]} = lists:split(rand:uniform(length(L)) - 1, L),
    A ++ [pick([X, mutate(X)]) | B].

corners() ->
    Big = 1 bsl 33554367,
    [{'bsl', [1, 1 bsl 40]}, {'bsl', [1, 33554368]}, {'bsl', [-1, 33554368]},
     {'bsr', [1 bsl 33554300, 33554290]}, {'+', [Big, Big]}, {'*', [Big, 4]}, {'bsl', [0, 1 bsl 70]},
     {'bsr', [1, -(1 bsl 70)]}, {'bsr', [-5, 1 bsl 70]}, {'bsl', [a, 1 bsl 70]}, {'bsl', [1.0, 1]},
     {'/', [1 bsl 2000, 3]}, {'+', [1 bsl 2000, 1.0]}, {'>', [1 bsl 2000, 1.0]},
     {'*', [1.0e308, 10]}, {'div', [-(1 bsl 59), -1]}, {'div', [-(1 bsl 61), -1]},
     {'==', [9007199254740993, 9007199254740992.0]}, {'<', [9007199254740992.0, 9007199254740993]},
     {'==', [-(1 bsl 61), -math:pow(2, 61)]}, {'<', [1 bsl 61, math:pow(2, 61)]},
     {'=:=', [0.0, -0.0]}, {'==', [0, -0.0]}, {min, [1, 1.0]}, {max, [1.0, 1]},
     {list_to_float, ["1.0\0"]}, {binary_to_float, [<<"1.0", 0, "x">>]}, {list_to_integer, [[305]]},
     {binary_to_float, [<<>>]}, {binary_to_integer, [<<>>]}, {binary_to_integer, [<<1:1>>]},
     {list_to_integer, [[]]}, {list_to_integer, [[$1 | $2]]}, {list_to_integer, [a]},
     {string, list_to_integer, [a]}, {string, list_to_integer, [[$1 | $2]]},
     {string, list_to_float, [a]}, {string, list_to_float, [[]]},
     {string, list_to_float, [[$1, $., $5 | x]]}, {float_to_list, [0.0]}, {float_to_list, [a]},
     {float_to_list, [1.5e20, [{decimals, 0}, compact]]}, {float_to_list, [1.5, [short | x]]},
     {float_to_list, [1.5, [{decimals, 1 bsl 32}]]}, {float_to_list, [5.0e-324, [short]]},
     {float_to_list, [1.7976931348623157e308, [short]]}, {float_to_list, [9007199254740992.0, [short]]},
     {float_to_list, [1.0e23, [short]]}, {float_to_list, [math:pow(2, -44), [short]]},
     {integer_to_list, [(1 bsl 100000) - 1]}, {integer_to_list, [-(3 bsl 60001), 36]},
     {list_to_integer, [lists:duplicate(30000, $7)]},
     {'div', [3 bsl 60000, (1 bsl 20000) + 12345]}, {'rem', [(3 bsl 60000) - 7, (1 bsl 30000) - 1]},
     {'*', [(1 bsl 20000) - 3, (1 bsl 20000) - 3]},
     {binary_to_atom, [binary:copy(<<"a">>, 256), utf8]}, {binary_to_atom, [<<"abc">>, foo]},
     {binary_to_atom, [<<(binary:copy(<<"a">>, 256))/binary, 255>>, utf8]},
     {binary_to_atom, [<<255, (binary:copy(<<"a">>, 256))/binary>>, utf8]},
     {binary_to_atom, [<<255, (binary:copy(<<"a">>, 2000))/binary>>, utf8]},
     {binary_to_existing_atom, [binary:copy(<<"a">>, 256), utf8]},
     {list_to_existing_atom, ["no such atom anywhere"]},
     {print, print, [maps:from_list([{I, I} || I <- lists:seq(1, 1000)])]},
     {print, print, [lists:foldl(fun(_, A) -> [A] end, [], lists:seq(1, 100000))]}].
