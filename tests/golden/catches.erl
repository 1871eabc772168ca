%% Handlers: catch, try of a call with a class, after.
-module(catches).
-export([old/1, try_of/1, try_after/1]).

old(F) -> {value, catch F()}.

try_of(X) ->
    try ext:f(X) of
        V -> {ok, V}
    catch
        throw:T -> {thrown, T};
        error:badarg -> badarg;
        C:R:S -> erlang:raise(C, {R, X}, S)
    end.

try_after(X) ->
    try ext:f(X) after ext:g(X, done) end.
