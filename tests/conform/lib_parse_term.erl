%% erl_parse:parse_term alone, as programs that only read configuration have it: terms, and errors as
%% the whole grammar has them.
-module(lib_parse_term).
-export([main/0]).

main() ->
    [io:format("~ts ~0tp~n", [Text, parsed(Text)]) || Text <- texts()].

parsed(Text) ->
    case erl_scan:string(Text, {1, 1}) of
        {ok, Tokens, _} ->
            case erl_parse:parse_term(Tokens) of
                {error, {Location, Module, Reason}} ->
                    {error, Location, lists:flatten(Module:format_error(Reason))};
                Result -> Result
            end;
        Error -> Error
    end.

texts() ->
    ["a.", "a", "", "{a,b}", "{a,b}.", "{a b}.", "a b.", "[1,2|3].", "[a|B].", "1+2.", "-1.", "+1.0.", "- -1.",
     "-a.", "foo(1).", "foo:bar.", "X.", "{1,X}.", "a,b.", "a;b.", "\"a\" \"b\".", "<<1,2>>.", "<<300>>.",
     "<<\"abc\"/utf8>>.", "<<1:4>>.", "<<1:16/little>>.", "<<x>>.", "<<1.5:32/float>>.", "#{a=>1,b=>2}.",
     "#{a:=1}.", "#{a}.", "#r{}.", "fun a:b/1.", "fun a/1.", "fun() -> ok end.", "[a,].", "{a,,b}.", "}", "(a).",
     "(1+2).", "{(a)}.", "[1|2|3].", "a. b.", "case x of y -> z end.", "{if}.", "$a.", "-$a.", "#{1=>{a b}}.",
     "<<1 2>>.", "[].", "{}.", "#{}.", "<<>>.", "<<-1>>.", "<<(1)>>.", "{a;b}.", "not true.", "1 2.", "a when b.",
     "{a,b}}.", "[a}.", "a -> b.", "{\n a,\n b c}.", "maybe.", "\"a\".", "-{a}.", "fun m:f/a.", "?X.",
     "{a,\n X}.", "[1,\n 1+2].", "#{ a => X }.", "{ok, #{a => 1}", "<<\"a\", 2:8, \"b\"/utf16>>.", "<<1/foo>>.",
     "<<a:b>>.", "begin a end.", "a=b.", "{a=b}.", "!a.", ",", ".", "catch a.", "1.e.", "{1,\n2",
     "[{kernel, [{logger_level, info}, {'a b', \"\\x{e4}\"}]}, 16#ff, 1_000, $\\n, 2.5e-3].",
     "{[], {}, #{}, #{{a} => [b], c => #{}}, <<\"\\x{e4}\"/utf8>>, <<1, 2:3>>}.",
     "<<-5:16/signed-little, 1:2/unit:4, \"xy\":16, 1.0/float-little, \"\\x{20ac}\"/utf32-little>>.", "{a, b, c, 'end'}.", "{a, end}.",
     "[a, b|[c]].", "\"a\" b.", "{\"a\" \"b\" \"c\"}."].
