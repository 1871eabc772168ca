%% inet_gethost_native: names of hosts, in place of OTP's, which asks a program that stands beside
%% the emulator. Here /etc/hosts is looked into, and then the name servers of /etc/resolv.conf are
%% asked, both by OTP's own code.
-module(inet_gethost_native).
-export([gethostbyname/1, gethostbyname/2, gethostbyaddr/1, control/1]).

-include_lib("kernel/include/inet.hrl").

gethostbyname(Name) ->
    gethostbyname(Name, inet).

gethostbyname(Name, Type) when is_atom(Name) ->
    gethostbyname(atom_to_list(Name), Type);
gethostbyname(Name, Type) when is_list(Name), Type =:= inet orelse Type =:= inet6 ->
    case numeric(Name, Type) of
        {ok, Address} -> {ok, host(Name, Type, [Address])};
        {error, einval} -> named(Name, Type);
        Error -> Error
    end;
gethostbyname(_, _) ->
    {error, formerr}.

numeric("", inet) ->
    {error, no_recovery};
numeric("", inet6) ->
    {error, notfound};
numeric(Name, Type) ->
    case inet:parse_ipv4_address(Name) of
        {ok, _} = Four when Type =:= inet -> hexadecimal(Name, Four);
        {ok, _} -> hexadecimal(Name, {error, netdb_internal});
        Error when Type =:= inet -> Error;
        _ -> inet:parse_ipv6_address(Name)
    end.

%% What only OTP reads as an address is a name that there is not.
hexadecimal(Name, Else) ->
    case lists:member($x, Name) orelse lists:member($X, Name) of
        true -> {error, notfound};
        false -> Else
    end.

named(Name, Type) ->
    case inet_hosts:gethostbyname(Name, Type) of
        {ok, #hostent{h_addr_list = Addresses}} -> {ok, host(Name, Type, Addresses)};
        _ -> of_servers(fun() -> inet_res:gethostbyname(Name, Type) end)
    end.

host(Name, Type, Addresses) ->
    Length = case Type of inet -> 4; inet6 -> 16 end,
    #hostent{h_name = Name, h_aliases = [], h_addrtype = Type, h_length = Length, h_addr_list = Addresses}.

gethostbyaddr(Address) when is_tuple(Address) ->
    case inet_hosts:gethostbyaddr(Address) of
        {ok, Found} -> {ok, Found#hostent{h_aliases = []}};
        _ -> of_servers(fun() -> inet_res:gethostbyaddr(Address) end)
    end;
gethostbyaddr(Text) ->
    case inet:parse_address(if is_atom(Text) -> atom_to_list(Text); true -> Text end) of
        {ok, Address} -> gethostbyaddr(Address);
        _ -> {error, formerr}
    end.

%% Not while the server of names itself is being set up.
of_servers(Ask) ->
    case inet_db:res_option(resolv_conf) of
        undefined ->
            {error, notfound};
        _ ->
            case Ask() of
                {ok, _} = Found -> Found;
                {error, _} -> {error, notfound}
            end
    end.

control(_) ->
    ok.
