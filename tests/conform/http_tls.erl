%% https with inets at both ends
-module(http_tls).
-export([main/0]).

main() ->
    logger:set_primary_config(level, none),
    {ok, _} = application:ensure_all_started(ssl),
    {ok, _} = application:ensure_all_started(inets),
    Key = [{key, {namedCurve, secp256r1}}],
    #{server_config := S, client_config := C} = public_key:pkix_test_data(
        #{server_chain => #{root => Key, intermediates => [], peer => Key},
          client_chain => #{root => Key, intermediates => [], peer => Key}}),
    Root = filename:join("/tmp", "http_tls_" ++ os:getpid()),
    ok = file:make_dir(Root),
    ok = file:write_file(filename:join(Root, "page.txt"), binary:copy(<<"secret\n">>, 10000)),
    {ok, Pid} = inets:start(httpd, [{port, 0}, {bind_address, {127, 0, 0, 1}}, {server_name, "here"},
                                    {server_root, Root}, {document_root, Root}, {socket_type, {ssl, S}},
                                    {modules, [mod_get]}]),
    [{port, Port}] = httpd:info(Pid, [port]),
    Url = "https://127.0.0.1:" ++ integer_to_list(Port) ++ "/page.txt",
    Good = [{ssl, [{verify, verify_peer}, {server_name_indication, disable} | C]}],
    [io:format("~p~n", [ask(Url, Good)]) || _ <- [1, 2, 3]],
    io:format("~p~n", [ask(Url, [{ssl, [{verify, verify_none}, {versions, ['tlsv1.2']}]}])]),
    io:format("~p~n", [ask(Url, [{ssl, [{verify, verify_peer}, {cacerts, []}]}])]),
    io:format("~p~n", [ask(Url, [{ssl, [{verify, verify_peer} | C]}])]),
    ok = inets:stop(httpd, Pid),
    ok = file:del_dir_r(Root).

ask(Url, Options) ->
    case httpc:request(get, {Url, []}, Options, [{body_format, binary}]) of
        {ok, {{_, Code, _}, _, Body}} -> {Code, byte_size(Body)};
        {error, {failed_connect, [_, {inet, _, {tls_alert, {Kind, _}}}]}} -> Kind;
        {error, {failed_connect, [_, {inet, _, Reason}]}} -> Reason;
        Other -> Other
    end.
