%% module socket: ioctl, shutdown, reset, of the loopback interface
-module(sock_ioctls).
-export([main/0]).

main() ->
    {ok, S} = socket:open(inet, dgram, udp),
    io:format("~0p~n", [socket:ioctl(S, gifaddr, "lo")]),
    io:format("~0p~n", [socket:ioctl(S, gifnetmask, "lo")]),
    {ok, I} = socket:ioctl(S, gifindex, "lo"),
    io:format("~0p~n", [[socket:ioctl(S, gifname, I), socket:ioctl(S, gifmtu, "lo"), lists:sort(element(2, socket:ioctl(S, gifflags, "lo"))), socket:ioctl(S, giftxqlen, "lo"), element(1, socket:ioctl(S, gifmap, "lo"))]]),
    io:format("~0p~n", [[socket:ioctl(S, R, "nosuch") || R <- [gifaddr, gifindex, gifmtu, gifflags]]]),
    io:format("~0p~n", [[t(fun() -> socket:ioctl(S, foo) end), t(fun() -> socket:ioctl(S, gifaddr, foo) end), t(fun() -> socket:ioctl(S, foo, "lo") end), t(fun() -> socket:ioctl(foo, gifaddr, "lo") end), t(fun() -> socket:ioctl(S, gifname, "x") end)]]),
    {ok, L} = socket:ioctl(S, gifconf),
    io:format("~0p~n", [[X || #{name := "lo"} = X <- L]]),
    ok = socket:close(S),
    io:format("~0p~n", [socket:ioctl(S, gifaddr, "lo")]),
    io:format("~0p~n", [[lists:keyfind(lo, 1, [{lo, N}]) || {N, _} <- [{element(1, net:if_name2index("lo")), x}]]]),
    io:format("~0p~n", [[net:if_index2name(I), net:if_index2name(99999), net:if_name2index("nosuch")]]).

t(F) -> try F() catch E:R -> {E, case R of {invalid, _} -> invalid; _ -> R end} end.
