%% module socket: arguments that are none, to each function
-module(sock_wrong).
-export([main/0]).

main() ->
    {ok, S} = socket:open(inet, stream, tcp),
    {ok, D} = socket:open(inet, dgram, udp),
    A = #{family => inet, addr => {127, 0, 0, 1}, port => 1},
    Fs = [{open, [fun() -> socket:open(foo, stream) end, fun() -> socket:open(inet, foo) end, fun() -> socket:open(inet, stream, foo) end, fun() -> socket:open(inet, stream, tcp, foo) end, fun() -> socket:open(999, stream) end, fun() -> socket:open(foo) end, fun() -> socket:open(inet, dgram, tcp) end, fun() -> socket:open(inet6, raw, 300) end]},
          {bind, [fun() -> socket:bind(S, foo) end, fun() -> socket:bind(S, #{}) end, fun() -> socket:bind(S, A#{addr => {1, 2, 3}}) end, fun() -> socket:bind(S, A#{addr => {192, 0, 2, 1}}) end, fun() -> socket:bind(S, A#{family => inet6}) end, fun() -> socket:bind(S, A#{family => foo}) end, fun() -> socket:bind(S, #{family => local, path => "x"}) end, fun() -> socket:bind(foo, A) end, fun() -> socket:bind(S, any) end, fun() -> socket:bind(D, A#{port => 0, extra => 1}) end]},
          {connect, [fun() -> socket:connect(S, foo) end, fun() -> socket:connect(S, #{family => inet}) end, fun() -> socket:connect(S, A, foo) end, fun() -> socket:connect(S, A, -1) end, fun() -> socket:connect(foo, A) end]},
          {listen, [fun() -> socket:listen(S, foo) end, fun() -> socket:listen(D) end, fun() -> socket:listen(foo) end]},
          {accept, [fun() -> socket:accept(D, 0) end, fun() -> socket:accept(S, foo) end, fun() -> socket:accept(S, -1) end, fun() -> socket:accept(foo) end]},
          {send, [fun() -> socket:send(D, foo) end, fun() -> socket:send(D, [foo]) end, fun() -> socket:send(D, "x", [foo]) end, fun() -> socket:send(D, "x", foo) end, fun() -> socket:send(D, "x", [], foo) end, fun() -> socket:send(D, "x") end, fun() -> socket:send(foo, "x") end, fun() -> socket:send(D, <<1:3>>) end]},
          {sendto, [fun() -> socket:sendto(D, "x", foo) end, fun() -> socket:sendto(D, "x", A#{port => 0}) end, fun() -> socket:sendto(D, foo, A) end, fun() -> socket:sendto(D, "x", A, [foo]) end, fun() -> socket:sendto(D, "x", #{family => local, path => "/x"}) end]},
          {recv, [fun() -> socket:recv(D, foo) end, fun() -> socket:recv(D, -1) end, fun() -> socket:recv(D, 0, foo) end, fun() -> socket:recv(D, 0, -1) end, fun() -> socket:recv(D, 0, [foo], 0) end, fun() -> socket:recv(S, 0, 0) end, fun() -> socket:recv(foo) end]},
          {recvfrom, [fun() -> socket:recvfrom(D, foo) end, fun() -> socket:recvfrom(D, -1, 0) end, fun() -> socket:recvfrom(D, 0, 0) end]},
          {recvmsg, [fun() -> socket:recvmsg(D, foo) end, fun() -> socket:recvmsg(D, -1, -1) end, fun() -> socket:recvmsg(D, 0) end]},
          {setopt, [fun() -> socket:setopt(S, foo, bar, 1) end, fun() -> socket:setopt(S, socket, foo, 1) end, fun() -> socket:setopt(S, socket, reuseaddr, foo) end, fun() -> socket:setopt(S, {socket, reuseaddr}, 1) end, fun() -> socket:setopt(S, {1, 2}, <<1:32/native>>) end, fun() -> socket:setopt(S, {1, 9999}, 5) end, fun() -> socket:setopt(S, tcp, nodelay, 7) end, fun() -> socket:setopt(D, tcp, nodelay, true) end, fun() -> socket:setopt(S, socket, linger, foo) end, fun() -> socket:setopt(S, socket, linger, #{onoff => 1, linger => a}) end, fun() -> socket:setopt(S, otp, rcvbuf, -1) end, fun() -> socket:setopt(S, otp, foo, 1) end, fun() -> socket:setopt(foo, socket, reuseaddr, true) end, fun() -> socket:setopt(S, ip, add_membership, #{}) end, fun() -> socket:setopt(S, ip, tos, foo) end]},
          {getopt, [fun() -> socket:getopt(S, foo, bar) end, fun() -> socket:getopt(S, socket, foo) end, fun() -> socket:getopt(S, {1, 9999}) end, fun() -> socket:getopt(S, {1, 2}, integer) end, fun() -> socket:getopt(S, {1, 2}, 4) end, fun() -> socket:getopt(S, {1, 2}, foo) end, fun() -> socket:getopt(S, otp, foo) end, fun() -> socket:getopt(D, tcp, nodelay) end, fun() -> socket:getopt(S, ip, add_membership) end]},
          {names, [fun() -> element(1, socket:sockname(S)) end, fun() -> socket:peername(S) end, fun() -> socket:sockname(foo) end, fun() -> socket:sockname({'$socket', make_ref()}) end]},
          {shutdown, [fun() -> socket:shutdown(S, foo) end, fun() -> socket:shutdown(D, read) end, fun() -> socket:shutdown(foo, read) end]},
          {other, [fun() -> socket:close(foo) end, fun() -> socket:cancel(S, foo) end, fun() -> socket:info(foo) end, fun() -> socket:monitor(foo) end, fun() -> socket:is_supported(foo) end, fun() -> socket:is_supported(options, socket, foo) end, fun() -> socket:supports(foo) end, fun() -> socket:number_of() > 1 end]}],
    [[io:format("~0p ~0p: ~0p~n", [N, I, t(F)]) || {I, F} <- lists:zip(lists:seq(1, length(L)), L)] || {N, L} <- Fs],
    [socket:close(X) || X <- [S, D]].

t(F) ->
    try F() of
        {ok, {'$socket', _} = S} -> socket:close(S), ok;
        {ok, {_, #{port := _}}} -> ok;
        {error, {invalid, T}} when is_tuple(T) -> {error, {invalid, element(1, T)}};
        R -> R
    catch E:R -> {E, case R of {invalid, T} when is_tuple(T) -> {invalid, element(1, T)}; _ -> R end}
    end.
