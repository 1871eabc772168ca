%% driver: loads the program that its first argument names, without .beam, and tail-calls its main.
-module(driver).
-export([main/1]).

main([File | Args]) ->
    {module, Mod} = code:load_abs(File),
    case erlang:function_exported(Mod, main, 1) of
        true -> Mod:main(Args);
        false -> Mod:main()
    end.
