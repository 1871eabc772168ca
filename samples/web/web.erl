%% A small web server: keep-alive HTTP/1.1, one process a connection, packets cut by the runtime.
%%
%%     beamrc build samples/web/web.erl -o web && ./web 8080
-module(web).
-export([main/1]).

main([Port]) -> serve(list_to_integer(Port));
main([]) -> serve(8080).

serve(Port) ->
    {ok, Listen} = gen_tcp:listen(Port, [binary, {ip, {127, 0, 0, 1}}, {packet, http_bin}, {active, false},
                                         {reuseaddr, true}, {nodelay, true}, {backlog, 1024}]),
    {ok, Bound} = inet:port(Listen),
    io:format("listening on ~b~n", [Bound]),
    [spawn_link(fun() -> accept(Listen) end) || _ <- lists:seq(1, 4)],
    receive stop -> ok end.

accept(Listen) ->
    {ok, Socket} = gen_tcp:accept(Listen),
    Pid = spawn(fun() -> receive go -> request(Socket) end end),
    ok = gen_tcp:controlling_process(Socket, Pid),
    Pid ! go,
    accept(Listen).

request(Socket) ->
    case gen_tcp:recv(Socket, 0) of
        {ok, {http_request, Method, {abs_path, Path}, Version}} ->
            {Length, Keep} = headers(Socket, 0, Version =:= {1, 1}),
            Body = body(Socket, Length),
            ok = gen_tcp:send(Socket, answer(Method, Path, Body)),
            case Keep of
                true -> request(Socket);
                false -> gen_tcp:close(Socket)
            end;
        _ ->
            gen_tcp:close(Socket)
    end.

headers(Socket, Length, Keep) ->
    case gen_tcp:recv(Socket, 0) of
        {ok, {http_header, _, 'Content-Length', _, Value}} ->
            headers(Socket, binary_to_integer(Value), Keep);
        {ok, {http_header, _, 'Connection', _, Value}} ->
            headers(Socket, Length, string:lowercase(Value) =/= <<"close">>);
        {ok, {http_header, _, _, _, _}} ->
            headers(Socket, Length, Keep);
        {ok, http_eoh} ->
            {Length, Keep}
    end.

body(_, 0) ->
    <<>>;
body(Socket, Length) ->
    ok = inet:setopts(Socket, [{packet, raw}]),
    {ok, Body} = gen_tcp:recv(Socket, Length),
    ok = inet:setopts(Socket, [{packet, http_bin}]),
    Body.

answer('POST', _, Body) -> page(<<"200 OK">>, Body);
answer(_, <<"/">>, _) -> page(<<"200 OK">>, <<"<h1>It works</h1>\n">>);
answer(_, <<"/hello/", Name/binary>>, _) -> page(<<"200 OK">>, [<<"Hello, ">>, Name, $\n]);
answer(_, _, _) -> page(<<"404 Not Found">>, <<"not here\n">>).

page(Status, Body) ->
    [<<"HTTP/1.1 ">>, Status, <<"\r\nContent-Type: text/html\r\nContent-Length: ">>,
     integer_to_binary(iolist_size(Body)), <<"\r\n\r\n">>, Body].
