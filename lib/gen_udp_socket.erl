%% gen_udp_socket: datagrams over module socket, as gen_tcp_socket.
-module(gen_udp_socket).
-export([open/2, connect/3, which_sockets/0]).
-export([close/1, send/2, send/3, send/4, send/5, recv/2, recv/3, controlling_process/2, monitor/1,
         cancel_monitor/1, setopts/2, getopts/2, sockname/1, socknames/1, peername/1, getstat/2, info/1,
         socket_to_list/1]).

open(_, _) -> {error, enotsup}.
connect(_, _, _) -> {error, enotsup}.
which_sockets() -> [].

close(_) -> none().
send(_, _) -> none().
send(_, _, _) -> none().
send(_, _, _, _) -> none().
send(_, _, _, _, _) -> none().
recv(_, _) -> none().
recv(_, _, _) -> none().
controlling_process(_, _) -> none().
monitor(_) -> none().
cancel_monitor(_) -> none().
setopts(_, _) -> none().
getopts(_, _) -> none().
sockname(_) -> none().
socknames(_) -> none().
peername(_) -> none().
getstat(_, _) -> none().
info(_) -> none().
socket_to_list(_) -> none().

none() -> erlang:error(badarg).
