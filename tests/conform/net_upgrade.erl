%% a connection that begins plainly and goes on by TLS, and what is left in it by then
-module(net_upgrade).
-export([main/0]).

main() ->
    {ok, _} = application:ensure_all_started(ssl),
    #{server_config := SC} = public_key:pkix_test_data(#{server_chain => #{root => key(), intermediates => [], peer => key()}, client_chain => #{root => key(), intermediates => [], peer => key()}}),
    O = [binary, {active, false}, {ip, {127, 0, 0, 1}}],
    {ok, L} = gen_tcp:listen(0, O),
    {ok, P} = inet:port(L),
    Me = self(),
    spawn_link(fun() ->
                       {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, O),
                       ok = gen_tcp:send(C, "STARTTLS\n"),
                       {ok, <<"go\n">>} = gen_tcp:recv(C, 3),
                       {ok, T} = ssl:connect(C, [{verify, verify_none}], 10000),
                       ok = ssl:send(T, "over tls"),
                       R = ssl:recv(T, 0, 10000),
                       R2 = ssl:recv(T, 0, 10000),
                       Me ! {client, [R, R2, gen_tcp:send(C, "x"), ssl:close(T)]}
               end),
    {ok, S} = gen_tcp:accept(L),
    ok = inet:setopts(S, [{packet, line}]),
    {ok, Line} = gen_tcp:recv(S, 0),
    ok = inet:setopts(S, [{packet, raw}]),
    ok = gen_tcp:send(S, "go\n"),
    {ok, T} = ssl:handshake(S, SC, 10000),
    {ok, D} = ssl:recv(T, 8, 10000),
    ok = ssl:send(T, ["answer to ", D]),
    ok = ssl:close(T),
    {client, [R, R2, _, _]} = receive M -> M after 20000 -> nothing end,
    io:format("~0p~n", [[Line, D, R, R2]]).

key() -> [{key, {namedCurve, secp256r1}}].
