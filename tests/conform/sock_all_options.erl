%% module socket: each option that is supported, read and set, of each kind of socket
-module(sock_all_options).
-export([main/0]).

main() ->
    [begin
         {ok, S} = socket:open(F, T, P),
         Os = [{L, O} || {options, L, O} <- flat()],
         io:format("~0p ~0p~n", [F, T]),
         [io:format(" ~0p: ~0p~n", [LO, plain(LO, socket:getopt(S, LO))]) || LO <- lists:sort(Os)],
         [io:format(" ~0p := ~0p: ~0p ~0p~n", [LO, V, t(fun() -> socket:setopt(S, LO, V) end), socket:getopt(S, LO)]) || {LO, V} <- sets()],
         socket:close(S)
     end || {F, T, P} <- [{inet, stream, tcp}, {inet, dgram, udp}, {inet6, stream, tcp}, {inet6, dgram, udp}, {local, stream, default}, {local, dgram, default}]].

flat() -> [{options, L, O} || {L, Os} <- socket:supports(options), is_list(Os), {O, true} <- Os, L =/= sctp].

plain({otp, controlling_process}, _) -> pid;
plain({otp, fd}, _) -> fd;
plain({tcp, info}, _) -> info;
plain({socket, peek_off}, {ok, _}) -> any;
%% What memory the kernel gives is the machine's affair.
plain({socket, B}, {ok, _}) when B =:= rcvbuf; B =:= sndbuf; B =:= rcvlowat; B =:= sndlowat -> some;
plain({tcp, congestion}, {ok, _}) -> some;
plain({tcp, maxseg}, {ok, _}) -> some;
plain(_, R) -> R.

sets() ->
    [{{socket, reuseaddr}, true}, {{socket, keepalive}, true}, {{socket, broadcast}, true}, {{socket, dontroute}, true}, {{socket, linger}, #{onoff => true, linger => 3}}, {{socket, oobinline}, true}, {{socket, priority}, 3}, {{socket, reuseport}, true},
     {{socket, rcvtimeo}, #{sec => 1, usec => 500000}}, {{socket, sndtimeo}, #{sec => 2, usec => 0}}, {{socket, timestamp}, true}, {{socket, type}, stream}, {{socket, passcred}, true}, {{socket, debug}, foo}, {{tcp, nodelay}, true}, {{tcp, cork}, true}, {{tcp, keepidle}, 77}, {{tcp, keepcnt}, 4},
     {{tcp, keepintvl}, 9}, {{tcp, user_timeout}, 500}, {{udp, cork}, true}, {{ip, tos}, lowdelay}, {{ip, tos}, 32}, {{ip, ttl}, 20}, {{ip, recvtos}, true}, {{ip, pktinfo}, true}, {{ip, mtu_discover}, do}, {{ip, freebind}, true}, {{ip, multicast_loop}, false}, {{ip, multicast_ttl}, 7},
     {{ip, minttl}, 5}, {{ip, transparent}, foo}, {{ipv6, v6only}, true}, {{ipv6, tclass}, 32}, {{ipv6, unicast_hops}, 40}, {{ipv6, multicast_hops}, 5}, {{ipv6, recvpktinfo}, true}, {{ipv6, recvtclass}, true}, {{ipv6, multicast_loop}, false},
     {{otp, iow}, true}, {{otp, rcvbuf}, 5000}, {{otp, rcvbuf}, {3, 2000}}, {{otp, rcvbuf}, default}, {{otp, rcvctrlbuf}, 2000}, {{otp, sndctrlbuf}, 3000}, {{otp, meta}, #{my => [term]}}, {{otp, domain}, inet}].

t(F) -> try F() catch E:R -> {E, R} end.
