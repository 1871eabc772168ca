%% A small Lisp: reader, environment, closures, recursion, error messages.
-module(prog_lisp).
-export([main/0]).

main() ->
    E = lists:foldl(fun(S, Env) -> {V, Env2} = top(S, Env), io:format("~s => ~s~n", [S, show(V)]), Env2 end, #{}, [
        "(+ 1 2 3)", "(define sq (lambda (x) (* x x)))", "(sq 12)", "(define fact (lambda (n) (if (= n 0) 1 (* n (fact (- n 1))))))", "(fact 30)", "(define map (lambda (f l) (if (null? l) (quote ()) (cons (f (car l)) (map f (cdr l))))))",
        "(map sq (quote (1 2 3 4)))", "(let ((a 1) (b 2)) (list a b (+ a b)))", "((lambda (x y) (- x y)) 10 3)", "(define adder (lambda (n) (lambda (m) (+ n m))))", "((adder 5) 6)", "(car (quote ()))", "(unknown 1)", "(if #f 1 (quote no))", "(define fib (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))))", "(fib 18)"]),
    io:format("~p~n", [lists:sort(maps:keys(E))]).

top(S, Env) ->
    {X, _} = read(tok(S)),
    try ev(X, Env, Env) of {def, K, V} -> {K, Env#{K => V}}; V -> {V, Env} catch throw:M -> {{error, M}, Env} end.
tok(S) -> string:lexemes(lists:flatmap(fun($() -> " ( "; ($)) -> " ) "; (C) -> [C] end, S), " ").
read(["(" | T]) -> rlist(T, []);
read([W | T]) -> {try list_to_integer(W) catch error:badarg -> list_to_atom(W) end, T}.
rlist([")" | T], A) -> {lists:reverse(A), T};
rlist(T, A) -> {X, R} = read(T), rlist(R, [X | A]).
ev(N, _, _) when is_integer(N) -> N;
ev('#f', _, _) -> false;
ev(A, L, G) when is_atom(A) -> case L of #{A := V} -> V; _ -> case G of #{A := V} -> V; _ -> case prim(A) of undefined -> throw({unbound, A}); P -> P end end end;
ev([quote, X], _, _) -> X;
ev(['if', C, A, B], L, G) -> case ev(C, L, G) of false -> ev(B, L, G); _ -> ev(A, L, G) end;
ev([define, K, X], L, G) -> {def, K, ev(X, L, G)};
ev([lambda, Ps, B], L, _) -> {closure, Ps, B, L};
ev(['let', Bs, B], L, G) -> ev(B, lists:foldl(fun([K, X], A) -> A#{K => ev(X, L, G)} end, L, Bs), G);
ev([F | As], L, G) ->
    case ev(F, L, G) of
        {closure, Ps, B, CL} -> ev(B, lists:foldl(fun({K, V}, A) -> A#{K => V} end, CL, lists:zip(Ps, [ev(A, L, G) || A <- As])), G);
        P when is_function(P) -> P([ev(A, L, G) || A <- As]);
        X -> throw({not_a_function, X})
    end.
prim('+') -> fun lists:sum/1;
prim('*') -> fun(L) -> lists:foldl(fun(X, A) -> X * A end, 1, L) end;
prim('-') -> fun([A, B]) -> A - B end;
prim('=') -> fun([A, B]) -> A =:= B end;
prim('<') -> fun([A, B]) -> A < B end;
prim(cons) -> fun([A, B]) -> [A | B] end;
prim(car) -> fun([[A | _]]) -> A; (X) -> throw({car, X}) end;
prim(cdr) -> fun([[_ | B]]) -> B end;
prim(list) -> fun(L) -> L end;
prim('null?') -> fun([X]) -> X =:= [] end;
prim(_) -> undefined.
show({closure, _, _, _}) -> "#<lambda>";
show({error, M}) -> io_lib:format("error ~w", [M]);
show(L) when is_list(L) -> ["(", lists:join(" ", [show(X) || X <- L]), ")"];
show(X) -> io_lib:format("~w", [X]).
