%% conform: separate
%% Modules of the program that are deleted: by name they are not there, until they are called or
%% loaded again.
-module(code_delete).
-export([main/0]).

main() ->
    put(name, "queue"),
    _ = queue:new(),
    _ = compile:module_info(module), % a program that can load code
    _ = code:load_binary(x, "x", <<>>),
    code:ensure_loaded(queue),
    show("at first"),
    t(code:delete(queue)),
    show("deleted"),
    t(code:delete(queue)),
    t(code:purge(queue)),
    t(erlang:check_old_code(queue)),
    t(code:purge(queue)),
    show("purged"),
    t(apply(mod(), new, [])),
    show("called"),
    t(code:delete(queue)),
    t(code:ensure_loaded(queue)),
    show("ensured"),
    t(code:delete(queue)), % its old code is still there
    show("not deleted"),
    t(code:purge(queue)),
    t(code:delete(queue)),
    t(code:soft_purge(queue)),
    t((fun queue:len/1)((mod()):from_list([a, b]))),
    t(catch (mod()):no_such_function(1)),
    show("at last"),
    t(code:delete(no_such_module)),
    t(catch erlang:purge_module(no_such_module)),
    own().

mod() -> list_to_atom(get(name)).

t(X) -> io:format("~p~n", [X]).

show(What) ->
    io:format("~s: ~p~n", [What, [code:is_loaded(mod()) =/= false, erlang:module_loaded(mod()),
                                  erlang:function_exported(mod(), new, 0),
                                  lists:member(mod(), erlang:loaded()),
                                  erlang:check_old_code(mod()),
                                  lists:keymember(mod(), 1, code:all_loaded())]]).

%% Loaded again from bytes.
own() ->
    Forms = [{attribute, 1, module, queue}, {attribute, 1, export, [{new, 0}]},
             {function, 1, new, 0, [{clause, 1, [], [], [{atom, 1, another}]}]}],
    {ok, queue, Bin} = compile:forms(Forms, []),
    t(code:delete(queue)),
    code:purge(queue),
    t(element(1, code:is_sticky(queue) andalso {code:unstick_mod(queue)} orelse {true})),
    t(code:load_binary(queue, "queue.beam", Bin)),
    t((mod()):new()),
    t(catch (mod()):len([])).
