%% brc_ct_io: the group leader of cases. It drops what they print, or keeps it while asked to, and
%% answers every question of the io protocol as a device that cannot be read.
-module(brc_ct_io).
-export([start/0, capture/1]).

start() ->
    spawn(fun() -> loop(off, []) end).

%% start, stop, or get: what was printed since the last get, a string for each request.
capture(What) ->
    Device = group_leader(),
    Ref = monitor(process, Device),
    Device ! {capture, self(), Ref, What},
    receive
        {Ref, Result} -> demonitor(Ref, [flush]), Result;
        {'DOWN', Ref, process, _, _} -> []
    end.

loop(Mode, Kept) ->
    receive
        {io_request, From, ReplyAs, Request} ->
            {Reply, Text} = request(Request),
            From ! {io_reply, ReplyAs, Reply},
            case Mode of
                on when Text =/= [] -> loop(on, [Text | Kept]);
                _ -> loop(Mode, Kept)
            end;
        {capture, From, Ref, start} -> From ! {Ref, ok}, loop(on, []);
        {capture, From, Ref, stop} -> From ! {Ref, ok}, loop(off, Kept);
        {capture, From, Ref, get} -> From ! {Ref, lists:reverse(Kept)}, loop(Mode, []);
        _ -> loop(Mode, Kept)
    end.

request({put_chars, Chars}) -> text(latin1, Chars);
request({put_chars, Encoding, Chars}) -> text(Encoding, Chars);
request({put_chars, M, F, A}) -> text(latin1, apply(M, F, A));
request({put_chars, Encoding, M, F, A}) ->
    try text(Encoding, apply(M, F, A))
    catch _:_ -> {{error, F}, []}
    end;
request({requests, Requests}) -> requests(Requests, ok, []);
request({setopts, _}) -> {ok, []};
request(getopts) -> {[{binary, false}, {encoding, unicode}], []};
request({get_geometry, _}) -> {{error, enotsup}, []};
request(_) -> {{error, enotsup}, []}.

requests([Request | Rest], ok, Text) ->
    {Reply, More} = request(Request),
    requests(Rest, Reply, Text ++ More);
requests(_, Reply, Text) ->
    {Reply, Text}.

text(Encoding, Chars) ->
    case unicode:characters_to_list(Chars, Encoding) of
        Text when is_list(Text) -> {ok, Text};
        _ -> {{error, put_chars}, []}
    end.
