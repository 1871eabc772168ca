%% conform: separate
%% Code that is loaded at run time: calls and funs both ways, versions, purging, on_load, errors. The
%% modules at the end were compiled from what stands in the comments beside them.
-module(code_load).
-export([main/0, give/1]).

main() ->
    put(t, 0),
    before(), first(), funs(), traces(), second(), purged(), deleted(), bad(), on_load(), several().

t(X) -> N = get(t) + 1, put(t, N), io:format("~p ~p~n", [N, X]).

give(X) -> {native, X}.

load(Bin) -> code:load_binary(loaded_mod, "loaded_mod.beam", Bin).

%% Module and function are not known when this is compiled.
mod() -> list_to_atom("loaded_" ++ "mod").

before() ->
    t(code:is_loaded(loaded_mod)),
    t(erlang:module_loaded(loaded_mod)),
    t(erlang:function_exported(loaded_mod, version, 0)),
    t(catch (mod()):version()),
    t(code:ensure_loaded(loaded_mod)),
    t(erlang:check_old_code(loaded_mod)).

first() ->
    t(load(one())),
    t(loaded_mod:version()),
    t((mod()):version()),
    t(apply(mod(), next, [])),
    t(code:is_loaded(loaded_mod)),
    t(code:which(loaded_mod)),
    t(erlang:module_loaded(loaded_mod)),
    t(erlang:function_exported(loaded_mod, version, 0)),
    t(erlang:function_exported(loaded_mod, version, 1)),
    t(lists:member(loaded_mod, erlang:loaded())),
    t(lists:sort(loaded_mod:module_info(exports))),
    t(loaded_mod:module_info(module)),
    t(erlang:check_old_code(loaded_mod)),
    t(loaded_mod:sum(lists:seq(1, 1000))),
    t(loaded_mod:bin(<<1, 2, 3>>)),
    t(loaded_mod:wait(1)).

funs() ->
    F = loaded_mod:make_fun(x),
    t(F(y)),
    t(lists:map(F, [1, 2])),
    t(loaded_mod:apply_fun(fun(A) -> {here, A} end, [1])),
    t(loaded_mod:apply_fun(fun ?MODULE:give/1, [2])),
    t(loaded_mod:apply_fun(fun loaded_mod:sum/1, [[1, 2, 3]])),
    t(catch loaded_mod:apply_fun(fun loaded_mod:absent/1, [2])).

traces() ->
    t(catch loaded_mod:fail(3)),
    t(try loaded_mod:fail(x) catch C:R:S -> {C, R, [{M, F, A} || {M, F, A, _} <- S]} end),
    t(try loaded_mod:bin(5) catch C1:R1:S1 -> {C1, R1, hd(S1)} end),
    t(try loaded_mod:apply_fun(fun(_) -> throw(out) end, [1]) catch X -> X end),
    t(catch loaded_mod:absent(1, 2)).

ask(Pid) ->
    Pid ! {version, self()},
    receive {version, V} -> V end.

second() ->
    Pid = spawn(loaded_mod, loop, []),
    put(pid, Pid),
    put(old, loaded_mod:make_fun(z)),
    t(ask(Pid)),
    t(load(two())),
    t({loaded_mod:version(), (mod()):version(), loaded_mod:next()}),
    t(ask(Pid)),
    t((get(old))(1)),
    t(erlang:check_old_code(loaded_mod)),
    t(erlang:check_process_code(Pid, loaded_mod)),
    t(erlang:load_module(loaded_mod, one())),
    t(loaded_mod:version()),
    t(code:soft_purge(loaded_mod)),
    Pid ! switch,
    t(ask(Pid)),
    put(old, none),
    t(erlang:check_process_code(Pid, loaded_mod)),
    t(code:soft_purge(loaded_mod)),
    t(erlang:check_old_code(loaded_mod)).

purged() ->
    Pid = get(pid),
    Ref = monitor(process, Pid),
    t(load(one())),
    t(ask(Pid)),
    t(load(two())),
    t(receive {'DOWN', Ref, process, Pid, Why} -> Why end),
    t(code:purge(loaded_mod)),
    t(loaded_mod:version()).

deleted() ->
    t(code:delete(loaded_mod)),
    t(code:is_loaded(loaded_mod)),
    t(catch loaded_mod:version()),
    t(erlang:check_old_code(loaded_mod)),
    t(code:purge(loaded_mod)),
    t(code:delete(loaded_mod)),
    t(catch erlang:purge_module(loaded_mod)),
    t(erlang:delete_module(loaded_mod)),
    t(load(two())),
    t(loaded_mod:version()).

bad() ->
    Two = two(),
    t(erlang:load_module(loaded_mod, <<>>)),
    t(erlang:load_module(loaded_mod, binary:part(Two, 0, 100))),
    t(erlang:load_module(other_mod, Two)),
    t(catch erlang:load_module(loaded_mod, two)),
    t(catch erlang:load_module("loaded_mod", <<>>)),
    t(loaded_mod:version()).

on_load() ->
    Load = fun() -> code:load_binary(loaded_first, "x", on_load_bin()) end,
    t(Load()),
    t(loaded_first:value()).

several() ->
    {ok, P} = code:prepare_loading([{loaded_mod, "a", two()}]),
    code:purge(loaded_mod),
    t(code:finish_loading(P)),
    t(loaded_mod:version()),
    t(code:which(loaded_mod)),
    [t({code:load_binary(loaded_mod, F, two()), code:which(loaded_mod), code:is_loaded(loaded_mod)})
     || F <- [cover_compiled, abc, "rel", ""]].

%% -module(loaded_mod).
%% -export([version/0, make_fun/1, apply_fun/2, loop/0, wait/1, fail/1, sum/1, bin/1, next/0]).
%% version() -> 1.
%% make_fun(X) -> fun(Y) -> {1, X, Y} end.
%% apply_fun(F, Args) -> {1, apply(F, Args)}.
%% next() -> loaded_mod:version().
%% loop() ->
%%     receive
%%         {version, From} -> From ! {version, 1}, loop();
%%         switch -> loaded_mod:loop();
%%         stop -> ok
%%     end.
%% wait(T) -> receive never -> ok after T -> timeout end.
%% fail(X) -> [element(X, {a, b})].
%% sum(L) -> lists:foldl(fun(X, Acc) -> X + Acc end, 0, L).
%% bin(<<A:8, B/binary>>) -> {A, <<B/binary, A>>}.
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

%% The same with 2 for 1.
two() ->
    base64:decode(
      "H4sIAAAAAAAAA2VUTWzcRBSe8di77iZWJ57deHe7bSfZckm1qkORACEkJ5BWqG1IaVGOsdOdTd14bbPrJekBaVsucE"
      "EFTpaQKIgCEpdSqfcKiROoFCR6Lki9h0o9p282sxDgSZ/n8zdv3s+Mx6fefGseIX1ncWnh3NkwFgghjv6xg4AJSeYX"
      "zgfvfPzFr3/8dYBevJpKvxUABuhHd8fuu8oo+q+CtP8pHvq37S5kb78E40NAoxQlQVu017pJu/iu6PXDJDa7waZY6w"
      "ziA0GaRlclK4heFMQbxkjQY7Gd6VGSpHo/S9JCfyvMLl3Wkk19KwgzIxYQp5iFXZEMMr0ThFFRRKIr4oz0B10jCvtZ"
      "3+gkUTsi62FMgigqQFgRt4thnIkN0ZuAWgaRWAvjTnJwQ2Rr+96tFsQ4Md+CmlpuCx+3W+Ni/xYRei1pw77hx9DfeI"
      "PuAJ4DWJjmVLNnEebeDGHYzblmP0+xR190EaWIU/odIg6FqZXc1exFjv1JxIscUZd+RRw+Q2zEcJp7mt1DeLiMKL6R"
      "r2j2dYRvTkLS245Fycs/ks+frhLKZyuLhBLvNGK5XzbQLYTvvUKeOt4nj7/8HT+o5KkJXwF+VPHujMLuVO9ik9bgMZ"
      "UPNfsHik17klKP6NhkjlUhx60y+W3kTRk2y1ULnpW6xfRp7889bTq/odlPYKEzYbjkNIUi6BLRoB+zmt/U7NIUzNVk"
      "t2ivW8oc5JGmx4iH2bLrYbOe3wa/Mvgd+tqqE8q+YYQPrAbj1yhqbgFxS5UhOvm94XpD4twrTdOhtnqSlyolh1Ntte"
      "lekzvVlDkb3zJyC5a/atWxeThHELiKsHnEs8kyXcHm0T0JcnGPMKlyH5szo0rrHJuz7xk8JUyGasqjKjVAPEY9Dhnc"
      "GdAJHOqFrHdRHvIb3VSObYAJMAAFgKbuz/hmYDWPlA9VczaAAYjSa8p3zDXFD0m+tD3K9YG6t1XlyxWXdgRQVrpcM6"
      "V4Td13yR3ApOL2vrpKgKLiUtNV/oKqD+/TpGmnBrGs5wWlNdR4bNwzYXdlbXWlz6oYSOpnw0yunQM0tz+75Pv+uu8/"
      "2rzvz22cONOau//zL2f0D9Prr1fZT7VPUX+n+BFC50QWgP/h9yMZ6bLWRlTEwXoEv5KOCLJBT/SvXIGpZ7pKhsf4BA"
      "AA").

%% -module(loaded_first).
%% -export([value/0]).
%% -on_load(init/0).
%% init() -> persistent_term:put(loaded_first, set), persistent_term:get(loaded_first_result, ok).
%% value() -> persistent_term:get(loaded_first).
on_load_bin() ->
    base64:decode(
      "H4sIAAAAAAAAA11RTUsDMRCdJG2tttBlCx4EcfHksXrymCoVBFu/6nndsmndmu4u2azoTfAfCB569ea/8p/UmSVice"
      "CRN3mTyeTl7PLmEIB9nwz6w4skVQCwDX9RQ3Ai/WuA8UtO+g6CEfZWv2UrF1hn745xwyDabZ1FsYrDaWIKW0vSxIpC"
      "2U6uTJEUVqU2tMosRF5anj1214tDo4pSWzFTtv4U6VK1FllcahUm6TRrKKOjdNZBMVzbBjjNYpovQXhusC/EJr2DeU"
      "uP+/vAgo82gDzqSl9sBCAnXWlEM/CA9ZYB99+BSVRGXsCulsD9T2D3Vd5jeZV77FUKOjwKpMDGt9aM6aLzRU6rRNSd"
      "b3XnHfHmP07+tcijf5wPnqs+Bwhqv+X0puMUDfem6n+Gyka47r5pqnzgMXgqjSaanFSRLdHI+RylH4Z8vgDoAQAA").
