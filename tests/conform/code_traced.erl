%% conform: separate
%% Code loaded at run time in a program that traces calls: its arithmetic and guards, where they fail
%% too, and what is seen of its calls of built-ins. The module was compiled from
%%   a(X) -> X * 2.
%%   b(X, Y) -> {X + Y, length(X)}.
%%   c(X) -> hd(X) band 7.
-module(code_traced).
-export([main/0]).

main() ->
    Bin = zlib:gunzip(base64:decode(code())),
    {module, M} = code:load_binary(list_to_atom("traced_" ++ "mod"), "traced_mod.beam", Bin),
    all(M),
    erlang:trace_pattern({erlang, length, 1}, true, []),
    erlang:trace_pattern({erlang, hd, 1}, true, []),
    erlang:trace(self(), true, [call]),
    all(M),
    erlang:trace(self(), false, [call]),
    io:format("~p~n", [process_info(self(), message_queue_len)]).

all(M) ->
    [show(fun() -> M:a(X) end) || X <- [21, aa, 1 bsl 70, 1.5]],
    [show(fun() -> M:b(X, Y) end) || {X, Y} <- [{1, 2}, {x, 1}, {[], 1}]],
    [show(fun() -> M:c(X) end) || X <- [[15], [], [y]]].

show(F) ->
    try F() of
        R -> io:format("~p~n", [R])
    catch
        C:R:S -> io:format("~p ~p ~p~n", [C, R, [{M, N, A} || {M, N, A, _} <- lists:sublist(S, 2)]])
    end.

code() -> <<"H4sIAAAAAAAAA11RzW4TMRCeseMUkiLMhgOCAwsnBKhKyqXHDaGVqhYIJQguaLu7djcbEm/YuBEIKiF64tYDl9x4hj4LiCMvwCugYi+OumKkT/7mmx97PFtP9zoA5OvDze7jrn6xAQA7BqsNXUSJFOEkFxjVZTGOVIp3McZ79bFUqR5iQoaiFkdKNE3O4ViGmTrIL6dShxUfermQpt8HAw7/7NSgacCQLzjxbnP0jxgHeou2sL3wibfnY3DEfE5brY+M+y+pYdhftIn3meN+g7UpNQUBfWvk6QKIdwr4KfDoE97Hk9Ln+C2gLSv5+xSe62JgL96eTO35ymDFgBrUDIjj9Qq3cXT8YoU3KjmrFd1ysvmu7B/Y2dyM6GqabvYLDujuY67f8h1WJ7t5MnAadLUuzHHneGyjQyKAzmeqdBSHkx2fvf7y89rvH3++935dxdGot60OTPDGef7KXBazLFdvgG2sra89GMGjOM1MdOt4SAVcEjI+TMtlhfOOgCtm12EUz+z+dZiY9dkmNZUrWbYsK7QsJpnKZjpLRgC7mbI7vg7nxty/oNfpPrPC4P3U5txfznjzbJl65gz6/yt/Ad6RbhWcAgAA">>.
