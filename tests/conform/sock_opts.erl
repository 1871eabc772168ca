%% module socket: options, what is supported, interfaces
-module(sock_opts).
-export([main/0]).

main() ->
    {ok, S} = socket:open(inet, stream, tcp),
    [io:format("~p ~p~n", [O, hide(O, socket:getopt(S, O))])
     || {O, true} <- lists:sort(socket:supports(options)), lists:member(element(1, O), [socket, ip, tcp])],
    [io:format("~p ~p ~0p ~0p~n", [O, V, try socket:setopt(S, O, V) catch error:R -> R end, try socket:getopt(S, O) catch error:Q -> Q end])
     || {O, V} <- [{{socket, reuseaddr}, true}, {{socket, reuseaddr}, false}, {{socket, reuseaddr}, 1},
                   {{socket, keepalive}, true}, {{socket, linger}, #{onoff => true, linger => 5}},
                   {{socket, linger}, abort}, {{socket, linger}, #{onoff => 1}}, {{tcp, nodelay}, true},
                   {{tcp, nodelay}, x}, {{tcp, cork}, true}, {{ip, tos}, mincost}, {{ip, tos}, 8}, {{ip, tos}, nothing},
                   {{ip, ttl}, 33}, {{ip, mtu_discover}, do}, {{ip, recvtos}, true}, {{ip, multicast_ttl}, 4},
                   {{ip, multicast_loop}, false}, {{socket, priority}, 3}, {{socket, rcvlowat}, 7},
                   {{socket, none}, 1}, {{otp, rcvbuf}, 100}, {{otp, rcvbuf}, default}, {{otp, rcvbuf}, {3, 4}},
                   {{otp, rcvbuf}, x}, {{otp, rcvctrlbuf}, 99}, {{otp, sndctrlbuf}, 2000}, {{otp, iow}, true},
                   {{otp, debug}, false}, {{otp, meta}, {a, "b", <<"c">>}}, {{otp, none}, 1}, 
                   {{socket, type}, stream}, {{ip, add_membership}, x}]],
    io:format("~p~n", [[socket:getopt_native(S, {socket, 9}, T) || T <- [integer, boolean, 4, <<0:32>>]]]),
    io:format("~p~n", [[socket:setopt_native(S, {socket, 9}, V) || V <- [1, false, <<1:32/native>>]]]),
    io:format("~p~n", [try socket:setopt(S, {x, y, z}, 1) catch C:W -> {C, W} end]),
    [io:format("~p ~p~n", [T, table(T)]) || T <- [msg_flags, ioctl_requests, ioctl_flags, options, protocols]],
    io:format("~p~n", [[socket:is_supported(X) || X <- [ipv6, local, netns, sendfile, other]]]),
    io:format("~p~n", [[socket:is_supported(options, O) || O <- [{socket, reuseaddr}, {socket, mark}, {tcp, nodelay}, {a, b}]]]),
    interfaces(S),
    Pid = spawn(fun() -> receive stop -> ok end end),
    io:format("~p~n", [[socket:setopt(S, {otp, controlling_process}, Pid), socket:setopt(S, {otp, controlling_process}, self()),
                        socket:getopt(S, {otp, controlling_process}) =:= {ok, Pid}]]),
    Monitor = socket:monitor(S),
    Pid ! stop,
    receive {'DOWN', Monitor, socket, S, R} -> io:format("~p ~p~n", [R, socket:sockname(S)]) end.

%% Those that differ between machines and kernels.
hide({tcp, congestion}, {ok, L}) when is_list(L) -> list;
hide({socket, O}, {ok, N}) when is_integer(N), O =:= sndbuf orelse O =:= rcvbuf -> number;
hide({ip, mtu}, {error, _}) -> error;
hide({tcp, maxseg}, {ok, N}) when is_integer(N) -> number;
hide(_, R) -> R.

table(options) -> [O || {{L, _}, true} = O <- lists:sort(socket:supports(options)), lists:member(L, [socket, ip, ipv6, tcp, udp])];
table(protocols) -> [P || {P, true} <- lists:sort(socket:supports(protocols)), lists:member(P, [ip, tcp, udp, icmp, 'TCP', sctp])];
table(T) -> lists:sort(socket:supports(T)).

interfaces(S) ->
    {ok, Index} = net:if_name2index("lo"),
    io:format("~p~n", [[net:if_index2name(Index), net:if_name2index("none"), net:if_index2name(99999)]]),
    io:format("~p~n", [[socket:ioctl(S, gifindex, "lo") =:= {ok, Index}, socket:ioctl(S, gifname, Index),
                        socket:ioctl(S, gifaddr, "lo"), socket:ioctl(S, gifnetmask, "lo"), socket:ioctl(S, gifflags, "lo"),
                        socket:ioctl(S, gifmtu, "lo"), socket:ioctl(S, gifmtu, "none")]]),
    {ok, All} = socket:ioctl(S, gifconf),
    io:format("~p~n", [[A || #{name := "lo"} = A <- All]]),
    {ok, Ifs} = net:getifaddrs(),
    io:format("~p~n", [[I || #{name := "lo"} = I <- Ifs]]),
    {ok, Names} = net:if_names(),
    io:format("~p~n", [lists:member({Index, "lo"}, Names)]).
