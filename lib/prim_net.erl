%% prim_net: what module net asks of the machine, in place of OTP's, whose natives look names up by the C
%% library. Here it is done as inet does: /etc/hosts, then the name servers, off the schedulers.
-module(prim_net).
-export([on_load/0, on_load/1, info/0, command/1, gethostname/0, getnameinfo/2, getaddrinfo/2, getifaddrs/1,
         get_adapters_addresses/1, get_interface_info/1, get_if_entry/1, get_ip_address_table/1,
         if_name2index/1, if_index2name/1, if_names/0]).
-export([nif_getifaddrs/1, nif_if_name2index/1, nif_if_index2name/1, nif_if_names/0]).

on_load() -> ok.
on_load(_) -> ok.

info() -> #{debug => false}.
command(_) -> ok.

gethostname() -> inet:gethostname().

%% ---- names of addresses ----

getnameinfo(SockAddr, Flags) when Flags =:= undefined; is_list(Flags) ->
    try prim_socket:enc_sockaddr(SockAddr) of
        #{addr := Addr, port := Port, family := Family} when Family =:= inet; Family =:= inet6 ->
            Fs = case Flags of undefined -> []; _ -> Flags end,
            named(address(Family, Addr), Port, Fs);
        _ -> {error, efamily}
    catch
        throw:Error -> Error
    end.

named(Ip, Port, Flags) ->
    Number = inet:ntoa(Ip),
    Host = case lists:member(numerichost, Flags) orelse inet:gethostbyaddr(Ip) of
               {ok, Hostent} -> element(2, Hostent);
               _ -> Number
           end,
    case lists:member(namereqd, Flags) andalso Host =:= Number of
        true -> {error, enoname};
        false -> {ok, #{host => Host, service => service(Port, Flags)}}
    end.

service(Port, Flags) ->
    Proto = case lists:member(dgram, Flags) of true -> udp; false -> tcp end,
    case lists:member(numericserv, Flags) orelse inet:getservbyport(Port, Proto) of
        {ok, Name} -> Name;
        _ -> integer_to_list(Port)
    end.

address(inet, any) -> {0, 0, 0, 0};
address(inet, loopback) -> {127, 0, 0, 1};
address(inet, broadcast) -> {255, 255, 255, 255};
address(inet6, any) -> {0, 0, 0, 0, 0, 0, 0, 0};
address(inet6, loopback) -> {0, 0, 0, 0, 0, 0, 0, 1};
address(_, Ip) -> Ip.

%% ---- addresses of names ----

getaddrinfo(Host, Service)
  when (is_list(Host) orelse Host =:= undefined), (is_list(Service) orelse Service =:= undefined),
       not (Host =:= undefined andalso Service =:= undefined) ->
    case {ports(Service), addresses(Host)} of
        {[], _} -> {error, eservice};
        {_, []} -> {error, enoname};
        {Ports, Addresses} -> {ok, [entry(A, P) || A <- Addresses, P <- Ports]}
    end.

addresses(undefined) -> [{0, 0, 0, 0, 0, 0, 0, 1}, {127, 0, 0, 1}];
addresses(Host) ->
    case {inet:getaddrs(Host, inet), inet:getaddrs(Host, inet6)} of
        {{ok, Four}, {ok, Six}} -> [A || A <- Six, not mapped(A)] ++ Four;
        {{ok, Four}, _} -> Four;
        {_, {ok, Six}} -> Six;
        _ -> []
    end.

mapped({0, 0, 0, 0, 0, 16#FFFF, _, _}) -> true;
mapped(_) -> false.

%% {Type, Protocol, Port}
ports(undefined) -> all(0);
ports(Service) ->
    try all(list_to_integer(Service))
    catch error:badarg ->
        [{Type, Protocol, Port} || {Type, Protocol} <- [{stream, tcp}, {dgram, udp}],
                                   {ok, Port} <- [inet:getservbyname(list_to_atom(Service), Protocol)]]
    end.

all(Port) -> [{stream, tcp, Port}, {dgram, udp, Port}, {raw, ip, Port}].

entry(Ip, {Type, Protocol, Port}) ->
    Addr = case tuple_size(Ip) of
               4 -> #{family => inet, addr => Ip, port => Port};
               8 -> #{family => inet6, addr => Ip, port => Port, flowinfo => 0, scope_id => 0}
           end,
    #{family => maps:get(family, Addr), type => Type, protocol => Protocol, addr => Addr}.

%% ---- interfaces ----

getifaddrs(Extra) when is_map(Extra) -> nif_getifaddrs(Extra).

if_name2index(Name) when is_list(Name) -> nif_if_name2index(Name).
if_index2name(Index) when is_integer(Index) -> nif_if_index2name(Index).
if_names() -> nif_if_names().

%% Windows' own.
get_adapters_addresses(_) -> erlang:error(notsup).
get_interface_info(_) -> erlang:error(notsup).
get_if_entry(_) -> erlang:error(notsup).
get_ip_address_table(_) -> erlang:error(notsup).

nif_getifaddrs(_) -> erlang:nif_error(undef).
nif_if_name2index(_) -> erlang:nif_error(undef).
nif_if_index2name(_) -> erlang:nif_error(undef).
nif_if_names() -> erlang:nif_error(undef).
