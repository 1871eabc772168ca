%% OTP's compiler, with the option deterministic: of each file named, into the folder that comes first
%% (headers are found as in OTP's source); without arguments, of a module made here.
-module(erlc).
-export([main/1]).

main([]) ->
    Start = erlang:monotonic_time(microsecond),
    Binaries = [compile_text(text(N)) || N <- [20, 40, 60]],
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [erlang:crc32(Binaries), End - Start]);
main([Out | Files]) ->
    Start = erlang:monotonic_time(microsecond),
    Failed = [F || F <- Files, not compile(F, Out)],
    End = erlang:monotonic_time(microsecond),
    io:format("~w of ~w files~n~w us~n", [length(Files) - length(Failed), length(Files), End - Start]),
    Failed =:= [] orelse halt(1).

compile(File, Out) ->
    Lib = filename:join(filename:dirname(File), "../.."),
    Folders = [Lib, filename:join(Lib, "stdlib/include"), filename:join(Lib, "kernel/include")],
    Options = [deterministic, report_errors, {outdir, Out} | [{i, F} || F <- Folders]],
    case compile:file(File, Options) of
        {ok, _} -> true;
        _ -> false
    end.

compile_text(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, _, Binary} = compile:forms(forms(Tokens, []), [deterministic, binary, export_all]),
    Binary.

forms([], []) -> [];
forms([{dot, _} = Dot | Tokens], Form) ->
    {ok, Parsed} = erl_parse:parse_form(lists:reverse(Form, [Dot])),
    [Parsed | forms(Tokens, [])];
forms([Token | Tokens], Form) -> forms(Tokens, [Token | Form]).

text(N) -> "-module(made).\n" ++ lists:append([function(integer_to_list(I)) || I <- lists:seq(1, N)]).

function(I) ->
    "f" ++ I ++ "(X, [H | T] = L, #{key := V} = M) when is_integer(X), X > " ++ I ++ " ->\n"
    "    A = case lists:member(X, L) of\n"
    "            true -> {ok, X + H * 2 - V, \"text " ++ I ++ "\"};\n"
    "            false -> [Y || Y <- T, Y rem 2 =:= 0, Y < 16#FF orelse map_size(M) > Y]\n"
    "        end,\n"
    "    try f" ++ I ++ "(A, fun(Z) -> Z bsl 3 + V end, M#{other => X}) of\n"
    "        <<B:8, C:16/little, Rest/binary>> -> {B + C, Rest, X * 1.5};\n"
    "        {error, {W, _}} when W =/= X -> [W | T]\n"
    "    catch\n"
    "        error:{badmatch, E}:S -> erlang:raise(error, E, S);\n"
    "        throw:_ -> if X > 10 -> big; true -> small end\n"
    "    end;\n"
    "f" ++ I ++ "(X, F, _) -> receive {F, R} -> [R, X]; {R, Q} -> {Q, R} after 100 -> timeout end.\n\n".
