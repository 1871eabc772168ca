%% Random values of every type whose order and text stock defines, most of them near a border:
%% small and big integers near powers of two, floats near integers, texts that are almost numbers.
-module(random_value).
-export([make/1, damage/1, pick/1, upto/1]).

pick(L) when is_list(L) -> lists:nth(rand:uniform(length(L)), L);
pick(T) -> element(rand:uniform(tuple_size(T)), T).

%% 0..N
upto(N) -> rand:uniform(N + 1) - 1.

make(int) ->
    case upto(9) of
        0 -> upto(20) - 10;
        1 -> pick({0, 1, -1, 2, -2, 7, 8, 9, 10, 255, 256, -256});
        2 -> upto(2000) - 1000;
        N when N < 6 -> sign((1 bsl pick({7, 8, 15, 16, 27, 28, 31, 32, 52, 53, 54, 58, 59, 60, 61, 62, 63, 64, 65, 127, 128, 129})) + upto(4) - 2);
        6 -> sign(upto(1 bsl upto(70)));
        7 -> sign((1 bsl upto(1100)) + upto(2) - 1);
        8 -> sign(upto(1 bsl upto(400)));
        9 -> trunc(make(tame_float)) + upto(2) - 1
    end;
make(small) -> pick({upto(10), upto(100), -upto(10), upto(1000)});
make(tiny) -> upto(24) - 12;
make(count) -> upto(20);
make(float_size) -> pick({16, 32, 64, 64, 0, 8, 128, -1, a, 64.0});
make(shift) ->
    case upto(5) of
        0 -> pick({0, 1, 59, 60, 61, 62, 63, 64, 65, -1, -59, -60, -61, -62, -63, -64, -65});
        1 -> sign(1 bsl pick({62, 64, 70}));
        _ -> sign(upto(200))
    end;
make(tame_float) ->
    case upto(4) of
        0 -> sign(float(1 bsl upto(70)) + upto(2) - 1);
        1 -> sign(rand:uniform());
        2 -> sign(rand:uniform() * math:pow(10, upto(25)));
        3 -> sign(float(upto(1000)) / pick({1, 2, 4, 8, 10, 100, 3}));
        4 -> sign((1 bsl upto(62)) + upto(2) - 1.0)
    end;
make(float) ->
    case upto(7) of
        0 -> pick({0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, -2.5, 0.1, 1.0e22, 1.0e23, 4.0e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 9007199254740992.0, 9007199254740993.0});
        1 -> any_float();
        2 -> case catch float(make(int)) of F when is_float(F) -> F; _ -> 1.0e300 end;
        3 -> sign(math:pow(10, upto(600) - 300));
        4 -> float(binary_to_integer(integer_to_binary(upto(100000)))) / 1000;
        _ -> make(tame_float)
    end;
make(number) -> make(pick({int, int, float}));
make(atom) -> pick({a, b, ab, '', true, false, 'A b', 'é', '日本', undefined, nil, ok, zz});
make(bin) ->
    case upto(7) of
        0 -> <<>>;
        1 -> list_to_binary([upto(255) || _ <- lists:seq(1, pick({55, 60, 63, 64, 65, 66, 200}))]);
        2 -> make(numtext_bin);
        _ -> list_to_binary([upto(255) || _ <- lists:seq(1, upto(12))])
    end;
make(abc) -> list_to_binary([pick("aab") || _ <- lists:seq(1, upto(30))]);
make(abc_short) -> list_to_binary([pick("aab") || _ <- lists:seq(1, upto(3))]);
make(bits) ->
    B = make(bin),
    S = upto(bit_size(B)),
    <<_:S, Rest/bits>> = B,
    N = upto(bit_size(Rest)),
    <<R:N/bits, _/bits>> = Rest,
    R;
make(text) -> [pick({upto(127), $a, $1, 16#E9, 16#20AC, 16#1F600, 16#301, $ , $\n, $", $\\}) || _ <- lists:seq(1, upto(8))];
make(utf8) -> unicode:characters_to_binary(make(text));
make(bad_utf8) -> damage(make(utf8));
make(chars) ->
    case upto(4) of
        0 -> make(text);
        1 -> make(utf8);
        2 -> [make(text), make(utf8) | make(utf8)];
        3 -> [make(text), make(bad_utf8), make(text)];
        4 -> damage_list(make(text))
    end;
make(iolist) ->
    case upto(5) of
        0 -> make(bin);
        1 -> [make(iolist) | make(bin)];
        2 -> [upto(255), make(iolist), make(iolist)];
        3 -> [upto(255) || _ <- lists:seq(1, upto(10))];
        4 -> [make(bin), make(bin), upto(255)];
        5 -> case upto(5) of 0 -> [make(term)]; 1 -> [make(bits), make(bits)]; _ -> [] end
    end;
make(numtext) ->
    T = case upto(4) of
            0 -> integer_to_list(make(int));
            1 -> float_to_list(make(float));
            2 -> float_to_list(make(float), [short]);
            3 -> integer_to_list(make(int), make(base));
            4 -> [pick("+-") | integer_to_list(make(int))]
        end,
    case upto(2) of 0 -> damage_list(T); _ -> T end;
make(numtext_bin) -> case catch list_to_binary(make(numtext)) of B when is_binary(B) -> B; _ -> <<"7">> end;
make(base) -> pick({2, 8, 10, 16, 36, 1 + rand:uniform(35), 7, 32});
make(any_base) -> case upto(15) of 0 -> pick({0, 1, 37, -1, a, 1 bsl 70, 2.0}); _ -> make(base) end;
make(float_opts) ->
    [pick({{decimals, pick({upto(20), upto(253), 0, 253, 254, -1})}, {scientific, pick({upto(20), upto(249), 0, 249, 250, -1})}, compact, short,
           {decimals, upto(6)}, {scientific, upto(6)}}) || _ <- lists:seq(1, pick({0, 1, 1, 1, 2, 2, 3}))] ++ case upto(30) of 0 -> [bad]; 1 -> tail; _ -> [] end;
make(etf_opts) -> pick({[], [compressed], [{compressed, upto(9)}], [{minor_version, upto(2)}], [{minor_version, 0}, compressed], [deterministic]});
make(list) -> [make(term) || _ <- lists:seq(1, upto(6))];
make(numbers) -> [make(number) || _ <- lists:seq(1, upto(12))];
make(ints) -> [make(small) || _ <- lists:seq(1, upto(30))];
make(near) -> near(upto(62));
make(pairs) -> [{make(key), make(small)} || _ <- lists:seq(1, upto(12))];
make(tuple) -> list_to_tuple(make(list));
make(key) -> make(pick({small, small, number, atom, bin, near, flat}));
make(hash_key) -> make(pick({small, number, bin, near, bits, text}));
make(map) -> maps:from_list([{make(key), make(flat)} || _ <- lists:seq(1, upto(8))]);
make(big_map) -> maps:from_list([{make(hash_key), make(flat)} || _ <- lists:seq(1, 20 + upto(60))]);
make(flat) -> make(pick({small, number, atom, bin, text, near, bits}));
make(term) ->
    case upto(13) of
        0 -> make(list);
        1 -> make(tuple);
        2 -> make(map);
        3 -> [make(flat) | make(flat)];
        4 -> make(text);
        5 -> {make(flat), make(flat)};
        6 -> case upto(9) of 0 -> make(big_map); _ -> make(small) end;
        _ -> make(flat)
    end;
make(terms) -> [make(pick({term, near, number, flat})) || _ <- lists:seq(1, upto(20))];
%% Two that are alike, or almost.
make(twins) ->
    A = make(pick({term, map, near, number, list})),
    {A, alike(A)};
make(etf) -> term_to_binary(make(pick({term, map, list, big_map})), make(etf_opts));
make(bad_etf) -> damage(term_to_binary(make(pick({term, map, list})), pick({[], [{minor_version, 0}]}))).

%% Numbers that are or almost are the same, as integer and as float.
near(Bit) ->
    N = (1 bsl Bit) + upto(4) - 2,
    case upto(2) of 0 -> N; 1 -> float(N); 2 -> sign(N) end.

any_float() ->
    case <<(upto((1 bsl 64) - 1)):64>> of
        <<F/float>> -> F;
        _ -> any_float()
    end.

sign(X) -> case upto(1) of 0 -> X; 1 -> -X end.

alike(N) when is_integer(N) -> case upto(3) of 0 -> try float(N) catch _:_ -> N end; 1 -> N + 1; 2 -> N; 3 -> -N end;
alike(F) when is_float(F) -> case upto(2) of 0 -> trunc(F); 1 -> F; 2 -> -F end;
alike([H | T]) -> [alike(H) | case upto(3) of 0 -> T; _ -> alike(T) end];
alike(T) when is_tuple(T) -> list_to_tuple(alike(tuple_to_list(T)));
alike(M) when is_map(M) ->
    case upto(2) of
        0 -> maps:from_list(lists:reverse(maps:to_list(M)));
        1 -> maps:map(fun(_, V) -> alike(V) end, M);
        2 -> maps:from_list([{case upto(9) of 0 -> alike(K); _ -> K end, V} || {K, V} <- maps:to_list(M)])
    end;
alike(B) when is_bitstring(B) -> case upto(2) of 0 -> binary_to_term(term_to_binary(B)); 1 -> tail_of(B); 2 -> <<B/bits, 0:1>> end;
alike(X) -> X.

%% A binary or list with one small change.
damage(B) -> list_to_binary(damage_bytes(binary_to_list(B))).

damage_bytes(L) -> [C band 255 || C <- damage_list(L), is_integer(C)].

damage_list(L) ->
    {A, B} = lists:split(upto(length(L)), L),
    case {upto(3), B} of
        {0, [C | R]} -> A ++ [C bxor (1 bsl upto(7)) | R];
        {1, [_ | R]} -> A ++ R;
        {2, [_ | R]} -> A ++ [upto(255) | R];
        {3, _} -> A ++ [pick({upto(255), $., $e, $-, $+, $_, $0, $#, -1, 16#D800, 16#110000, $ }) | B];
        {_, []} -> lists:droplast([0 | A])
    end.

%% The same bits, but standing within others.
tail_of(B) ->
    S = upto(9),
    <<_:S, R/bits>> = <<(upto(1023)):S, B/bits>>,
    R.
