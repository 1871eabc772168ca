%% The part of erl_parse that reads terms, in programs that parse nothing else: the grammar of
%% expressions is some 300 KB of machine code. What is an expression but no term gives the same
%% error as there; where a syntax error follows in such a one, it is not looked for.
-module(erl_parse).
-export([parse_term/1, format_error/1]).

parse_term(Tokens) ->
    try top(Tokens) of
        Term -> {ok, Term}
    catch
        throw:bad_term -> {error, {first(Tokens), ?MODULE, "bad term"}};
        throw:{bad_term, Location} -> {error, {Location, ?MODULE, "bad term"}};
        throw:{before, []} -> {error, {last(Tokens), ?MODULE, ["syntax error before: ", []]}};
        throw:{before, [Token | _]} ->
            {error, {element(2, Token), ?MODULE, ["syntax error before: ", text(Token)]}}
    end.

format_error(Message) ->
    case io_lib:deep_char_list(Message) of
        true -> Message;
        false -> io_lib:write(Message)
    end.

top(Tokens) ->
    case term(Tokens) of
        {Term, [{dot, _}]} -> Term;
        {_, [{dot, _} | More]} -> throw({before, More});
        {_, [{',', _} | More]} -> many(More, first(More));
        {_, [{';', _}, {atom, _, _} | More]} -> throw({before, More});
        {_, [{';', _} | More]} -> throw({before, More});
        {_, More} -> stop(More)
    end.

%% Several expressions are no term, the second one least.
many(Tokens, Location) ->
    case term(Tokens) of
        {_, [{dot, _}]} -> throw({bad_term, Location});
        {_, [{',', _} | More]} -> many(More, Location);
        {_, More} -> stop(More)
    end.

term([{Kind, _, Value} | More]) when Kind =:= atom; Kind =:= integer; Kind =:= float; Kind =:= char ->
    {Value, More};
term([{string, _, _} | _] = Tokens) ->
    strings(Tokens, []);
term([{Sign, _}, {Kind, _, Value} | More])
  when Sign =:= '+' orelse Sign =:= '-', Kind =:= integer orelse Kind =:= float orelse Kind =:= char ->
    {case Sign of '+' -> Value; '-' -> -Value end, More};
term([{'(', _} | Inner]) ->
    {Term, More} = term(Inner),
    {Term, closed(')', More)};
term([{'[', _}, {']', _} | More]) ->
    {[], More};
term([{'[', _} | Elements]) ->
    list(Elements);
term([{'{', _}, {'}', _} | More]) ->
    {{}, More};
term([{'{', _} | Elements]) ->
    {Terms, More} = sequence(Elements, '}'),
    {list_to_tuple(Terms), More};
term([{'#', _}, {'{', _}, {'}', _} | More]) ->
    {#{}, More};
term([{'#', _}, {'{', _} | Pairs]) ->
    pairs(Pairs, #{});
term([{'<<', _}, {'>>', _} | More]) ->
    {<<>>, More};
term([{'<<', _} | Segments]) ->
    segments(Segments, <<>>);
term([{'fun', _}, {atom, _, M}, {':', _}, {atom, _, F}, {'/', _}, {integer, _, A} | More]) ->
    {fun M:F/A, More};
term([{'fun', _}, {atom, _, _}, {':', _}, {atom, _, _}, {'/', _} | More]) ->
    throw({before, More});
term(Tokens) ->
    begins(Tokens).

%% Neighbouring strings are one.
strings([{string, _, Text} | More], Before) -> strings(More, Before ++ Text);
strings(More, Text) -> {Text, More}.

list(Tokens) ->
    case term(Tokens) of
        {Term, [{',', _} | More]} ->
            {Rest, After} = list(More),
            {[Term | Rest], After};
        {Term, [{'|', _} | More]} ->
            {Tail, After} = term(More),
            {[Term | Tail], closed(']', After)};
        {Term, [{']', _} | More]} ->
            {[Term], More};
        {_, [{'||', _} | _]} ->
            throw(bad_term);
        {_, More} ->
            stop(More)
    end.

sequence(Tokens, End) ->
    case term(Tokens) of
        {Term, [{',', _} | More]} ->
            {Rest, After} = sequence(More, End),
            {[Term | Rest], After};
        {Term, More} ->
            {[Term], closed(End, More)}
    end.

pairs(Tokens, Map) ->
    {Key, More} = term(Tokens),
    {Value, Rest} = case More of
        [{'=>', _} | Values] -> term(Values);
        [{':=', _} | _] -> throw(bad_term);
        _ -> stop(More)
    end,
    case Rest of
        [{',', _} | Next] -> pairs(Next, Map#{Key => Value});
        _ -> {Map#{Key => Value}, closed('}', Rest)}
    end.

closed(End, [{End, _} | More]) -> More;
closed(_, Tokens) -> stop(Tokens).

%% ---- binaries ----

segments(Tokens, Bits) ->
    {Value, Sized} = case Tokens of
        [{string, _, Text} | After] -> {{text, Text}, After};
        _ -> term(Tokens)
    end,
    {Size, Typed} = case Sized of
        [{':', _}, {integer, _, N} | AfterSize] -> {N, AfterSize};
        [{':', _} | _] -> throw(bad_term);
        _ -> {default, Sized}
    end,
    {Types, More} = case Typed of
        [{'/', _} | Names] -> types(Names);
        _ -> {[], Typed}
    end,
    All = <<Bits/bits, (segment(Value, Size, Types))/bits>>,
    case More of
        [{',', _} | Next] -> segments(Next, All);
        _ -> {All, closed('>>', More)}
    end.

types([{atom, _, unit}, {':', _}, {integer, _, N} | More]) -> more_types({unit, N}, More);
types([{atom, _, Name} | More]) -> more_types(Name, More);
types(Tokens) -> stop(Tokens).

more_types(Type, [{'-', _} | Names]) ->
    {Types, More} = types(Names),
    {[Type | Types], More};
more_types(Type, More) ->
    {[Type], More}.

segment({text, Text}, Size, Types) ->
    << <<(segment(C, Size, Types))/bits>> || C <- Text >>;
segment(Value, Size, Types) ->
    Little = lists:member(little, Types) orelse
        (lists:member(native, Types) andalso <<1:16/native>> =:= <<1, 0>>),
    Kind = [T || T <- Types, is_atom(T), not lists:member(T, [big, little, native, signed, unsigned])],
    try
        segment(Kind, Little, Value, Size, proplists:get_value(unit, Types, 1))
    catch
        error:_ -> throw(bad_term)
    end.

segment([integer], Little, Value, Size, Unit) -> segment([], Little, Value, Size, Unit);
segment([], false, Value, Size, Unit) -> <<Value:(size(Size, 8) * Unit)>>;
segment([], true, Value, Size, Unit) -> <<Value:(size(Size, 8) * Unit)/little>>;
segment([float], false, Value, Size, Unit) -> <<Value:(size(Size, 64) * Unit)/float>>;
segment([float], true, Value, Size, Unit) -> <<Value:(size(Size, 64) * Unit)/float-little>>;
segment([utf8], _, Value, default, 1) -> <<Value/utf8>>;
segment([utf16], false, Value, default, 1) -> <<Value/utf16>>;
segment([utf16], true, Value, default, 1) -> <<Value/utf16-little>>;
segment([utf32], false, Value, default, 1) -> <<Value/utf32>>;
segment([utf32], true, Value, default, 1) -> <<Value/utf32-little>>.

size(default, Usual) -> Usual;
size(Size, _) -> Size.

%% ---- what is no term ----

%% Where a term should begin.
begins([{Kind, _} | _] = Tokens) ->
    Expressions = ['+', '-', 'fun', 'if', 'case', 'begin', 'receive', 'try', 'catch', 'not', 'bnot',
                   '#', 'maybe'],
    case lists:member(Kind, Expressions) andalso not ends(tl(Tokens)) of
        true -> throw(bad_term);
        false when Kind =:= '+'; Kind =:= '-' -> throw({before, tl(Tokens)});
        false -> wrong(Kind, Expressions, Tokens)
    end;
begins([{var, _, _} | _]) ->
    throw(bad_term);
begins(Tokens) ->
    throw({before, Tokens}).

%% `{if}`: the expression ends before it has begun.
wrong(Kind, Expressions, Tokens) ->
    case lists:member(Kind, Expressions) of
        true -> throw({before, tl(Tokens)});
        false -> throw({before, Tokens})
    end.

ends([{Kind, _} | _]) -> lists:member(Kind, ['}', ']', ')', '>>', ',', ';', '|', dot]);
ends(_) -> false.

%% Behind a term.
stop([{Kind, _} | _] = Tokens) ->
    Operators = ['+', '-', '*', '/', 'div', 'rem', 'band', 'bor', 'bxor', 'bsl', 'bsr', 'and', 'or',
                 'xor', '++', '--', '==', '/=', '=<', '<', '>=', '>', '=:=', '=/=', 'andalso',
                 'orelse', '!', '=', ':', '(', '#'],
    case lists:member(Kind, Operators) of
        true -> throw(bad_term);
        false -> throw({before, Tokens})
    end;
stop(Tokens) ->
    throw({before, Tokens}).

first([{'(', _} | More]) -> first(More);
first([Token | _]) -> element(2, Token);
first([]) -> 0.

last([]) -> 0;
last(Tokens) -> element(2, lists:last(Tokens)).

text({dot, _}) -> "'.'";
text({atom, _, Atom}) -> lists:flatten(io_lib:write_atom(Atom));
text({string, _, Text}) -> lists:flatten(io_lib:write_string(Text));
text({char, _, C}) -> lists:flatten(io_lib:write_char(C));
text({var, _, Name}) -> atom_to_list(Name);
text({_, _, Value}) -> lists:flatten(io_lib:write(Value));
text({Kind, _}) -> lists:flatten(io_lib:write_atom(Kind)).
