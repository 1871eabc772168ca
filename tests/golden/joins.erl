%% Code that several continuations reach is a C function (a join); small final code is repeated.
-module(joins).
-export([join/2, clone/1]).
-import(ext, [f/1, g/2]).

join(A, B) ->
    X = case A of
            one -> f(B);
            two -> g(B, A);
            _ -> B
        end,
    g(X, f({X, B, A})).

clone(T) ->
    case T of
        {a, X} when X > 3 -> error;
        {b, X} when X < 3 -> error;
        _ -> error
    end.
