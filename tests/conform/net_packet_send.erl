%% what goes out in each kind of packet: the head that is put before, and what is too long for it
-module(net_packet_send).
-export([main/0]).

main() -> [backend(B) || B <- [inet, socket]].

backend(B) ->
    {ok, L} = gen_tcp:listen(0, [{inet_backend, B}, {ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    [begin
         {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [{inet_backend, B}, binary, {active, false}, {packet, K}]),
         {ok, S} = gen_tcp:accept(L),
         R = [{byte_size(iolist_to_binary(D)), gen_tcp:send(C, D)} || D <- data(K)],
         R2 = [try gen_tcp:send(C, D) catch X:Y -> {X, Y} end || D <- [atom, [a], <<1:3>>, [256], {1}]],
         ok = gen_tcp:shutdown(C, write),
         A = all(S, <<>>),
         io:format("~0p ~0p: ~0p ~0p ~0p ~0p~n", [B, K, R, R2, byte_size(A), erlang:md5(A)]),
         gen_tcp:close(C),
         gen_tcp:close(S)
     end || K <- [raw, 0, 1, 2, 4, asn1, sunrm, cdr, fcgi, tpkt, line, http, http_bin, httph, httph_bin, ssl_tls],
             not (B =:= socket andalso lists:member(K, [httph, httph_bin, ssl_tls]))],
    gen_tcp:close(L).

data(1) -> [<<>>, "", <<"a">>, [], [[], <<>>], bytes(255), bytes(256), bytes(257), "after"];
data(2) -> [<<>>, "ab", bytes(255), bytes(256), bytes(65535), bytes(65536), "after"];
data(4) -> [<<>>, "ab", bytes(70000), ["nested", [<<"list">>, $x], bytes(300)]];
data(_) -> [<<>>, "ab", <<3, 0, 0, 5, 1>>, ["nested", [<<"list">>, $x], bytes(300)]].

bytes(N) -> << <<(I rem 251)>> || I <- lists:seq(1, N) >>.

all(S, Acc) ->
    case gen_tcp:recv(S, 0, 2000) of
        {ok, D} -> all(S, <<Acc/binary, D/binary>>);
        {error, closed} -> Acc
    end.
