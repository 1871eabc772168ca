%% OTP's resolver asks a name server of our own
-module(net_dns).
-export([main/0]).

main() ->
    {ok, S} = gen_udp:open(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(S),
    spawn_link(fun() -> serve(S) end),
    Opts = [{nameservers, [{{127, 0, 0, 1}, P}]}, {timeout, 2000}, {retry, 1}],
    io:format("~p~n", [inet_res:lookup("one.test", in, a, Opts)]),
    io:format("~p~n", [inet_res:lookup("two.test", in, a, Opts)]),
    io:format("~p~n", [inet_res:lookup("one.test", in, aaaa, Opts)]),
    io:format("~p~n", [inet_res:lookup("text.test", in, txt, Opts)]),
    io:format("~p~n", [element(1, inet_res:resolve("none.test", in, a, Opts))]),
    inet_db:set_lookup([dns]),
    inet_db:ins_alt_ns({127, 0, 0, 1}, P),
    inet_db:res_option(nameservers, [{{127, 0, 0, 1}, P}]),
    io:format("~p~n", [inet:getaddr("one.test", inet)]),
    io:format("~p~n", [inet:getaddr("none.test", inet)]).

serve(S) ->
    {ok, {A, P, B}} = gen_udp:recv(S, 0),
    ok = gen_udp:send(S, A, P, answer(B)),
    serve(S).

%% The head, the question as it came, and answers that name it by a pointer.
answer(<<Id:16, _:16, 1:16, _:48, Rest/binary>>) ->
    {Name, <<Type:16, _:16, _/binary>>} = name(Rest, []),
    Question = binary:part(Rest, 0, lists:sum([length(L) + 1 || L <- Name]) + 5),
    Data = data(Name, Type),
    Code = case Name of ["none" | _] -> 3; _ -> 0 end,
    [<<Id:16, (16#8180 bor Code):16, 1:16, (length(Data)):16, 0:32>>, Question,
     [<<16#C00C:16, Type:16, 1:16, 60:32, (byte_size(D)):16, D/binary>> || D <- Data]].

name(<<0, Rest/binary>>, Acc) -> {lists:reverse(Acc), Rest};
name(<<N, L:N/binary, Rest/binary>>, Acc) -> name(Rest, [binary_to_list(L) | Acc]).

data(["one" | _], 1) -> [<<10, 0, 0, 1>>];
data(["two" | _], 1) -> [<<10, 0, 0, 2>>, <<10, 0, 0, 3>>];
data(["one" | _], 28) -> [<<16#fd00:16, 0:96, 7:16>>];
data(["text" | _], 16) -> [<<5, "hello">>];
data(_, _) -> [].
