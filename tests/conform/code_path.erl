%% conform: separate
%% Modules found in folders of the code path: by load_file, ensure_loaded, and by calling them. The
%% module at the end is version 1 of the one in code_load.erl.
-module(code_path).
-export([main/0]).

main() ->
    Dir = filename:join("/tmp", "code_path_" ++ os:getpid()),
    ok = file:make_dir(Dir),
    File = filename:join(Dir, "loaded_mod.beam"),
    ok = file:write_file(File, one()),
    try in(Dir, File)
    after
        file:delete(File),
        file:del_dir(Dir)
    end.

t(X) -> io:format("~p~n", [X]).

mod() -> list_to_atom("loaded_" ++ "mod").

in(Dir, File) ->
    t(catch (mod()):version()),
    t(code:load_file(loaded_mod)),
    t(code:which(loaded_mod)),
    t(code:add_patha(Dir ++ "_absent")),
    t(code:add_patha(Dir)),
    t(hd(code:get_path()) =:= Dir),
    t(code:where_is_file("loaded_mod.beam") =:= File),
    t(code:which(loaded_mod) =:= File),
    t(code:is_loaded(loaded_mod)),
    t((mod()):version()),
    t(code:is_loaded(loaded_mod) =:= {file, File}),
    t(catch (mod()):absent(1)),
    {Mod, Bin, Name} = code:get_object_code(loaded_mod),
    t({Mod, Bin =:= one(), Name =:= File}),
    t(code:load_file(loaded_mod)),
    t(code:load_file(loaded_mod)),
    t(code:ensure_loaded(loaded_mod)),
    t({code:purge(loaded_mod), code:delete(loaded_mod), code:purge(loaded_mod)}),
    t(code:ensure_loaded(loaded_mod)),
    t(code:load_abs(filename:join(Dir, "loaded_mod"))),
    t(spawned()),
    t(code:del_path(Dir)),
    t(code:del_path(Dir)),
    t(code:where_is_file("loaded_mod.beam")),
    t(code:load_file(loaded_mod)),
    t(loaded_mod:version()),
    t(code:load_abs(filename:join(Dir, "no"))).

spawned() ->
    {Pid, Ref} = spawn_monitor(mod(), wait, [1]),
    receive {'DOWN', Ref, process, Pid, Why} -> Why end.

one() ->
    base64:decode(
      "H4sIAAAAAAAAA2VUQWzcRBSd8di77iZWZ+3deHe7bYdsuTRa1WmRKEJITiCtUNs0haIcYyeeTd14bXfX26SHSttyQU"
      "hIBU6WkCiIABKXUol7hcSpqBQkOJdKvReknsOfzSyE9kvP8/z+n///zHh86vw7swipT+cX5s6dDWOOEGLoP9sPmBBk"
      "du6Cf+XjL37986999OK1VMQtATBAPbwzDt+RRtHzClJeUFz0f9uZy947CeMfgGYpSvyAByvdJChe5b1+mMR619/gK5"
      "1BvM9P0+iaYAXei/x4XRsJasy3MjVKklTtZ0la6G+G2dolJdlQN/0w02IOeYpZ2OXJIFM7fhgVecS7PM5If9DVorCf"
      "9bVOEgURWQ1j4kdRAdLyOCiGccbXeW8CehlEfCWMO8n+dZ6t7Hk32pDj2Gwbemo7bTxjtsfN/isi9GYSwL7hJ7C+8Q"
      "bdBbwMMDDNqWJOI8zcMrGwkzPFPE6xS191EKWIUfodIjYF11LuKOY8w94kYkWGqEO/IjYrExNZOM1dxewhPFxEFN/K"
      "lxTzJsK3J6HoHdug5LWfyOfPlgll09V5Qol7Glm5V9HQNsL3XifPbPeTJ1/+jh9W81SHrwA/qrp3R2mf1n7AOq3Do5"
      "wPFfNHinVzklKXqFi3bKNKZowK+W0UTS2sV2oGPKsNw1Kn3Me72lR+SzH/hon2hOaQ0xSaoAtEgfXotfy2YpbK4KuL"
      "1aLd1VLLRi5puRZxsbXouFhv5HcgrgJxB742GoRa31iEDYymxW5Q1NoE4pSqQ3Tie81xh8S+V5qiQ2X5BCtVSzajyn"
      "LLuSF2qiVqNr+1yDZMf8NoYP1gjiBxDWH9kGuSRbqE9cO7EtRiLrGEyjysvzTqtMGwPn1dYymxRKqWOKpSE8Qj1GVQ"
      "wSmDTuBQ3816F8Uhv91NxRgAdIAGKAAUeX/GNwNLP5IxVPpMgAUgUq/L2DFXJD8g+MLWqNYH8t7WZCyTXNghQEXqYk"
      "5Z8rq874LbgEnJzT19lQBFyYWmyvoF2R/eowlTTg1i0c8rUmvK8ch4zYW169swNqQ+LXMgoZ8NMzF3BtDa+mzN87xV"
      "z3u08cA7un7sTPvog59/OROoH6Y336pZ9+ufov7j4kfoHM98iD/4fiQyXVICRHnsr0bwK+lwPxv0eP/yZXD9A8O9HI"
      "T4BAAA").
