%% Strings of many scripts: graphemes, case, normal forms, emoji sequences, combining marks.
-module(string_unicode).
-export([main/0, id/1]).

main() ->
    Ss = ["a\x{308}\x{323}o", [16#1F468, 16#200D, 16#1F469, 16#200D, 16#1F467], [16#1F1E9, 16#1F1EA, 16#1F1EB, 16#1F1F7], "\r\n\n\r", [16#1100, 16#1161, 16#11A8], [16#0E01, 16#0E33], "Straße", "ΑΣ", "İı", "Ǆǅǆ", [16#1F3FB, $a, 16#1F44D, 16#1F3FB], [16#FB00]],
    [begin
         p(string:length(S)), p(string:to_graphemes(S)), p(string:uppercase(S)), p(string:lowercase(S)), p(string:casefold(S)), p(string:reverse(S)), p(string:slice(S, 1)), p(unicode:characters_to_nfd_list(S)), p(unicode:characters_to_nfc_list(S)),
         p(string:length(unicode:characters_to_binary(S))), p(string:trim(S)), p(string:pad(S, 4, leading, $.))
     end || S <- Ss],
    p(string:equal("\x{e4}", "a\x{308}", false, nfc)), p(string:equal("STRASSE", "straße", true)),
    ok.

id(X) -> X.
p(X) -> io:format("~w~n", [X]).
