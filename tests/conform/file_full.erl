%% A disc that is full (/dev/full): each way of writing says enospc, at once or when it is flushed;
%% and files that cannot be opened, listed or changed.
-module(file_full).
-export([main/0]).

main() ->
    each("file process", [write], fun(F) -> [file:write(F, "x"), file:write(F, "y")] end),
    each("raw", [write, raw], fun(F) -> [file:write(F, "x"), file:pwrite(F, 3, "y"), file:pwrite(F, [{1, "a"}, {2, "b"}])] end),
    each("delayed", [write, raw, delayed_write], fun(F) -> [file:write(F, "x"), file:datasync(F), file:write(F, "y")] end),
    each("delayed process", [write, delayed_write], fun(F) -> [file:write(F, "x")] end),
    each("more than is delayed", [write, raw, {delayed_write, 100, 100000}], fun(F) -> [file:write(F, lists:duplicate(200, $x)), file:write(F, "y")] end),
    each("io", [write], fun(F) -> [catches(fun() -> io:format(F, "hello ~p", [1]) end), catches(fun() -> io:put_chars(F, "x") end), io:request(F, {put_chars, latin1, "x"})] end),
    each("compressed", [write, compressed], fun(F) -> [file:write(F, "x")] end),
    p({"write_file", file:write_file("/dev/full", "text"), file:write_file("/dev/full", "")}),
    p({"copy", file:copy("/etc/hostname", "/dev/full")}),
    others().

each(What, Options, Do) ->
    {ok, F} = file:open("/dev/full", Options),
    p({What, Do(F), file:close(F)}).

catches(F) -> try F() catch C:R -> {C, R} end.

others() ->
    Top = filename:join(os:getenv("TMPDIR", "/tmp"), "conform_file_full_" ++ os:getpid()),
    ok = file:make_dir(Top),
    ok = file:set_cwd(Top),
    ok = file:make_dir("d"), ok = file:write_file("f", "x"), ok = file:make_symlink("loop", "loop"), ok = file:make_symlink("none", "dangling"),
    [p({N, catches(F)})
     || {N, F} <- [{read_loop, fun() -> file:read_file("loop") end}, {read_dangling, fun() -> file:read_file("dangling") end},
                   {read_folder, fun() -> file:read_file("d") end}, {write_folder, fun() -> file:open("d", [write]) end},
                   {below_file, fun() -> file:read_file("f/x") end}, {long_name, fun() -> file:read_file(lists:duplicate(300, $a)) end},
                   {long_path, fun() -> file:read_file(lists:duplicate(5000, $a)) end}, {list_file, fun() -> file:list_dir("f") end},
                   {del_full, fun() -> file:del_dir(".") end}, {make_again, fun() -> file:make_dir("d") end},
                   {file_over_folder, fun() -> file:rename("f", "d") end}, {folder_over_file, fun() -> file:rename("d", "f") end},
                   {zero_byte, fun() -> file:read_file("a\0b") end}, {no_name, fun() -> file:read_file("") end},
                   {delete_folder, fun() -> file:delete("d") end}, {no_link, fun() -> file:read_link("f") end},
                   {link_again, fun() -> file:make_symlink("x", "dangling") end}, {link_nothing, fun() -> file:make_link("none", "l") end},
                   {mode_of_nothing, fun() -> file:change_mode("none", 8#644) end}, {cwd, fun() -> file:set_cwd("f") end},
                   {exclusive, fun() -> file:open("f", [write, exclusive]) end}, {consult, fun() -> file:consult("none") end},
                   {truncate, fun() -> {ok, F} = file:open("f", [read, raw]), R = file:truncate(F), file:close(F), R end},
                   {proc, fun() -> file:write_file("/proc/none", "") end}, {rofs, fun() -> file:make_dir("/proc/none") end},
                   {unreadable, fun() -> file:read_file("/proc/self/mem") end},
                   {unreadable_raw, fun() -> {ok, F} = file:open("/proc/self/mem", [read, raw]), R = file:read(F, 10), file:close(F), R end},
                   {unreadable_process, fun() -> {ok, F} = file:open("/proc/self/mem", [read]), R = [file:read(F, 10), catches(fun() -> io:get_line(F, "") end)], file:close(F), R end},
                   {closed, fun() -> {ok, F} = file:open("f", [read, raw]), file:close(F), {file:read(F, 1), file:close(F)} end},
                   {other_owner, fun() -> {ok, F} = file:open("f", [read, raw]), S = self(), spawn_link(fun() -> S ! {it, catches(fun() -> file:read(F, 1) end)} end), receive {it, R} -> R end end}]],
    ok = file:set_cwd("/"),
    ok = file:del_dir_r(Top).

p(X) -> io:format("~0p~n", [X]).
