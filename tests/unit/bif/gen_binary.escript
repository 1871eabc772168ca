#!/usr/bin/env escript
%% Random calls of built-in functions on binaries, iodata, text and external terms, and random bit
%% syntax, with what this Erlang answers: gen_binary.escript FILE COUNT SEED. The file holds pairs of
%% external terms, each behind its size in 32 bits: {Module, Function, Args}, then {ok, Value} or
%% {error, Reason}. Module bits stands for bit syntax: match of a bitstring by fields, giving the
%% values, last first, with the rest or nomatch in front; build of a bitstring from fields.
-mode(compile).
main([File, Count, Seed]) ->
    rand:seed(exsss, list_to_integer(Seed)),
    {ok, To} = file:open(File, [write, raw, delayed_write]),
    Kinds = [encode, decode, damage, size, binary, binary, iodata, search, text, packet, match, build],
    [emit(To, call(pick(Kinds))) || _ <- lists:seq(1, list_to_integer(Count))],
    ok = file:close(To).

emit(To, {M, F, A} = Call) ->
    write(To, Call),
    write(To, try {ok, answer(M, F, A)} catch error:R -> {error, R} end).

write(To, Term) ->
    Bin = term_to_binary(Term),
    ok = file:write(To, <<(byte_size(Bin)):32, Bin/binary>>).

answer(bits, match, [Bits, Fields]) -> match(Bits, Fields, []);
answer(bits, build, [Fields]) ->
    M = builder([{T, case S of all -> all; _ -> sized end, U, F} || {T, _, S, U, F} <- Fields]),
    try M:build(lists:append([[V, S] || {_, V, S, _, _} <- Fields]))
    catch error:R:Trace -> {error, R, proplists:get_value(error_info, element(4, hd(Trace)))}
    end;
answer(M, F, A) -> apply(M, F, A).

upto(N) -> rand:uniform(N + 1) - 1.
pick(L) -> lists:nth(rand:uniform(length(L)), L).
some(N, Make) -> [Make() || _ <- lists:seq(1, upto(N))].
one_in(N) -> upto(N) == 0.

%% ---- calls ----
call(encode) -> {erlang, term_to_binary, [term(5) | case one_in(2) of true -> [options()]; _ -> [] end]};
call(decode) -> {erlang, binary_to_term, [term_to_binary(term(5), options()) | used()]};
call(damage) -> {erlang, binary_to_term, [damage(term_to_binary(term(4), options())) | used()]};
call(size) ->
    {erlang, external_size, [term(5) | pick([[], [[]], [[{minor_version, upto(2)}]], [foo]])]};
call(binary) -> binary_call(upto(23));
call(iodata) ->
    {erlang, pick([list_to_binary, iolist_to_binary, iolist_size, list_to_bitstring]),
     [case one_in(30) of true -> odd_one(); _ -> iodata(5, one_in(8), one_in(8)) end]};
call(search) ->
    {binary, pick([match, matches, split, split]),
     [haystack(), pattern() | case one_in(2) of true -> []; _ -> [search_options()] end]};
call(text) ->
    {unicode, pick([characters_to_list, characters_to_binary]),
     [case one_in(40) of true -> odd_one(); _ -> chardata(5) end, pick([utf8, unicode, latin1])]};
call(packet) ->
    Type = pick([raw, 0, 1, 2, 4, asn1, sunrm, cdr, fcgi, line, tpkt, http, httph, http_bin, httph_bin,
                 http, httph, http_bin, httph_bin, ssl_tls, 3, foo]),
    {erlang, decode_packet, [Type, case one_in(20) of true -> arg(); _ -> packet(Type) end, limits()]};
call(match) -> {bits, match, [pick([bits(), bits(), utf8()]), [field() || _ <- lists:seq(0, upto(5))]]};
call(build) ->
    Fields = [segment() || _ <- lists:seq(0, upto(4))],
    {bits, build, [case one_in(2) of
                       true -> [{append, segment_binary(), all, pick([1, 1, 8]), 0} | Fields];
                       _ -> [{integer, 1, 3, 1, 0} | Fields]
                   end]}.

binary_call(0) -> {erlang, byte_size, [arg()]};
binary_call(1) -> {erlang, bit_size, [arg()]};
binary_call(2) -> B = arg(), {erlang, binary_part, [B, {position(B), position(B)}]};
binary_call(3) -> B = arg(), {erlang, binary_part, [B, position(B), position(B)]};
binary_call(4) -> B = arg(), {erlang, split_binary, [B, position(B)]};
binary_call(5) -> {erlang, binary_to_list, [arg()]};
binary_call(6) -> B = arg(), {erlang, binary_to_list, [B, position(B), position(B)]};
binary_call(7) -> {erlang, bitstring_to_list, [arg()]};
binary_call(8) -> B = arg(), {binary, at, [B, position(B)]};
binary_call(9) -> {binary, first, [arg()]};
binary_call(10) -> {binary, last, [arg()]};
binary_call(11) -> {binary, copy, [arg()]};
binary_call(12) -> {binary, copy, [arg(), pick([0, 1, 2, 3, 10, -1, a, upto(50), 1 bsl 70])]};
binary_call(13) -> {binary, pick([longest_common_prefix, longest_common_suffix]), [similar()]};
binary_call(14) -> {binary, decode_unsigned, [arg()]};
binary_call(15) -> {binary, decode_unsigned, [arg(), pick([big, little, little, native])]};
binary_call(16) -> {binary, encode_unsigned, [case one_in(5) of true -> odd_one(); _ -> abs(int()) end]};
binary_call(17) -> {binary, encode_unsigned, [case one_in(5) of true -> int(); _ -> abs(int()) end,
                                              pick([big, little, foo])]};
binary_call(18) -> {binary, list_to_bin, [iodata(3, false, false)]};
binary_call(19) -> B = arg(), {binary, part, [B, {position(B), position(B)}]};
binary_call(20) -> B = arg(), {binary, part, [B, position(B), position(B)]};
binary_call(21) -> {unicode, bin_is_7bit, [pick([arg(), <<"abc">>, <<"aé"/utf8>>, [], "a"])]};
binary_call(22) -> {erlang, binary_part, [arg(), odd_one()]};
binary_call(23) -> {erlang, binary_to_term, [arg(), pick([[], [safe], [used], foo, [foo], [used | x]])]}.

similar() ->
    case upto(10) of
        0 -> odd_one();
        1 -> [<<"a">> | foo];
        _ -> P = binary(),
             some(4, fun() -> pick([<<P/binary, (binary())/binary>>, <<(binary())/binary, P/binary>>, P,
                                    case one_in(9) of true -> odd_one(); _ -> <<P/binary, 1>> end]) end)
    end.

arg() -> case upto(12) of 0 -> odd_one(); 1 -> bits(); _ -> binary() end.
odd_one() -> pick([a, 1, 1.5, {}, #{}, pid(), <<1:3>>, -1, 1 bsl 70]).
position(B) when is_bitstring(B) ->
    case upto(8) of
        0 -> pick([-1, a, 1 bsl 64, 1 bsl 63, -(1 bsl 63), 1.0, -(1 bsl 64)]);
        1 -> -upto(byte_size(B));
        _ -> upto(byte_size(B) + 1)
    end;
position(_) -> upto(3).

options() ->
    lists:append([pick([[], [], [compressed], [{compressed, upto(9)}], [{minor_version, upto(2)}],
                        [deterministic]]) || _ <- lists:seq(1, upto(2))]).
used() -> case one_in(3) of true -> [[used]]; _ -> [] end.
damage(B) ->
    case upto(3) of
        0 -> binary:part(B, 0, upto(byte_size(B)));
        1 -> change(B);
        2 -> change(change(B));
        3 -> <<B/binary, 1, 2, 3>>
    end.
change(<<>>) -> <<>>;
change(B) ->
    N = upto(byte_size(B) - 1),
    <<A:N/binary, _, C/binary>> = B,
    Tags = [70, 77, 89, 90] ++ lists:seq(97, 120),
    <<A/binary, (pick([upto(255), upto(255), 0, 1, 255, pick(Tags)])), C/binary>>.

%% ---- terms ----
int() ->
    case upto(8) of
        0 -> upto(10);
        1 -> upto(300) - 150;
        2 -> pick([1, -1]) * ((1 bsl upto(70)) - upto(2) + 1);
        3 -> pick([1, -1]) * (1 bsl upto(70));
        4 -> pick([1, -1]) * binary:decode_unsigned(rand:bytes(upto(40) + 1));
        5 -> pick([1, -1]) * binary:decode_unsigned(rand:bytes(upto(400) + 1));
        6 -> (1 bsl 61) - 2 + upto(4);
        7 -> -(1 bsl 61) - 2 + upto(4);
        8 -> upto(255)
    end.
float() ->
    <<S:1, E:11, M:52>> = rand:bytes(8),
    <<F/float>> = <<S:1, (min(E, 2046)):11, M:52>>,
    pick([0.0, -0.0, rand:uniform(), F, upto(1000) - 500.0]).
atom() ->
    pick([a, '', abc, list_to_atom([233]), list_to_atom([8364, 233]), ok, true,
          list_to_atom(lists:duplicate(upto(255), $x)), list_to_atom(lists:duplicate(upto(255), 8364))]).
shifted(B) -> N = upto(7), <<_:N, C/bits>> = <<0:N, B/bits>>, C.
binary() ->
    case upto(4) of
        0 -> <<>>;
        1 -> rand:bytes(upto(10));
        2 -> rand:bytes(upto(70));
        3 -> shifted(rand:bytes(upto(300)));
        4 -> binary:copy(<<(upto(255))>>, upto(100))
    end.
bits() ->
    B = rand:bytes(upto(80) + 4), N = upto(15), M = upto(min(bit_size(B) - N, 600)),
    <<_:N, C:M/bits, _/bits>> = B,
    C.
pid() -> binary_to_term(<<131, 88, 100, 0, 13, "nonode@nohost", 5:32, 6:32, 0:32>>).
identifier() ->
    Ab = <<100, 0, 3, "a@b">>, Nn = <<100, 0, 13, "nonode@nohost">>,
    binary_to_term(pick([
        <<131, 88, Ab/binary, 5:32, 6:32, 7:32>>, <<131, 120, Ab/binary, (upto(1000) bsl 20):64, 3:32>>,
        <<131, 90, 3:16, Ab/binary, 7:32, 1:32, 2:32, 3:32>>,
        <<131, 90, 5:16, Ab/binary, 7:32, 1:32, 2:32, 3:32, 4:32, 5:32>>,
        <<131, 89, Nn/binary, 5:32, 0:32>>, term_to_binary(pid()), term_to_binary(fun a:b/3),
        <<131, 90, 3:16, Nn/binary, 0:32, (upto(1000)):32, (upto(1000)):32, (upto(1000)):32>>])).
term(0) -> (pick([fun int/0, fun int/0, fun int/0, fun float/0, fun atom/0, fun atom/0, fun binary/0,
                  fun bits/0, fun identifier/0, fun() -> [] end]))();
term(D) ->
    case upto(9) of
        0 -> some(6, fun() -> term(D - 1) end);
        1 -> list_to_tuple(some(6, fun() -> term(D - 1) end));
        2 -> maps:from_list(some(5, fun() -> {term(min(D - 1, 2)), term(D - 1)} end));
        3 -> [term(D - 1) | term(0)];
        4 -> some(40, fun() -> upto(255) end);
        5 -> large(upto(20));
        6 -> [term(D - 1) | some(4, fun() -> upto(255) end)];
        _ -> term(0)
    end.
large(0) -> list_to_tuple(lists:seq(1, upto(300)));
large(1) -> lists:duplicate(upto(70000), upto(255));
large(N) when N < 6 -> maps:from_list([{pick([X, {X}, X * 1.0, [X]]), X} || X <- lists:seq(1, upto(100))]);
large(_) -> term(0).

%% ---- iodata, searching, text ----
iodata(D, Odd, Bad) ->
    case upto(6) of
        0 when D > 0 -> [iodata(D - 1, Odd, Bad) | iodata(D - 1, Odd, Bad)];
        1 when D > 0 -> some(5, fun() -> iodata(D - 1, Odd, Bad) end);
        2 -> some(30, fun() -> upto(255) end);
        3 when Odd -> [bits()];
        4 when Bad -> [pick([odd_one(), 256, -1])];
        5 when D < 4 -> binary();
        6 -> [upto(255), binary() | pick([[], binary()])];
        _ -> []
    end.

letters(N, From) -> list_to_binary(some(N, fun() -> pick(From) end)).
haystack() ->
    case upto(30) of 0 -> odd_one(); 1 -> bits(); _ -> shifted(letters(60, "aabbc")) end.
needle() -> <<(letters(3, "abc"))/binary, (pick("abc"))>>.
pattern() ->
    case upto(30) of
        0 -> odd_one();
        1 -> <<>>;
        2 -> [];
        3 -> [<<"a">> | <<"b">>];
        4 -> [<<"a">>, <<>>];
        5 -> [<<"a">>, x];
        N when N < 15 -> needle();
        _ -> [needle() | some(6, fun needle/0)]
    end.
search_options() ->
    case upto(15) of
        0 -> foo;
        1 -> [foo];
        2 -> [global | x];
        _ -> some(3, fun() -> pick([global, trim, trim_all, global, {scope, {upto(30), upto(30)}},
                                    {scope, {upto(30), -upto(30)}}]) end)
    end.

limits() ->
    case upto(8) of
        0 -> [{packet_size, upto(40)}];
        1 -> [{line_length, upto(40)}];
        2 -> [{line_delimiter, pick([$a, 0, 255, 256])}];
        3 -> pick([foo, [foo], [{packet_size, -1}], [{packet_size, 1 bsl 32}], [{packet_size, a}]]);
        _ -> []
    end.
packet(Type) when is_integer(Type), Type > 0 ->
    N = upto(20), <<(N + upto(2) - 1):Type/unit:8, (rand:bytes(N))/binary, (binary())/binary>>;
packet(sunrm) -> N = upto(20), <<(upto(1)):1, N:31, (rand:bytes(N + upto(2)))/binary>>;
packet(asn1) ->
    Tag = pick([<<(upto(30))>>, <<31, 129, 5>>, <<31, 5>>, <<31, 255, 255>>]),
    N = upto(30),
    Size = pick([<<N>>, <<129, N>>, <<130, N:16>>, <<131, N:24>>, <<132, N:32>>, <<133, N:40>>, <<128>>]),
    cut(<<Tag/binary, Size/binary, (rand:bytes(N + upto(3)))/binary>>);
packet(cdr) ->
    N = upto(20), Flag = upto(1),
    Size = case Flag of 1 -> <<N:32/little>>; 0 -> <<N:32>> end,
    cut(<<(pick([<<"GIOP">>, <<"GIOP">>, <<"GIOQ">>]))/binary, 1, 2, Flag, 3, Size/binary,
          (rand:bytes(N + upto(3)))/binary>>);
packet(fcgi) ->
    N = upto(20), P = upto(7),
    cut(<<(pick([1, 1, 1, 2])), 1, 0, 1, N:16, P, 0, (rand:bytes(N + P + upto(3)))/binary>>);
packet(tpkt) -> N = upto(20), cut(<<(pick([3, 3, 3, 2])), 0, N:16, (rand:bytes(N + upto(3)))/binary>>);
packet(ssl_tls) ->
    N = upto(20),
    cut(pick([<<22, 3, 1, N:16, (rand:bytes(N + upto(2)))/binary>>,
              <<1:1, (N + 3):15, 1, 3, 1, (rand:bytes(N + upto(2)))/binary>>,
              <<128, (upto(3)), 1, 3, 1, 5, 6>>]));
packet(line) -> letters(20, "ab\n");
packet(T) when T == http; T == http_bin -> shifted(case one_in(4) of true -> change(start_line()); _ -> start_line() end);
packet(T) when T == httph; T == httph_bin -> shifted(case one_in(4) of true -> change(header()); _ -> header() end);
packet(_) -> binary().
cut(B) -> case one_in(3) of true -> binary:part(B, 0, upto(byte_size(B))); _ -> shifted(B) end.
blanks() -> pick(["", " ", " ", "  ", "\t"]).
version() -> pick(["HTTP/1.1", "HTTP/1.0", "HTTP/2", "HTTP/12.345", "HTTP/1.", "HTP/1.1", "", "HTTP/1.1 x"]).
uri() ->
    pick(["*", "/", "/a/b?c=d", "http://host/path", "HTTP://host:80/path", "https://host", "http://h:0/",
          "http://h:8x/p", "https://h:443", "http://", "ftp:abc", "abc", "a", "", "http:/x", "x:"]).
start_line() ->
    list_to_binary([case upto(2) of
        0 -> [version(), blanks(), pick(["200", "404", "", "99999999999"]), blanks(), pick(["OK", "", "Not Found"])];
        _ -> [pick(["GET", "POST", "OPTIONS", "TRACE", "get", "PATCH", "", "G(T"]), blanks(), uri(), blanks(), version()]
    end, pick(["\r\n", "\n", "\r\n", "", "\r"]), pick(["", "rest", " x\r\n"])]).
header() ->
    list_to_binary([pick(["Host", "content-type", "CONTENT-LENGTH", "x-Foo-bar", "etag", "Www-authenticate", "", "a b",
                          lists:duplicate(49 + upto(3), $q)]),
                    pick([":", ": ", ":", " :", "", ":  \t"]), pick(["value", "", "a b c", "x\r\n more", "x\n\ty"]),
                    pick(["\r\n", "\n", "\r\n", ""]), pick(["", "Next: 1\r\n", " folded\r\nX", "\r\n"])]).

good_character() ->
    case upto(5) of
        0 -> upto(255);
        1 -> upto(2047);
        2 -> upto(16#D7FF);
        3 -> 16#10000 + upto(16#FFFFF);
        _ -> $a + upto(25)
    end.
character() ->
    pick([good_character(), upto(65535), upto(16#110010),
          pick([16#D7FF, 16#D800, 16#DFFF, 16#E000, 16#10FFFF, 16#110000, -1, 1 bsl 70, 255, 256])]).
utf8() ->
    B = unicode:characters_to_binary(some(12, fun good_character/0)),
    case upto(5) of
        0 -> binary:part(B, 0, upto(byte_size(B)));
        1 -> change(B);
        2 -> shifted(B);
        _ -> B
    end.
chardata(D) ->
    case upto(12) of
        0 -> some(20, fun good_character/0);
        1 when D > 0 -> [chardata(D - 1) | chardata(D - 1)];
        2 when D > 0 -> some(4, fun() -> chardata(D - 1) end);
        3 -> [utf8(), utf8()];
        4 -> B = utf8(), N = upto(byte_size(B)), <<X:N/binary, Y/binary>> = B,
             pick([[X, Y], [[X], [[Y]]], [X | Y]]);
        5 when D < 3 -> [pick([character(), odd_one()])];
        6 -> [character()];
        7 -> [utf8() | utf8()];
        8 -> [[[utf8()], utf8()], good_character() | utf8()];
        9 -> [good_character(), good_character(), utf8()];
        _ -> utf8()
    end.

%% ---- bit syntax: flags as in the instructions: 2 little, 4 signed, 16 native ----
field() ->
    case upto(9) of
        0 -> {float, pick([0, 16, 32, 64, 8]), pick([0, 2, 16])};
        1 -> {binary, upto(100), 0};
        2 -> {binary, 8 * upto(20), 0};
        3 -> {utf8, 0, 0};
        4 -> {utf16, 0, pick([0, 2, 16])};
        5 -> {utf32, 0, pick([0, 2, 16])};
        6 -> {integer, 8 * upto(9), pick([0, 2, 4, 6, 16, 20])};
        7 -> {integer, upto(400), pick([0, 2, 4, 6, 16, 20])};
        _ -> {integer, upto(130), pick([0, 2, 4, 6, 16, 20])}
    end.

match(B, [], Acc) -> [B | Acc];
match(B, [F | Fs], Acc) ->
    case take(F, B) of {V, Rest} -> match(Rest, Fs, [V | Acc]); nomatch -> [nomatch | Acc] end.

take({integer, N, 0}, B) -> case B of <<X:N, R/bits>> -> {X, R}; _ -> nomatch end;
take({integer, N, 4}, B) -> case B of <<X:N/signed, R/bits>> -> {X, R}; _ -> nomatch end;
take({integer, N, 2}, B) -> case B of <<X:N/little, R/bits>> -> {X, R}; _ -> nomatch end;
take({integer, N, 6}, B) -> case B of <<X:N/little-signed, R/bits>> -> {X, R}; _ -> nomatch end;
take({integer, N, 16}, B) -> case B of <<X:N/native, R/bits>> -> {X, R}; _ -> nomatch end;
take({integer, N, 20}, B) -> case B of <<X:N/native-signed, R/bits>> -> {X, R}; _ -> nomatch end;
take({binary, N, _}, B) -> case B of <<X:N/bits, R/bits>> -> {X, R}; _ -> nomatch end;
take({float, N, 0}, B) -> case B of <<X:N/float, R/bits>> -> {X, R}; _ -> nomatch end;
take({float, N, 2}, B) -> case B of <<X:N/float-little, R/bits>> -> {X, R}; _ -> nomatch end;
take({float, N, 16}, B) -> case B of <<X:N/float-native, R/bits>> -> {X, R}; _ -> nomatch end;
take({utf8, _, _}, B) -> case B of <<X/utf8, R/bits>> -> {X, R}; _ -> nomatch end;
take({utf16, _, 0}, B) -> case B of <<X/utf16, R/bits>> -> {X, R}; _ -> nomatch end;
take({utf16, _, 2}, B) -> case B of <<X/utf16-little, R/bits>> -> {X, R}; _ -> nomatch end;
take({utf16, _, 16}, B) -> case B of <<X/utf16-native, R/bits>> -> {X, R}; _ -> nomatch end;
take({utf32, _, 0}, B) -> case B of <<X/utf32, R/bits>> -> {X, R}; _ -> nomatch end;
take({utf32, _, 2}, B) -> case B of <<X/utf32-little, R/bits>> -> {X, R}; _ -> nomatch end;
take({utf32, _, 16}, B) -> case B of <<X/utf32-native, R/bits>> -> {X, R}; _ -> nomatch end.

segment_binary() -> case one_in(9) of true -> odd_one(); _ -> pick([bits(), binary()]) end.
segment() -> % {Type, Value, Size, Unit, Flags}
    End = pick([0, 2, 16]),
    case upto(9) of
        0 -> {float, pick([float(), int(), float(), a]), pick([16, 32, 64, 64, 8, 0]), 1, End};
        1 -> {binary, segment_binary(), all, 1, 0};
        2 -> {binary, segment_binary(), all, 8, 0};
        3 -> {binary, bits(), upto(30), 1, 0};
        4 -> {utf8, pick([good_character(), character()]), 0, 0, 0};
        5 -> {pick([utf16, utf32]), pick([good_character(), character()]), 0, 0, End};
        6 -> {integer, int(), 8 * upto(9), 1, End};
        7 -> {integer, case one_in(5) of true -> odd_one(); _ -> int() end, upto(400), 1, End};
        8 -> {integer, int(), pick([-1, a, 1 bsl 70, upto(9)]), 8, End};
        9 -> {integer, int(), upto(130), 1, End}
    end.

%% A module that builds such segments from a list of values and sizes.
builder(Key) ->
    case get(Key) of
        undefined -> put(Key, compile(Key)), get(Key);
        M -> M
    end.
compile(Key) ->
    M = list_to_atom("build" ++ integer_to_list(erlang:unique_integer([positive]))),
    Numbered = lists:zip(Key, lists:seq(1, length(Key))),
    Args = lists:join(",", [io_lib:format("V~p,S~p", [I, I]) || {_, I} <- Numbered]),
    Parts = lists:join(",", [source(K, I) || {K, I} <- Numbered]),
    Lines = [["-module(", atom_to_list(M), ")."], "-export([build/1]).",
             ["build([", Args, "]) -> <<", Parts, ">>."]],
    Forms = [begin
                 {ok, Tokens, _} = erl_scan:string(lists:flatten(L)),
                 {ok, Form} = erl_parse:parse_form(Tokens),
                 Form
             end || L <- Lines],
    {ok, M, Code} = compile:forms(Forms, []),
    {module, M} = code:load_binary(M, "build", Code),
    M.
source({T, all, U, _}, I) when T == append; T == binary -> io_lib:format("V~p/binary-unit:~p", [I, U]);
source({binary, _, _, _}, I) -> io_lib:format("V~p:S~p/bits", [I, I]);
source({T, _, U, F}, I) when T == integer; T == float ->
    io_lib:format("V~p:S~p/~p-unit:~p~s", [I, I, T, U, ending(F)]);
source({T, _, _, F}, I) -> io_lib:format("V~p/~p~s", [I, T, ending(F)]).
ending(0) -> "";
ending(2) -> "-little";
ending(16) -> "-native".
