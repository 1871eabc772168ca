%% An HTTPS server, one process a connection: tls_web CERTFILE KEYFILE, on a port of 127.0.0.1 that it
%% prints.
-module(tls_web).
-export([main/1, start/0]).

start() -> main(init:get_plain_arguments()).

main([Cert, Key]) ->
    {ok, _} = application:ensure_all_started(ssl),
    {ok, Listen} = ssl:listen(0, [binary, {ip, {127, 0, 0, 1}}, {certfile, Cert}, {keyfile, Key},
                                  {packet, http_bin}, {active, false}, {reuseaddr, true}]),
    {ok, {_, Port}} = ssl:sockname(Listen),
    io:format("~b~n", [Port]),
    accept(Listen).

accept(Listen) ->
    {ok, Socket} = ssl:transport_accept(Listen),
    Pid = spawn(fun() -> receive go -> secure(Socket) end end),
    ok = ssl:controlling_process(Socket, Pid),
    Pid ! go,
    accept(Listen).

secure(Socket) ->
    case ssl:handshake(Socket, 5000) of
        {ok, Secure} -> request(Secure);
        {error, _} -> ok
    end.

request(Socket) ->
    case ssl:recv(Socket, 0, 5000) of
        {ok, {http_request, 'GET', {abs_path, Path}, _}} -> headers(Socket), answer(Socket, Path), request(Socket);
        _ -> ssl:close(Socket)
    end.

headers(Socket) ->
    case ssl:recv(Socket, 0, 5000) of
        {ok, http_eoh} -> ok;
        {ok, _} -> headers(Socket)
    end.

answer(Socket, Path) ->
    Body = [<<"hello from ">>, Path, $\n],
    ssl:send(Socket, [<<"HTTP/1.1 200 OK\r\nContent-Length: ">>, integer_to_list(iolist_size(Body)),
                      <<"\r\n\r\n">>, Body]).
