%% What erl_error says of the arguments of built-ins that failed.
-module(err_explanations).
-export([main/0]).

main() ->
    [explain(F) || F <- [fun() -> lists:keyfind(a, id(x), []) end, fun() -> maps:get(a, id(b)) end,
                         fun() -> re:run(id(1), [<<"a">>, b]) end, fun() -> binary:split(id(a), b) end,
                         fun() -> unicode:characters_to_binary(id(a)) end, fun() -> math:sqrt(id(a)) end,
                         fun() -> atom_to_list(id(1)) end, fun() -> lists:reverse(id(a), b) end,
                         fun() -> maps:fold(id(1), 2, 3) end, fun() -> binary_to_integer(id(a)) end,
                         fun() -> list_to_atom([id(a)]) end, fun() -> element(id(3), {a, b}) end,
                         fun() -> tuple_size(id([])) end, fun() -> register(id(x), none) end]],
    ok.

explain(F) ->
    try F() catch
        Class:Reason:Stack -> io:format("~ts~n", [erl_error:format_exception(Class, Reason, [hd(Stack)])])
    end.

id(X) -> X.
