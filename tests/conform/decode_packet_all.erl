%% erlang:decode_packet/3: each kind, of each length of what is there, with each option
-module(decode_packet_all).
-export([main/0]).

main() ->
    [io:format("~0p ~0p: ~0p~n", [K, B, [d(K, binary:part(B, 0, N), []) || N <- lists:seq(0, byte_size(B))]]) || {K, B} <- whole()],
    [io:format("~0p ~0p ~0p: ~0p~n", [K, B, S, d(K, B, [{packet_size, S}])]) || {K, B} <- whole(), S <- [0, 1, 4, 5, 8, 9, 10, 13, 100]],
    [io:format("~0p: ~0p~n", [{K, B, O}, d(K, B, O)]) || {K, B, O} <- more()],
    [io:format("~0p: ~0p~n", [X, bad(X)]) || X <- wrong()].

d(K, B, O) -> try erlang:decode_packet(K, B, O) catch error:R -> R end.

whole() ->
    [{raw, <<"ab">>}, {0, <<"ab">>}, {1, <<2, "abc">>}, {2, <<0, 2, "abc">>}, {4, <<0, 0, 0, 2, "abc">>},
     {asn1, <<48, 2, "abc">>}, {asn1, <<63, 133, 5, 130, 0, 2, "ab">>}, {asn1, <<48, 128, "ab">>}, {asn1, <<48, 133, 0, 0, 0, 0, 1, 2>>}, {sunrm, <<128, 0, 0, 2, "abc">>}, {cdr, <<"GIOP", 1, 0, 0, 0, 0, 0, 0, 1, "xy">>},
     {cdr, <<"GIOP", 1, 0, 1, 0, 1, 0, 0, 0, "xy">>}, {fcgi, <<1, 2, 3, 4, 0, 1, 2, 0, "zppq">>}, {fcgi, <<2, 2, 3, 4, 0, 1, 2, 0>>}, {tpkt, <<3, 0, 0, 5, "qr">>}, {tpkt, <<3, 1, 0, 5, "qr">>},
     {line, <<"a\r\nb">>}, {ssl_tls, <<22, 3, 1, 0, 2, "abc">>}, {ssl_tls, <<128, 3, 1, 0, 2, "abc">>}, {ssl_tls, <<0, 3, 1, 0, 2, "abc">>}, {ssl_tls, <<128, 11, 1, 3, 1, 0, 3, 0, 0, 0, 2, "abc12">>},
     {http, <<"GET / HTTP/1.1\r\nx">>}, {http_bin, <<"HTTP/1.1 200 Fine\r\nx">>}, {httph, <<"A: b\r\n\r\n">>}, {httph_bin, <<"\r\nx">>}, {httph, <<"A: b\r\n c\r\nd">>}].

more() ->
    [{line, <<"abcdefgh\nx">>, [{line_length, N}]} || N <- [0, 1, 8, 9, 10]]
    ++ [{line, <<"abcdefgh">>, [{line_length, N}]} || N <- [1, 7, 8, 9]]
    ++ [{line, <<"a;b\nc">>, [{line_delimiter, D}]} || D <- [$;, $\n, $z, 0]]
    ++ [{line, <<"a\nb">>, [{packet_size, 1}, {line_length, 1}]}, {line, <<>>, []}, {http, <<>>, []}, {http, <<"A: b\r\n\r\n">>, []},
        {http, <<"GET /looooooong HTTP/1.1\r\n">>, [{line_length, 5}]}, {http, <<"GET /looooooong HTTP/1.1\r\n">>, [{packet_size, 5}]},
        {httph, <<"GET / HTTP/1.1\r\n\r\n">>, []}, {1, <<1, "a">>, [{packet_size, 5}, {line_length, 7}, {line_delimiter, $a}]},
        {4, <<128, 0, 0, 0, 1>>, []}, {4, <<127, 255, 255, 255, 1>>, []}, {sunrm, <<255, 255, 255, 255, 1>>, []}, {asn1, <<48, 132, 127, 255, 255, 255>>, []},
        {asn1, <<48, 132, 128, 0, 0, 0>>, []}, {2, <<3:7, 0:1, 1:8, "ab">>, []}, {raw, <<>>, []}, {1, <<0>>, []}, {cdr, <<"GIOP", 1, 0, 0, 0, 255, 255, 255, 255>>, []}].

wrong() ->
    [{foo, <<>>, []}, {3, <<>>, []}, {1, "ab", []}, {1, <<1:3>>, []}, {1, <<>>, foo}, {1, <<>>, [foo]}, {1, <<>>, [{foo, 1}]}, {1, <<>>, [{packet_size, a}]},
     {1, <<>>, [{packet_size, -1}]}, {1, <<>>, [{packet_size, 16#FFFFFFFF}]}, {1, <<>>, [{packet_size, 16#100000000}]}, {line, <<"a\n">>, [{line_delimiter, 256}]}, {line, <<"a\n">>, [{line_delimiter, -1}]},
     {line, <<"a\n">>, [{line_delimiter, a}]}, {line, <<"a\n">>, [{line_length, -1}]}, {"1", <<>>, []}, {1.0, <<>>, []}].

bad({A, B, C}) ->
    try erlang:decode_packet(A, B, C)
    catch error:R:T -> [{M, F, As, I} | _] = T, {R, M, F, As, proplists:get_value(error_info, I)}
    end.
