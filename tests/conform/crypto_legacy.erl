%% Ciphers and digests that OpenSSL 3 counts as legacy.
-module(crypto_legacy).
-export([main/0]).

main() -> [io:format("~p ~w~n", [K, lists:sort(V)]) || {K, V} <- lists:sort(crypto:supports()), K =:= ciphers orelse K =:= hashs],
  [io:format("~p ~p~n", [H, catch crypto:hash(H, <<"abc">>)]) || H <- [md4, md5, ripemd160, sha]],
  [io:format("~p ~p ~p~n", [C, K, catch enc(C, K, I)]) || {C,Ks,I} <- [{rc4,[1,5,16,32,256],0},{rc2_cbc,[1,5,8,16,32,128],8},{blowfish_cbc,[1,4,5,16,56,72],8},{blowfish_cfb64,[16],8},{blowfish_ecb,[16],0},{blowfish_ofb64,[16,20],8},{des_cbc,[8,7],8},{des_cfb,[8],8},{des_ecb,[8],0},{des_ede3_cbc,[24],8},{des_ede3_cfb,[24],8}], K <- Ks],
  [io:format("~p ~w~n", [C, catch crypto:cipher_info(C)]) || C <- [rc4,rc2_cbc,blowfish_cbc,blowfish_cfb64,blowfish_ecb,blowfish_ofb64,des_cbc,des_cfb,des_ecb]],
  io:format("~p~n", [crypto:hash_info(md4)]),
  S = crypto:hash_update(crypto:hash_init(md4), "a"),
  io:format("~p~n", [crypto:hash_final(crypto:hash_update(S, "bc")) =:= crypto:hash(md4, "abc")]).
enc(C, K, I) ->
  Key = binary:part(iolist_to_binary([lists:seq(0, 255), lists:seq(0,255)]), 3, K), IV = binary:copy(<<2>>, I),
  try
   E = crypto:crypto_one_time(C, Key, IV, <<"0123456789abcdef">>, true),
   D = crypto:crypto_one_time(C, Key, IV, E, false),
   {binary:encode_hex(E), D}
  catch error:{T, _, M} -> {T, M} end.
