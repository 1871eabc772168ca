%% The external format's options, one by one and together; the same terms back; hostile bytes: cut short, sizes that lie, false compression.
-module(etf_options).
-export([main/0]).
main() ->
    T = {a, 1.5, [<<1:3>>, binary:copy(<<"x">>, 100)]},
    O = [[], compressed, [compressed | x], [{compressed, 10}], [{compressed, -1}], [{compressed, a}], [{minor_version, 3}], [{minor_version, -1}], [{minor_version, a}], [foo], [{foo, 1}], [deterministic, compressed, {compressed, 1}, {minor_version, 0}], [local], [deterministic | deterministic], [{compressed, 1, 2}], 17, [{minor_version, 0}, {minor_version, 1}], [{minor_version, 1}, {minor_version, 0}], [{minor_version, 2}, {minor_version, 0}], [{compressed,9},{compressed,0}], [{compressed,0},compressed], [iovec], [{deterministic, true}], [{minor_version, 1 bsl 70}], [{compressed, 1 bsl 70}]],
    [io:format("~0p ~0p~n", [X, [t(fun() -> F(X) end) || F <- [fun(Y) -> term_to_binary(T, Y) end, fun(Y) -> erlang:term_to_iovec(T, Y) end, fun(Y) -> erlang:external_size(T, Y) end]]]) || X <- O],
    [io:format("~0p ~0p~n", [X, [t(fun() -> binary_to_term(B, X) end) || B <- [term_to_binary(T), <<131, 97>>, x, <<131, 97, 7, 8>>, <<131,100,0,9,"unknown_q">>, <<131,97,7,1:3>>]]]) || X <- [[], [safe], [used], [used, safe], [safe | used], used, [foo], [{safe, true}], 1, [safe, safe], [used | x], [1 | 2]]],
    [io:format("~0p~n", [t(fun() -> F() end)]) || F <- [fun() -> binary_to_term(x) end, fun() -> binary_to_term(<<1:3>>) end, fun() -> binary_to_term([]) end, fun() -> term_to_binary(1, 2) end]],
    %% sizes
    [io:format("~0p ~0p~n", [B, t(fun() -> binary_to_term(B) end)]) || B <- [<<131,108,16#ffffffff:32>>, <<131,108,16#7fffffff:32,106>>, <<131,105,16#ffffffff:32,97,1>>, <<131,105,16#ffffff:32>>, <<131,116,16#ffffffff:32,97,1,97,1>>, <<131,116,16#80000000:32>>, <<131,109,16#ffffffff:32>>, <<131,77,16#ffffffff:32,7>>, <<131,111,16#ffffffff:32,0>>, <<131,111,16#ffffff:32,0,1,2,3>>, <<131,107,16#ffff:16,1>>, <<131,112,16#ffffffff:32>>, <<131,114,16#ffff:16>>, <<131,90,6:16,119,1,"a",1:32,1:32,2:32,3:32,4:32,5:32,6:32>>,
        <<131,80,16#ffffffff:32>>, <<131,80,16#ffffffff:32,120,156,1,2,3>>, <<131,80,1:32,(zlib:compress(<<97,1>>))/binary>>, <<131,80,2:32,(zlib:compress(<<97,1>>))/binary>>, <<131,80,3:32,(zlib:compress(<<97,1>>))/binary>>, <<131,80,2:32,(zlib:compress(<<97,1>>))/binary,9,9>>, <<131,80,4:32,(zlib:compress(<<97,1,5,5>>))/binary>>, <<131,80,9:32,(zlib:compress(<<80,2:32,120,156,1,2>>))/binary>>, <<131,80,16#40000000:32,(zlib:compress(<<0:8000000>>))/binary>>, <<131,80,16#20000000:32,(zlib:compress(<<109,16#1ffffffb:32,0:8000000>>))/binary>>,
        <<131,131,97,1>>, <<131,97,1,97,1>>, <<131,70,16#7ff0000000000000:64>>, <<131,70,16#7ff8000000000000:64>>, <<131,99,"1.5",0:224>>, <<131,99,"1e5",0:224>>, <<131,99,"-1.50000000000000000000e+00",0:40>>, <<131,99,"1.5e400",0:192>>, <<131,99," 1.5",0:216>>, <<131,99,"+1.5",0:216>>,<<131,99,"1.5 ",0:216>>, <<131,99,"1.5",0,"garbage",0:160>>, <<131,110,0,0>>, <<131,110,1,0,0>>, <<131,110,1,1,0>>, <<131,110,1,2,5>>, <<131,110,1,255,5>>, <<131,110,9,1,0:72>>, <<131,110,8,0,5,0:56>>, <<131,111,0:32,0>>, <<131,77,1:32,8,255>>, <<131,77,0:32,0>>, <<131,77,0:32,8>>, <<131,77,1:32,0,255>>, <<131,77,1:32,9,255>>, <<131,77,2:32,3,255,255>>, <<131,116,2:32,97,1,97,2,97,1,97,3>>, <<131,116,2:32,97,1,97,2,70,1.0/float,97,3>>, <<131,116,2:32,70,0.0/float,97,2,70,-0.0/float,97,3>>,
        <<131,113,119,5,"lists",119,3,"map",97,2>>, <<131,113,119,5,"lists",119,3,"map",98,-1:32>>, <<131,113,119,5,"lists",119,3,"map",110,1,0,2>>, <<131,118,0:16>>, <<131,119,0>>, <<131,119,2,16#c3,16#a5>>, <<131,119,1,16#c3>>, <<131,119,2,16#c0,16#80>>, <<131,119,3,16#ed,16#a0,16#80>>, <<131,118,1020:16,(binary:copy(<<16#1f600/utf8>>,255))/binary>>, <<131,118,1024:16,(binary:copy(<<16#1f600/utf8>>,256))/binary>>, <<131,100,255:16,(binary:copy(<<229>>,255))/binary>>, <<131,100,256:16,(binary:copy(<<229>>,256))/binary>>, <<131,115,2,"ab">>, <<131,115,0>>, <<131,117,0:32>>, <<131,68,0>>, <<131,82,0>>, <<131,107,0:16>>, <<131,106>>, <<131,104,0>>, <<131,105,0:32>>, <<131,108,0:32,97,1>>, <<131,108,0:32,106>>, <<131,108,1:32,97,1,97,2>>, <<131,108,2:32,97,1,97,2,107,0,1,65>>,
        <<131,103,119,3,"a@b",1:32,2:32,4>>, <<131,102,119,3,"a@b",1:32,4>>, <<131,101,119,3,"a@b",16#ffffffff:32,3>>, <<131,88,97,1,1:32,1:32,1:32>>, <<131,88,119,13,"nonode@nohost",1:32,0:32,0:32>>, <<131,88,119,13,"nonode@nohost",1:32,0:32,1:32>>]],
    keys(),
    each(), ok.

%% 0.0 and -0.0 are one key: which one stays
keys() ->
    Z = [0.0, -0.0, 1, a],
    [io:format("~w ~w~n", [{A, B}, [maps:from_list([{A, 1}, {B, 2}, {3, 3}]), maps:from_keys([A, B], v), maps:put(B, q, #{A => 1}), maps:merge(#{A => x}, #{B => y})]]) || A <- Z, B <- Z].

%% terms of every kind with every option: the bytes; then with each byte changed, each length
each() ->
    O = [[], [compressed], [{compressed, 1}], [{minor_version, 0}], [{minor_version, 2}], [deterministic]],
    Long = binary:copy(<<"0123456789">>, 30), <<_:3, Odd:1999/bits, _/bits>> = Long,
    Ts = [N bsl S || S <- [0, 7, 15, 31, 58, 59, 60, 63, 64, 2031, 2032], N <- [1, -1, 255]] ++ [0.1, -0.0, 1.0e300, 5.0e-324, a, '', list_to_atom(lists:duplicate(255, $x)), list_to_atom(lists:duplicate(200, 229)), list_to_atom(lists:duplicate(64, 16#20ac)), list_to_atom(lists:duplicate(63, 16#1f600)),
        [], "text", lists:duplicate(65535, 7), lists:duplicate(65536, 7), [1, 256], [a | b], {}, list_to_tuple(lists:seq(1, 255)), list_to_tuple(lists:seq(1, 256)), <<>>, <<1:1>>, Long, Odd, binary:part(Long, 3, 200), [Long, {Long}, Odd],
        #{}, #{a => b, "k" => #{1 => 2.0}}, maps:from_list([{N, {N, Long}} || N <- lists:seq(1, 100)]), maps:from_list([{<<N>>, N / 3} || N <- lists:seq(1, 40)]), fun lists:map/2, [fun erlang:self/0]],
    [begin
         Bs = [term_to_binary(T, X) || X <- O],
         io:format("~w ~w ~w ~w~n", [[{byte_size(B), erlang:crc32(B)} || B <- Bs], [binary_to_term(B) =:= T || B <- Bs], [[byte_size(P) || P <- erlang:term_to_iovec(T, X)] || X <- [[], [{minor_version, 0}], [deterministic]]], [erlang:external_size(T, X) || X <- [[], [{minor_version, 0}], [{minor_version, 1}]]]])
     end || T <- Ts],
    B0 = term_to_binary({a, [1, 300, -5 | b], <<"bin">>, <<5:3>>, 1 bsl 70, 2.5, #{x => "str", 7 => {}}, fun lists:map/2}), C0 = term_to_binary(lists:duplicate(30, abc), [compressed]),
    [io:format("~w~n", [[hurt(B, N) || N <- lists:seq(0, byte_size(B) - 1)]]) || B <- [B0, C0]].

hurt(B, N) ->
    <<A:N/binary, X, T/binary>> = B,
    [try Y = binary_to_term(D), erlang:crc32(term_to_binary(Y)) catch error:badarg -> x end || D <- [A, <<A/binary, (X bxor 1), T/binary>>, <<A/binary, (X bxor 16), T/binary>>, <<A/binary, T/binary>>, <<A/binary, 106, X, T/binary>>]].

t(F) -> try F() catch C:R:St -> {C, R, case St of [{M, N, A, I} | _] -> {M, N, case is_list(A) of true -> length(A); _ -> A end, I} end} end.
