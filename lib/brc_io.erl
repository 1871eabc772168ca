%% brc_io: the servers of standard output (with standard input) and standard error, as the I/O
%% protocol of the OTP documentation has them. Bytes and encodings are brc_native's business; what
%% has been written by a request lies in a buffer of the runtime when the reply goes out.
%%
%% Input is read by a second process, which is started by the first request for some: so that this
%% one answers requests for output while it waits.
-module(brc_io).
-export([start/1, server/1, reader/1]).

-record(s, {fd,
            encoding,            % of the file: latin1 | unicode
            mode = list,         % what input is handed out as: list | binary
            buffer = <<>>,       % read and not yet asked for
            eof = false,
            reader,              % the process that reads, once there is one
            asked = false}).     % it has been asked for more

start(Fd) ->
    spawn(?MODULE, server, [Fd]).

server(Fd) ->
    process_flag(trap_exit, true),
    group_leader(self(), self()),
    Encoding = case Fd of
                   1 -> brc_native:encoding();
                   2 -> latin1
               end,
    loop(#s{fd = Fd, encoding = Encoding}).

loop(S) ->
    receive
        {io_request, From, ReplyAs, Request} when is_pid(From) ->
            loop(serve(From, ReplyAs, Request, S));
        _ ->
            loop(S)
    end.

serve(From, ReplyAs, Request, S0) ->
    {Reply, S} = request(Request, S0),
    From ! {io_reply, ReplyAs, Reply},
    S.

%% ---- requests ----

request({put_chars, Enc, Chars}, S) when Enc =:= unicode; Enc =:= latin1 ->
    put_chars(Enc, Chars, S);
request({put_chars, Enc, M, F, A}, S) when Enc =:= unicode; Enc =:= latin1 ->
    case catch apply(M, F, A) of
        Chars when is_list(Chars); is_binary(Chars) -> put_chars(Enc, Chars, S);
        _ -> {{error, put_chars}, S}
    end;
request({put_chars, Chars}, S) ->
    request({put_chars, latin1, Chars}, S);
request({put_chars, M, F, A}, S) ->
    request({put_chars, latin1, M, F, A}, S);
request({requests, Requests}, S) ->
    requests(Requests, {ok, S});
request(getopts, #s{fd = 2} = S) ->
    {[{encoding, S#s.encoding}], S};
request(getopts, S) ->
    {[{binary, S#s.mode =:= binary}, {encoding, S#s.encoding}], S};
request({setopts, Opts}, S) when is_list(Opts) ->
    setopts(Opts, S, S);
request({get_geometry, What}, S) when What =:= columns; What =:= rows ->
    case brc_native:geometry(S#s.fd) of
        {Columns, _} when What =:= columns -> {Columns, S};
        {_, Rows} -> {Rows, S};
        false -> {{error, enotsup}, S}
    end;
request({get_line, Enc, Prompt}, #s{fd = 1} = S) ->
    input(Prompt, get_line, S, fun(S1) -> get_line(Enc, Prompt, 0, S1) end);
request({get_chars, Enc, Prompt, N}, #s{fd = 1} = S) ->
    case is_integer(N) andalso N >= 0 of
        true -> input(Prompt, get_chars, S, fun(S1) -> get_chars(Enc, Prompt, N, S1) end);
        false -> {{error, collect_chars}, S}
    end;
request({get_until, Enc, Prompt, M, F, As}, #s{fd = 1} = S) ->
    input(Prompt, F, S, fun(S1) -> get_until(Enc, Prompt, [], {M, F, As}, S1) end);
request({get_line, Prompt}, #s{fd = 1} = S) ->
    request({get_line, latin1, Prompt}, S);
request({get_chars, Prompt, N}, #s{fd = 1} = S) ->
    request({get_chars, latin1, Prompt, N}, S);
request({get_until, Prompt, M, F, As}, #s{fd = 1} = S) ->
    request({get_until, latin1, Prompt, M, F, As}, S);
request(Request, S) ->
    {{error, {request, Request}}, S}.

requests([Request | Rest], {ok, S}) ->
    requests(Rest, request(Request, S));
requests([_ | _], Failed) ->
    Failed;
requests([], Done) ->
    Done.

put_chars(Enc, Chars, #s{fd = Fd, encoding = FileEnc} = S) ->
    case brc_native:put_chars(Fd, Enc, FileEnc, Chars) of
        ok -> {ok, S};
        error -> {{error, put_chars}, S};
        {error, Reason} -> exit(Reason)
    end.

setopts([binary | T], S, Old) -> setopts([{binary, true} | T], S, Old);
setopts([list | T], S, Old) -> setopts([{binary, false} | T], S, Old);
setopts([unicode | T], S, Old) -> setopts([{encoding, unicode} | T], S, Old);
setopts([latin1 | T], S, Old) -> setopts([{encoding, latin1} | T], S, Old);
setopts([{binary, B} | T], #s{fd = 1} = S, Old) ->
    Mode = case B of
               true -> binary;
               false -> list;
               _ -> S#s.mode
           end,
    setopts(T, S#s{mode = Mode}, Old);
setopts([{encoding, E} | T], S, Old) when E =:= unicode; E =:= utf8 ->
    setopts(T, S#s{encoding = unicode}, Old);
setopts([{encoding, latin1} | T], S, Old) ->
    setopts(T, S#s{encoding = latin1}, Old);
setopts([], S, _) ->
    {ok, S};
setopts(_, _, Old) ->
    {{error, enotsup}, Old}.

%% ---- input ----

%% Prompts, then collects. At the end of the file no more is asked for.
input(Prompt, Name, S0, Collect) ->
    case prompt(Prompt, S0) of
        {ok, #s{eof = true, buffer = <<>>} = S} -> {eof, S};
        {ok, S} -> Collect(S);
        {_, S} -> {{error, Name}, S}
    end.

prompt('', S) -> {ok, S};
prompt({format, Format, Args}, S) -> request({put_chars, unicode, io_lib, format, [Format, Args]}, S);
prompt(P, S) when is_atom(P) -> put_chars(unicode, atom_to_list(P), S);
prompt(P, S) when is_list(P); is_binary(P) ->
    case put_chars(unicode, P, S) of
        {ok, S1} -> {ok, S1};
        _ -> put_chars(unicode, brc_native:display_string(P), S)
    end;
prompt(P, S) -> put_chars(unicode, brc_native:display_string(P), S).

%% More in the buffer, or the end of the file noted. Requests that come meanwhile are served; a
%% prompt is shown again behind their output.
fill(Prompt, #s{reader = undefined} = S) ->
    fill(Prompt, S#s{reader = spawn_link(?MODULE, reader, [self()])});
fill(Prompt, #s{asked = false, reader = Reader} = S) ->
    Reader ! read,
    fill(Prompt, S#s{asked = true});
fill(Prompt, #s{reader = Reader, buffer = Buffer} = S0) ->
    receive
        {Reader, Bytes} when is_binary(Bytes), Buffer =:= <<>> ->
            S0#s{asked = false, buffer = Bytes};
        {Reader, Bytes} when is_binary(Bytes) ->
            S0#s{asked = false, buffer = <<Buffer/binary, Bytes/binary>>};
        {Reader, _} ->
            S0#s{asked = false, eof = true};
        {io_request, From, ReplyAs, {get_geometry, _} = Request} when is_pid(From) ->
            fill(Prompt, serve(From, ReplyAs, Request, S0));
        {io_request, From, ReplyAs, Request} when is_pid(From) ->
            {_, S} = prompt(Prompt, serve(From, ReplyAs, Request, S0)),
            fill(Prompt, S)
    end.

reader(Server) ->
    receive
        read ->
            Server ! {self(), brc_native:read()},
            reader(Server)
    end.

cast(Bytes, Enc, Name, S) ->
    case brc_native:cast(Bytes, S#s.encoding, Enc, S#s.mode) of
        error -> {{error, Name}, S};
        Text -> {Text, S}
    end.

get_line(Enc, Prompt, Searched, #s{buffer = Buffer} = S) ->
    case brc_native:split_line(Buffer, Searched) of
        {Line, Rest} ->
            cast(Line, Enc, collect_line, S#s{buffer = Rest});
        false when S#s.eof, Buffer =:= <<>> ->
            {eof, S};
        false when S#s.eof ->
            cast(Buffer, Enc, collect_line, S#s{buffer = <<>>});
        false ->
            get_line(Enc, Prompt, byte_size(Buffer), fill(Prompt, S))
    end.

get_chars(Enc, Prompt, N, #s{buffer = Buffer} = S) ->
    case brc_native:split_chars(Buffer, S#s.encoding, N) of
        {Chars, Rest} ->
            cast(Chars, Enc, collect_chars, S#s{buffer = Rest});
        false when S#s.eof, Buffer =:= <<>> ->
            {eof, S};
        false when S#s.eof ->
            cast(Buffer, Enc, collect_chars, S#s{buffer = <<>>});
        false ->
            get_chars(Enc, Prompt, N, fill(Prompt, S))
    end.

%% Hands lines to a function until it has enough; what it leaves goes back to the buffer.
get_until(Enc, Prompt, Cont, MFA, #s{buffer = <<>>, eof = false} = S) ->
    get_until(Enc, Prompt, Cont, MFA, fill(Prompt, S));
get_until(Enc, Prompt, Cont, MFA, #s{buffer = <<>>} = S) ->
    until(Enc, Prompt, Cont, eof, MFA, S);
get_until(Enc, Prompt, Cont, MFA, #s{buffer = Buffer} = S0) ->
    {Line, S} = case brc_native:split_line(Buffer, 0) of
                    {L, Rest} -> {L, S0#s{buffer = Rest}};
                    false -> {Buffer, S0#s{buffer = <<>>}}
                end,
    case brc_native:cast(Line, S#s.encoding, Enc, list) of
        error -> {{error, element(2, MFA)}, S};
        Chars -> until(Enc, Prompt, Cont, Chars, MFA, S)
    end.

until(Enc, Prompt, Cont0, Chars, {M, F, As} = MFA, S) ->
    case catch apply(M, F, [Cont0, Chars | As]) of
        {done, Result, Rest} ->
            {until_result(Result, Enc, S), put_back(Rest, S)};
        {more, Cont} ->
            get_until(Enc, Prompt, Cont, MFA, S);
        _ ->
            {{error, F}, S}
    end.

until_result(Result, Enc, #s{mode = binary}) when is_list(Result) ->
    encode(Result, Enc);
until_result(Result, _, _) ->
    Result.

put_back(Chars, #s{buffer = Buffer} = S) when is_list(Chars), Chars =/= [] ->
    Bytes = encode(Chars, S#s.encoding),
    S#s{buffer = <<Bytes/binary, Buffer/binary>>};
put_back(_, S) ->
    S.

encode(Chars, unicode) -> << <<C/utf8>> || C <- Chars >>;
encode(Chars, latin1) -> << <<C>> || C <- Chars >>.
