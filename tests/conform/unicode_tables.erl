%% The tables of unicode_util, character by character: a hash of each range.
-module(unicode_tables).
-export([main/0]).

main() ->
    Functions = [{F, fun(C) -> apply(unicode_util, F, [[C, $e, 16#301]]) end}
                 || F <- [cp, gc, nfd, nfc, nfkd, nfkc, uppercase, lowercase, titlecase, casefold]],
    Ranges = [{0, 16#7ff}, {16#800, 16#1fff}, {16#2000, 16#33ff}, {16#a640, 16#abff}, {16#ac00, 16#ac40},
              {16#d780, 16#d7ff}, {16#f900, 16#ffff}, {16#10000, 16#11fff}, {16#16e40, 16#16e9f},
              {16#1d100, 16#1d7ff}, {16#1e000, 16#1f6ff}, {16#2f7f0, 16#2fa2f}, {16#e0000, 16#e01ff}],
    [io:format("~p ~.16b ~p~n", [Name, First, hash(F, First, Last, 0)])
     || {Name, F} <- Functions, {First, Last} <- Ranges].

hash(_, C, Last, H) when C > Last -> H;
hash(F, C, Last, H) -> hash(F, C + 1, Last, erlang:phash2({H, F(C)})).
