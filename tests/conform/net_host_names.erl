%% names and addresses: localhost, literals, parsing and writing of all forms
-module(net_host_names).
-export([main/0]).

main() ->
    [io:format("~0p: ~0p~n", [{N, F}, inet:getaddr(N, F)]) || N <- [localhost, "localhost", "127.0.0.1", "::1", {127, 0, 0, 1}, {0, 0, 0, 0, 0, 0, 0, 1}, "", "127.1", "0x7f.1", "300.1.1.1"], F <- [inet, inet6]],
    [io:format("~0p: ~0p~n", [N, t(fun() -> inet:gethostbyname(N) end)]) || N <- [localhost, "localhost", "127.0.0.1", {127, 0, 0, 1}, 5]],
    [io:format("~0p: ~0p~n", [N, inet:gethostbyname(N, inet6)]) || N <- ["::1", "fe80::1%lo", "1.2.3.4"]],
    io:format("~0p~n", [inet:getaddrs("localhost", inet)]),
    io:format("~0p~n", [t(fun() -> inet:getaddr("localhost", foo) end)]),
    Texts = ["1.2.3.4", "1.2.3", "1.2", "1", "0x10.2", "010.1.1.1", "256.1.1.1", "1.2.3.4.5", "1.2.3.4 ", "", "a.b.c.d", "::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1::2::3", "::1.2.3.4", "::ffff:1.2.3.4",
             "fe80::1%eth0", "fe80::1%25", "FE80::ABCD", "12345::", "g::", "[::1]", "1:2:3:4:5:6:1.2.3.4", ":1", "1:", "4294967295", "4294967296", "1.16777215", "1.16777216", "1.2.65535"],
    [io:format("~0p: ~0p~n", [T, [inet:parse_address(T), inet:parse_ipv4_address(T), inet:parse_ipv6_address(T), inet:parse_strict_address(T), inet:parse_ipv4strict_address(T), inet:parse_ipv6strict_address(T)]]) || T <- Texts],
    As = [{1, 2, 3, 4}, {0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 1}, {65152, 0, 0, 0, 0, 0, 0, 1}, {0, 0, 0, 0, 0, 65535, 258, 772}, {0, 0, 0, 0, 0, 0, 258, 772}, {1, 0, 0, 2, 0, 0, 0, 3}, {1, 2, 3}, {256, 1, 1, 1}, foo, {1, 0, 3, 0, 5, 0, 7, 0}],
    [io:format("~0p: ~0p~n", [A, [t(fun() -> inet:ntoa(A) end), inet:is_ip_address(A), inet:is_ipv4_address(A), inet:is_ipv6_address(A), t(fun() -> inet:ipv4_mapped_ipv6_address(A) end)]]) || A <- As],
    [io:format("~0p: ~0p~n", [X, t(fun() -> inet:gethostbyaddr(X) end)]) || X <- [{127, 0, 0, 1}, "127.0.0.1"]],
    io:format("~0p~n", [[t(fun() -> inet:getservbyname(N, P) end) || {N, P} <- [{http, tcp}, {"ssh", tcp}, {nosuch, tcp}, {domain, udp}]]]),
    {ok, H} = inet:gethostname(),
    {ok, All} = inet:getifaddrs(),
    io:format("~0p ~0p~n", [is_list(H), [X || {addr, X} <- proplists:get_value("lo", All, []), tuple_size(X) =:= 4]]).

t(F) -> try F() catch E:R -> {E, R} end.
