%% What code answers about modules that are there and about others.
-module(lib_code).
-export([main/0]).

main() ->
    Calls = [fun() -> code:ensure_loaded(lists) end, fun() -> code:ensure_loaded(?MODULE) end,
             fun() -> code:ensure_loaded(no_such_module) end, fun() -> code:ensure_loaded("text") end,
             fun() -> code:load_file(no_such_module) end, fun() -> code:load_abs("/no/such") end,
             fun() -> code:ensure_modules_loaded([lists, no_such_module, io]) end,
             fun() -> code:ensure_modules_loaded([lists, io]) end,
             fun() -> code:ensure_modules_loaded(lists) end, fun() -> code:ensure_modules_loaded([1]) end,
             fun() -> code:prepare_loading([no_such_module]) end, fun() -> code:atomic_load([no_such_module]) end,
             fun() -> code:is_loaded(no_such_module) end, fun() -> code:is_loaded(erlang) end,
             fun() -> element(1, code:is_loaded(lists)) end, fun() -> is_list(code:which(lists)) end,
             fun() -> code:which(no_such_module) end, fun() -> code:which(erlang) end,
             fun() -> code:which(1) end, fun() -> code:purge(no_such_module) end,
             fun() -> code:soft_purge(no_such_module) end, fun() -> code:delete(no_such_module) end,
             fun() -> code:lib_dir(no_such_app) end, fun() -> code:priv_dir(no_such_app) end,
             fun() -> code:where_is_file("no_such_file") end, fun() -> code:add_path("/no/such/folder") end,
             fun() -> code:add_patha("/no/such/folder") end, fun() -> code:del_path("/no/such/folder") end,
             fun() -> code:get_object_code(no_such_module) end, fun() -> code:get_doc(no_such_module) end,
             fun() -> code:module_status(no_such_module) end, fun() -> code:module_status(lists) end,
             fun() -> code:module_status([lists, no_such_module]) end, fun() -> code:objfile_extension() end,
             fun() -> is_list(code:get_path()) end,
             fun() -> lists:keymember(lists, 1, code:all_loaded()) end,
             fun() -> lists:member(lists, erlang:loaded()) end, fun() -> erlang:module_loaded(no_such_module) end],
    [io:format("~p ~p~n", [N, try F() catch C:R -> {C, R} end]) || {N, F} <- lists:zip(lists:seq(1, length(Calls)), Calls)],
    ok.
