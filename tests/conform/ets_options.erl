%% What options make of a table: the last one counts, some go with others.
-module(ets_options).
-export([main/0]).
main() -> D={write_concurrency,{debug_hash_fixed_number_of_locks,1024}}, WT={write_concurrency,true}, WA={write_concurrency,auto}, DT={decentralized_counters,true}, DF={decentralized_counters,false},
 [io:format("~w ~w ~w~n", [Ty, O, try T=ets:new(t,[public,Ty|O]), {ets:info(T,decentralized_counters),ets:info(T,write_concurrency)} catch _:E -> E end]) || Ty <- [set,bag,ordered_set], O <- [[], [WT],[D],[D,WT],[WT,D],[WA],[D,WA],[WA,D],[WT,DT],[WT,D,DT],[WT,D,DF],[D,DF,WT],[DT,WT],[DF,WA],[WT,{write_concurrency,false}],[D,{write_concurrency,false}],[DT]]].
