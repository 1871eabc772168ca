%% Public keys taken out of private ones.
-module(crypto_public_part).
-export([main/0]).
main() ->
  {Pub,Priv} = crypto:generate_key(rsa,{1024,65537}),
  F = fun(G) -> try G() catch C:R:_ -> {C,R} end end,
  T = fun(X) -> io:format("~p~n", [X]) end,
  io:format("~p~n",[[binary:decode_unsigned(B) || B <- Pub] =:= crypto:privkey_to_pubkey(rsa,Priv)]),
  T(F(fun() -> crypto:privkey_to_pubkey(rsa,[1,2]) end)),
  T(F(fun() -> crypto:privkey_to_pubkey(rsa,[]) end)),
  T(F(fun() -> crypto:privkey_to_pubkey(rsa,foo) end)),
  T(F(fun() -> crypto:privkey_to_pubkey(rsa,[a,b,c]) end)),
  T(F(fun() -> crypto:privkey_to_pubkey(rsa,[3,15,3]) end)),
  T(F(fun() -> crypto:privkey_to_pubkey(rsa,#{engine=>x,key_id=>"a"}) end)),
  T(F(fun() -> crypto:privkey_to_pubkey(dss,[1,2,3,4]) end)),
  T(F(fun() -> crypto:privkey_to_pubkey(dss,[1,2,3]) end)),
  T(F(fun() -> crypto:privkey_to_pubkey(ecdsa,[<<1:256>>,secp256r1]) end)),
  T(F(fun() -> crypto:privkey_to_pubkey(ecdsa,[foo,secp256r1]) end)),
  T(F(fun() -> crypto:privkey_to_pubkey(foo,[1,2]) end)),
  T(F(fun() -> crypto:privkey_to_pubkey(dss,[7,3,2,2]) end)).
