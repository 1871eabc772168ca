%% os:cmd and finding executables; no child is left over, and no descriptor.
-module(os_cmd).
-export([main/0]).

main() ->
    [p({C, os:cmd(C)}) || C <- ["echo hello", "echo a; echo b >&2", "exit 3", "true", "printf 'x\\ty'",
                                "cat", "echo \"$CONFORM_X\"", "false || echo no",
                                'echo atom', "echo " ++ [229], "nonexistent_command_xyz 2>/dev/null"]],
    os:putenv("CONFORM_X", "set"), p(os:cmd("echo $CONFORM_X")),
    p(os:cmd("yes | head -c 100000", #{max_size => 10})),
    p(length(os:cmd("yes | head -c 100000"))),
    p(catch_error(fun() -> os:cmd("a\0b") end)), p(catch_error(fun() -> os:cmd(17) end)),
    Sh = os:find_executable("sh"), p(filename:basename(Sh)),
    p(os:find_executable("no_such_program_here")), p(os:find_executable("ls", "/bin:/usr/bin") =/= false),
    p(os:find_executable("/bin/sh")), p(os:find_executable("passwd", "/etc")),
    Before = descriptors(),
    [os:cmd("true") || _ <- lists:seq(1, 20)],
    p(descriptors() - Before < 10), % a thread may have made some of its own
    {ok, Stat} = file:read_file("/proc/self/stat"),
    [Pid | _] = string:lexemes(Stat, " "),
    p(zombies(binary_to_list(Pid), 20)),
    p(length(os:getpid()) > 0).

%% Children that have ended and are not taken leave of.
zombies(Pid, Tries) ->
    {ok, L} = file:list_dir("/proc"),
    case [X || X <- L, hd(X) >= $0, hd(X) =< $9, is_zombie(X, Pid)] of
        [] -> 0;
        _ when Tries > 0 -> receive after 20 -> zombies(Pid, Tries - 1) end;
        Z -> length(Z)
    end.

is_zombie(X, Pid) ->
    case file:read_file("/proc/" ++ X ++ "/stat") of
        {ok, Stat} ->
            [_, After] = string:split(Stat, ") ", trailing),
            [State, Parent | _] = string:lexemes(After, " "),
            {State, Parent} =:= {<<"Z">>, list_to_binary(Pid)};
        _ ->
            false
    end.

descriptors() ->
    {ok, L} = file:list_dir("/proc/self/fd"),
    length(L).

catch_error(F) ->
    try F() catch error:R -> {error, R} end.

p(X) -> io:format("~p~n", [X]).
