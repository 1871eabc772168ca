%% The part of re that puts a log event on one line, in programs that use no other: PCRE takes half a
%% megabyte.
-module(re).
-beamrc_callers([logger_formatter]).
-export([replace/4]).

%% ",?\r?\n\s*": the \s, in a string, is a space.
replace(Text, ",?\r?\n\s*", ", ", [{return, list}, global, unicode]) ->
    case unicode:characters_to_list(Text) of
        Characters when is_list(Characters) -> one_line(Characters);
        _ -> error(badarg)
    end.

one_line([$,, $\r, $\n | More]) -> one_line_after(More);
one_line([$,, $\n | More]) -> one_line_after(More);
one_line([$\r, $\n | More]) -> one_line_after(More);
one_line([$\n | More]) -> one_line_after(More);
one_line([C | More]) -> [C | one_line(More)];
one_line([]) -> [].

one_line_after([$\s | More]) -> one_line_after(More);
one_line_after(More) -> [$,, $\s | one_line(More)].
