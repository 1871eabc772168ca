%% Built-ins and operators on random values: `main(["Seed", "First", "Last"])` prints one line for
%% each case, the same on stock erl and natively. Case N depends on Seed and N only.
-module(random_ops).
-export([main/1]).
-import(random_value, [make/1]).

-define(N2(Expr), {??Expr, [number, number], fun([A, B]) -> Expr end}).
-define(I2(Expr), {??Expr, [int, int], fun([A, B]) -> Expr end}).
-define(T1(Type, Expr), {??Expr, [Type], fun([A]) -> Expr end}).
-define(T2(Type1, Type2, Expr), {??Expr, [Type1, Type2], fun([A, B]) -> Expr end}).
-define(T3(Type1, Type2, Type3, Expr), {??Expr, [Type1, Type2, Type3], fun([A, B, C]) -> Expr end}).

main([Seed, First, Last]) ->
    io:setopts([{encoding, unicode}]),
    Ops = list_to_tuple(ops()),
    run(list_to_integer(Seed), list_to_integer(First), list_to_integer(Last), Ops, [], 0).

run(_, N, Last, _, Out, _) when N > Last -> io:put_chars(lists:reverse(Out));
run(Seed, N, Last, Ops, Out, 100) ->
    io:put_chars(lists:reverse(Out)),
    run(Seed, N, Last, Ops, [], 0);
run(Seed, N, Last, Ops, Out, Held) ->
    rand:seed(exsss, {Seed, N, 17}),
    {Text, Types, Fun} = random_value:pick(Ops),
    Args = [case rand:uniform(60) of 1 -> other(T); _ -> make(T) end || T <- Types],
    Result = try show(Fun(Args)) catch Class:Reason -> {caught, Class, Reason} end,
    Line = io_lib:format("~w ~s ~w -> ~w~n", [N, Text, Args, Result]),
    run(Seed, N + 1, Last, Ops, [Line | Out], Held + 1).

%% What the operation does not expect; sizes that are large numbers would take all memory.
other(Type) when Type =:= count; Type =:= tiny -> random_value:pick({a, -1, 2.0, []});
other(small) -> random_value:pick({a, -1, 2.0, [], 1 bsl 70});
other(_) -> make(term).

%% The order of atoms as keys of a large map is not defined.
show(M) when is_map(M), map_size(M) > 32 -> lists:sort(maps:to_list(M));
show(X) -> X.

ops() -> arith() ++ compare() ++ numbers_texts() ++ terms() ++ binaries() ++ chars() ++ lists_maps().

arith() ->
    [?N2(A + B), ?N2(A - B), ?N2(A * B), ?N2(A / B), ?I2(A div B), ?I2(A rem B), ?I2({A div B, A rem B}),
     ?I2(A band B), ?I2(A bor B), ?I2(A bxor B), ?T1(int, bnot A), ?T1(number, -A), ?T1(number, +A), ?T1(number, abs(A)),
     ?T2(int, shift, A bsl B), ?T2(int, shift, A bsr B), ?T2(term, term, A + B), ?T2(term, term, A div B), ?T2(number, term, A bor B),
     ?T1(number, float(A)), ?T1(number, trunc(A)), ?T1(number, round(A)), ?T1(number, floor(A)), ?T1(number, ceil(A)),
     ?T1(number, math:floor(A)), ?T1(number, math:ceil(A)), ?T1(number, math:sqrt(A)), ?N2(math:fmod(A, B)),
     ?T1(int, begin B = A * A, {B div A, B rem A, (B + 1) div A, (B - 1) rem A} end),
     ?T3(int, int, int, (A * B) rem C), ?T3(int, int, int, (A * B) div C), ?T3(number, number, number, A * B + C), ?T3(float, float, float, A * B - C),
     ?T3(number, number, number, (A - B) / C), ?N2(min(A, B)), ?N2(max(A, B)), ?T1(numbers, lists:sum(A)), ?T1(numbers, lists:max(A))].

compare() ->
    [?N2({A < B, A =< B, A == B, A =:= B, A >= B, A > B, A /= B, A =/= B}),
     ?T2(term, term, {A < B, A =< B, A == B, A =:= B, A >= B, A > B, A /= B, A =/= B}),
     ?T2(near, near, {A < B, A =< B, A == B, A =:= B, A >= B, A > B, A /= B, A =/= B}),
     ?T2(map, map, {A < B, A == B, A =:= B}), ?T2(bits, bits, {A < B, A == B, A =:= B}), ?T2(text, text, {A < B, A == B, A =:= B}),
     ?T1(twins, begin {B, C} = A, {B < C, B =< C, B == C, B =:= C, B >= C, C < B, erlang:phash2(B) =:= erlang:phash2(C)} end),
     ?T1(terms, lists:sort(A)), ?T1(terms, lists:usort(A)), ?T1(terms, lists:min(A)), ?T1(numbers, lists:sort(A)), ?T1(numbers, lists:usort(A)),
     ?T1(terms, [lists:member(X, A) || X <- lists:sublist(A, 3)]), ?T2(terms, terms, A -- B), ?T2(big_map, big_map, {A < B, A == B}),
     ?T1(big_map, begin B = maps:map(fun(_, V) -> {V} end, A), {A < B, A == B, A > B} end),
     ?T1(terms, lists:keysort(1, [{X, Y} || X <- A, Y <- lists:sublist(A, 2)])), ?T2(terms, term, lists:keyfind(B, 1, [{X} || X <- A]))].

numbers_texts() ->
    [?T1(int, integer_to_list(A)), ?T2(int, any_base, integer_to_list(A, B)), ?T2(int, any_base, integer_to_binary(A, B)), ?T1(number, integer_to_binary(A)),
     ?T1(float, float_to_list(A)), ?T1(float, float_to_binary(A)), ?T2(float, float_opts, float_to_list(A, B)), ?T2(float, float_opts, float_to_binary(A, B)),
     ?T2(tame_float, float_opts, float_to_list(A, B)), ?T2(number, float_opts, float_to_list(A, B)), ?T1(float, list_to_float(float_to_list(A, [short])) =:= A),
     ?T1(float, list_to_float(float_to_list(A)) =:= A), ?T1(numtext, list_to_float(A)), ?T1(numtext, list_to_integer(A)), ?T2(numtext, any_base, list_to_integer(A, B)),
     ?T1(numtext_bin, binary_to_float(A)), ?T1(numtext_bin, binary_to_integer(A)), ?T2(numtext_bin, any_base, binary_to_integer(A, B)),
     ?T1(numtext, string:to_integer(A)), ?T1(numtext, string:to_float(A)), ?T1(numtext_bin, string:to_float(A)), ?T2(int, base, list_to_integer(integer_to_list(A, B), B) =:= A),
     ?T1(atom, atom_to_list(A)), ?T1(atom, atom_to_binary(A)), ?T2(atom, atom, atom_to_binary(A, B)), ?T1(atom, atom_to_binary(A, latin1)), ?T1(atom, binary_to_existing_atom(atom_to_binary(A))), ?T1(text, list_to_atom(A)), ?T1(utf8, binary_to_atom(A)),
     ?T1(bad_utf8, binary_to_atom(A, utf8)), ?T1(bin, binary_to_atom(A, latin1)), ?T1(float, io_lib:format("~p ~w ~g ~e ~f", [A, A, A, A, A])),
     ?T2(float, count, io_lib:format("~.*f ~.*e", [B, A, B, A])), ?T1(term, lists:flatten(io_lib:format("~p", [A]))), ?T1(term, lists:flatten(io_lib:format("~0tp", [A]))),
     ?T2(term, count, lists:flatten(io_lib:format("~tP", [A, B]))), ?T1(numtext, erl_scan:string(A)), ?T1(text, erl_scan:string(A))].

terms() ->
    [?T1(term, erlang:phash2(A)), ?T1(big_map, erlang:phash2(A)), ?T1(number, erlang:phash2(A)), ?T2(term, count, erlang:phash2(A, B)), ?T1(term, erlang:phash(A, 1000)), ?T1(bits, erlang:phash2(A)),
     ?T2(term, etf_opts, binary_to_term(term_to_binary(A, B)) =:= A), ?T1(term, term_to_binary(A)), ?T1(term, term_to_binary(A, [{minor_version, 1}])), ?T1(float, term_to_binary(A, [{minor_version, 0}])),
     ?T1(term, byte_size(term_to_binary(A)) =< erlang:external_size(A)), ?T1(bad_etf, binary_to_term(A)), ?T1(bad_etf, binary_to_term(A, [safe])), ?T1(bad_etf, binary_to_term(A, [used])),
     ?T1(etf, binary_to_term(A)), ?T2(etf, bin, binary_to_term(<<A/binary, B/binary>>, [used])), ?T2(etf, etf, erlang:phash2(binary_to_term(A)) =:= erlang:phash2(binary_to_term(B))),
     ?T1(term, tuple_size(A)), ?T1(term, size(A)), ?T1(term, length(A)), ?T1(term, map_size(A)), ?T1(term, byte_size(A)), ?T1(term, bit_size(A)), ?T1(term, hd(A)), ?T1(term, tl(A)),
     ?T2(small, tuple, element(A, B)), ?T3(small, tuple, term, setelement(A, B, C)), ?T2(small, term, element(A, B)), ?T2(tuple, term, erlang:append_element(A, B)), ?T2(count, tuple, erlang:delete_element(A, B)),
     ?T3(count, tuple, term, erlang:insert_element(A, B, C)), ?T2(small, term, erlang:make_tuple(A, B)), ?T1(term, list_to_tuple(A)), ?T1(term, tuple_to_list(A)), ?T1(term, erts_debug:flat_size(A) > -1),
     ?T1(term, {is_atom(A), is_list(A), is_tuple(A), is_map(A), is_number(A), is_integer(A), is_float(A), is_binary(A), is_bitstring(A), is_boolean(A)})].

binaries() ->
    [?T1(iolist, iolist_to_binary(A)), ?T1(iolist, iolist_size(A)), ?T1(iolist, list_to_binary(A)), ?T1(iolist, list_to_bitstring(A)), ?T1(iolist, iolist_to_binary(erlang:iolist_to_iovec(A))),
     ?T1(bits, bitstring_to_list(A)), ?T1(bin, binary_to_list(A)), ?T3(bin, count, count, binary_to_list(A, B, C)), ?T3(bin, small, small, binary:part(A, B, C)), ?T2(bin, count, split_binary(A, B)),
     ?T1(bin, binary:decode_unsigned(A)), ?T1(bin, binary:decode_unsigned(A, little)), ?T1(int, binary:encode_unsigned(A)), ?T1(int, binary:encode_unsigned(A, little)), ?T2(bin, count, binary:copy(A, B)),
     ?T2(bin, small, binary:at(A, B)), ?T2(abc, abc_short, binary:match(A, B)), ?T2(abc, abc_short, binary:matches(A, B)), ?T2(abc, abc_short, binary:split(A, B, [global])), ?T2(abc, abc_short, binary:split(A, B)),
     ?T3(abc, abc_short, abc_short, binary:matches(A, [B, C])), ?T3(abc, abc_short, abc_short, binary:replace(A, B, C, [global])), ?T3(abc, abc_short, count, binary:match(A, B, [{scope, {C, 5}}])),
     ?T3(abc, abc_short, abc_short, binary:split(A, [B, C], [global, trim_all])), ?T2(abc, abc, binary:longest_common_prefix([A, B])), ?T2(abc, abc, binary:longest_common_suffix([A, B])), ?T1(bin, binary:encode_hex(A)),
     ?T1(bin, erlang:md5(A)), ?T1(iolist, erlang:crc32(A)), ?T1(iolist, erlang:adler32(A)), ?T3(bin, bin, bin, erlang:crc32_combine(erlang:crc32(A), erlang:crc32(B), byte_size(B)) + byte_size(C)),
     ?T1(bin, base64:decode(base64:encode(A)) =:= A), ?T1(abc, base64:decode(A)), ?T2(bits, bits, <<A/bits, B/bits>>), ?T1(bits, << <<(X + 1):9>> || <<X:7>> <= A >>), ?T1(bits, [X || <<X:5/signed>> <= A]),
     ?T1(bits, << <<X:11/little>> || <<X:13/little-signed>> <= A >>), ?T1(bits, [X || <<X/utf8>> <= A]), ?T1(bad_utf8, [X || <<X/utf8>> <= A]), ?T1(bin, [X || <<X/utf16>> <= A]), ?T1(bin, [X || <<X:32/float>> <= A]), ?T1(bin, [X || <<X:16/float>> <= A]),
     ?T1(bin, [X || <<X/float>> <= A]), ?T1(bin, [X || <<X/float-little>> <= A]), ?T2(number, count, <<A:B>>), ?T2(number, small, <<A:B/little>>), ?T1(number, <<A/float>>), ?T1(number, <<A:32/float>>), ?T1(number, <<A:16/float>>), ?T1(number, <<A:16/float-little>>),
     ?T2(number, float_size, <<A:B/float>>), ?T1(int, <<A/utf8>>), ?T1(small, <<A/utf16>>), ?T1(int, <<A/utf32>>), ?T1(int, <<A:65/signed>>), ?T1(text, << <<X/utf8>> || X <- A >>), ?T1(text, << <<X/utf16-little>> || X <- A >>),
     ?T2(bits, small, begin <<X:B, R/bits>> = A, {X, R} end), ?T2(bits, small, begin <<X:B/little-signed, R/bits>> = A, {X, R} end), ?T2(bits, float_size, begin <<X:B/float, R/bits>> = A, {X, R} end), ?T2(bits, count, begin <<X:B/binary, R/bits>> = A, {X, R} end),
     ?T2(bits, count, begin <<X:B/binary-unit:3, R/bits>> = A, {X, R} end), ?T3(bits, count, count, begin <<_:B, X:C/signed, _/bits>> = A, X end), ?T3(bits, count, count, begin <<_:B, X:C/bits, R/bits>> = A, {R, X} end)].

chars() ->
    [?T1(chars, unicode:characters_to_binary(A)), ?T1(chars, unicode:characters_to_list(A)), ?T1(chars, unicode:characters_to_binary(A, utf8, utf16)), ?T1(chars, unicode:characters_to_binary(A, latin1)),
     ?T1(chars, unicode:characters_to_binary(A, utf8, latin1)), ?T1(bin, unicode:characters_to_list(A, {utf16, little})), ?T1(bin, unicode:characters_to_binary(A, utf32)), ?T1(bin, unicode:characters_to_list(A, utf16)), ?T1(term, unicode:characters_to_binary(A)),
     ?T1(chars, unicode:characters_to_nfc_list(A)), ?T1(chars, unicode:characters_to_nfd_binary(A)), ?T1(chars, string:length(A)), ?T1(chars, string:uppercase(A)), ?T1(chars, string:to_graphemes(A)), ?T1(chars, string:trim(A)), ?T2(chars, count, string:slice(A, B)),
     ?T2(chars, text, string:find(A, B)), ?T2(chars, text, string:split(A, B, all)), ?T1(chars, string:lexemes(A, " 1")), ?T2(text, text, string:equal(A, B, true)), ?T1(chars, string:reverse(A)), ?T1(chars, io_lib:format("~ts", [A])), ?T2(abc, count, string:pad(A, B))].

lists_maps() ->
    [?T2(list, list, A ++ B), ?T2(list, term, A ++ B), ?T2(ints, ints, A -- B), ?T1(list, lists:reverse(A)), ?T2(list, term, lists:reverse(A, B)), ?T1(ints, lists:usort(A)), ?T1(term, lists:reverse(A)),
     ?T2(pairs, key, lists:keyfind(B, 1, A)), ?T2(pairs, key, lists:keymember(B, 1, A)), ?T1(pairs, lists:keysort(2, A)), ?T1(pairs, lists:ukeysort(1, A)), ?T2(pairs, key, lists:keydelete(B, 1, A)), ?T1(term, lists:keyfind(1, 1, A)),
     ?T1(pairs, maps:from_list(A)), ?T2(map, map, maps:merge(A, B)), ?T2(big_map, map, maps:merge(A, B)), ?T2(map, key, maps:find(B, A)), ?T2(map, key, maps:take(B, A)), ?T3(map, key, term, A#{B => C}), ?T3(map, key, term, A#{B := C}),
     ?T2(big_map, hash_key, maps:remove(B, A)), ?T3(big_map, hash_key, term, maps:put(B, C, A)), ?T1(big_map, maps:to_list(A)), ?T1(big_map, maps:keys(A)), ?T1(map, maps:values(A)), ?T1(list, maps:from_list(A)), ?T2(list, term, maps:from_keys(A, B)),
     ?T1(big_map, maps:fold(fun(K, _, S) -> [K | S] end, [], A)), ?T2(map, term, maps:get(B, A)), ?T2(term, term, maps:merge(A, B)), ?T1(term, maps:to_list(A)), ?T2(term, term, A#{B => 1}),
     ?T2(big_map, count, maps:without(lists:sublist(maps:keys(A), B * 3), A)), ?T2(big_map, count, maps:with(lists:sublist(maps:keys(A), B * 3), A)), ?T1(ints, lists:seq(length(A), 3)), ?T3(tiny, tiny, tiny, lists:seq(A, B, C)),
     ?T2(count, list, lists:nth(A, B)), ?T2(small, list, lists:nthtail(A, B)), ?T1(list, lists:flatten(A)), ?T1(terms, lists:flatlength(A))].
