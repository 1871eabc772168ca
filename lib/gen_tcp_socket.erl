%% gen_tcp_socket: connections over module socket, which is not there: {inet_backend, socket} is
%% refused. So no other function here is ever called with a socket.
-module(gen_tcp_socket).
-export([connect/4, listen/2, fdopen/2, which_sockets/0]).
-export([accept/2, send/2, sendfile/4, recv/3, shutdown/2, close/1, controlling_process/2, monitor/1,
         cancel_monitor/1, setopts/2, getopts/2, sockname/1, socknames/1, peername/1, getstat/2, info/1,
         socket_to_list/1, which_packet_type/1, unrecv/2]).

connect(_, _, _, _) -> {error, enotsup}.
listen(_, _) -> {error, enotsup}.
fdopen(_, _) -> {error, enotsup}.
which_sockets() -> [].

accept(_, _) -> none().
send(_, _) -> none().
sendfile(_, _, _, _) -> none().
recv(_, _, _) -> none().
shutdown(_, _) -> none().
close(_) -> none().
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
which_packet_type(_) -> none().
unrecv(_, _) -> none().

none() -> erlang:error(badarg).
