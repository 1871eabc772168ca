%% Maps: reading, testing, putting, updating.
-module(maps_ops).
-export([get/1, put/2, update/2, key/2]).

get(#{a := A, b := B}) -> {A, B};
get(#{}) -> none.

put(M, V) -> M#{x => V, "text" => 1}.

update(M, V) -> M#{x := V}.

key(M, K) -> is_map_key(K, M) andalso map_get(K, M).
