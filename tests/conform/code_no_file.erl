%% Code compiled from forms that name no file: its places name the module's own file.
-module(code_no_file).
-export([main/0]).

main() ->
    Form = fun(Text) ->
        {ok, Tokens, _} = erl_scan:string(Text),
        {ok, F} = erl_parse:parse_form(Tokens),
        F
    end,
    Forms = [Form("-module(no_file)."), Form("-export([f/1])."), Form("f(X) -> [X + 1 | f(X)].")],
    {ok, no_file, Code} = compile:forms(Forms),
    {module, no_file} = code:load_binary(no_file, "nothing", Code),
    {'EXIT', {badarith, [_ | [Frame | _]]}} = (catch no_file:f(x)),
    io:format("~p~n", [Frame]).
