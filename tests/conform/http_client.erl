%% httpc against httpd over loopback: methods, bodies, streams, redirects, errors, keep-alive
-module(http_client).
-export([main/0, do/1]).
-include_lib("inets/include/httpd.hrl").

main() ->
    logger:set_primary_config(level, none),
    {ok, _} = application:ensure_all_started(inets),
    Root = filename:join("/tmp", "http_client_" ++ os:getpid()),
    ok = file:make_dir(Root),
    ok = file:write_file(filename:join(Root, "index.html"), "<h1>index</h1>\n"),
    ok = file:write_file(filename:join(Root, "large.bin"), binary:copy(<<"0123456789">>, 30000)),
    {ok, Pid} = inets:start(httpd, [{port, 0}, {bind_address, {127, 0, 0, 1}}, {server_name, "here"},
                                    {server_root, Root}, {document_root, Root},
                                    {directory_index, ["index.html"]},
                                    {mime_types, [{"html", "text/html"}, {"bin", "application/octet-stream"}]},
                                    {modules, [?MODULE, mod_alias, mod_dir, mod_get, mod_head]}]),
    [{port, Port}] = httpd:info(Pid, [port]),
    Base = "http://127.0.0.1:" ++ integer_to_list(Port),
    %% httpd closes after a head: else the next request may meet that.
    Own = fun(head) -> [{"connection", "close"}]; (_) -> [] end,
    [show(M, P, httpc:request(M, {Base ++ P, Own(M)}, [], []))
     || {M, P} <- [{get, "/"}, {get, "/index.html"}, {head, "/index.html"}, {get, "/none"}, {get, "/large.bin"},
                   {delete, "/index.html"}, {get, "/said?a=b%20c"}, {get, "/moved"}]],
    show(post, "/said", httpc:request(post, {Base ++ "/said", [{"x-own", "1"}], "text/plain", "a body"}, [], [])),
    show(post, "/said", httpc:request(post, {Base ++ "/said", [], "text/plain", <<"binary">>}, [], [{body_format, binary}])),
    Chunks = fun(0) -> eof; (N) -> {ok, integer_to_list(N), N - 1} end,
    show(post, "chunks", httpc:request(post, {Base ++ "/said", [{"content-length", "3"}], "text/plain", {Chunks, 3}}, [], [])),
    show(put, "/said", httpc:request(put, {Base ++ "/said", [], "text/plain", "put"}, [], [])),
    show(get, "not followed", httpc:request(get, {Base ++ "/moved", []}, [{autoredirect, false}], [])),
    {ok, {{"HTTP/1.1", 200, _}, Headers, _}} = httpc:request(Base ++ "/index.html"),
    Modified = proplists:get_value("last-modified", Headers),
    show(get, "modified since", httpc:request(get, {Base ++ "/index.html", [{"if-modified-since", Modified}]}, [], [])),
    show(get, "range", httpc:request(get, {Base ++ "/large.bin", [{"range", "bytes=5-14"}]}, [], [])),
    {ok, Ref} = httpc:request(get, {Base ++ "/large.bin", []}, [], [{sync, false}, {stream, self}]),
    io:format("streamed ~p~n", [stream(Ref, 0)]),
    {ok, Ref2} = httpc:request(get, {Base ++ "/index.html", []}, [], [{sync, false}]),
    receive {http, {Ref2, R}} -> show(get, "later", {ok, R}) end,
    File = filename:join(Root, "saved"),
    {ok, saved_to_file} = httpc:request(get, {Base ++ "/large.bin", []}, [], [{stream, File}]),
    io:format("saved ~p~n", [filelib:file_size(File)]),
    io:format("~p~n", [httpc:request(get, {Base ++ "/slow", []}, [{timeout, 50}], [])]),
    io:format("~p~n", [short(httpc:request(get, {"http://127.0.0.1:1/", []}, [], []))]),
    io:format("~p~n", [httpc:request(get, {"nothing", []}, [], [])]),
    io:format("~p~n", [short(httpc:request("ftp://127.0.0.1/"))]),
    garbage(Port),
    ok = inets:stop(httpd, Pid),
    io:format("~p~n", [short(httpc:request(get, {Base ++ "/", []}, [], []))]),
    ok = file:del_dir_r(Root).

%% A module of the server.
do(#mod{request_uri = "/said" ++ _ = U, method = M, entity_body = B, parsed_header = H}) ->
    Own = proplists:get_value("x-own", H, "none"),
    answer(200, io_lib:format("~s ~s ~s ~s", [M, U, B, Own]));
do(#mod{request_uri = "/moved"}) ->
    {proceed, [{response, {response, [{code, 302}, {location, "/index.html"}, {content_length, "0"}], [""]}}]};
do(#mod{request_uri = "/slow"}) ->
    timer:sleep(300),
    answer(200, "slow");
do(#mod{data = Data}) ->
    {proceed, Data}.

answer(Code, Body) ->
    Text = lists:flatten(Body),
    {proceed, [{response, {response, [{code, Code}, {content_type, "text/plain"},
                                      {content_length, integer_to_list(length(Text))}], [Text]}}]}.

show(M, P, {ok, {{V, Code, Text}, Headers, Body}}) ->
    Kept = [H || {K, _} = H <- Headers, not lists:member(K, ["date", "server", "last-modified", "etag"])],
    io:format("~p ~s: ~s ~p ~s~n  ~p~n  ~p~n", [M, P, V, Code, Text, Kept, summary(Body)]);
show(M, P, Other) -> io:format("~p ~s: ~p~n", [M, P, Other]).

summary(B) when is_binary(B), byte_size(B) > 400 -> {binary, byte_size(B)};
summary(B) when is_list(B), length(B) > 400 -> {list, length(B)};
summary(B) -> B.

short({error, {failed_connect, [{to_address, _}, {_, _, Reason}]}}) -> {failed_connect, Reason};
short(Other) -> Other.

stream(Ref, N) ->
    receive
        {http, {Ref, stream_start, _}} -> stream(Ref, N);
        {http, {Ref, stream, B}} -> stream(Ref, N + byte_size(B));
        {http, {Ref, stream_end, _}} -> N
    end.

%% Requests by hand.
garbage(Port) ->
    [begin
         {ok, S} = gen_tcp:connect({127, 0, 0, 1}, Port, [binary, {active, false}]),
         ok = gen_tcp:send(S, B),
         gen_tcp:shutdown(S, write),
         Said = until_closed(S, <<>>),
         [First | _] = binary:split(Said, <<"\r\n">>),
         io:format("~p: ~p ~p~n", [binary:part(B, 0, min(20, byte_size(B))), First,
                                   length(binary:matches(Said, <<"HTTP/1">>))]),
         gen_tcp:close(S)
     end || B <- [<<"GET / HTTP/1.0\r\n\r\n">>, <<"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n">>,
                  <<"NONSENSE\r\n\r\n">>, <<"GET / HTTP/9.9\r\n\r\n">>, <<"GET /../../etc/passwd HTTP/1.0\r\n\r\n">>,
                  <<"GET / HTTP/1.1\r\n\r\n">>]].

until_closed(S, B) ->
    case gen_tcp:recv(S, 0, 5000) of
        {ok, More} -> until_closed(S, <<B/binary, More/binary>>);
        {error, _} -> B
    end.
