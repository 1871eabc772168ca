%% brc_test: the entry of `beamrc test` for EUnit: runs the tests of the modules whose names the
%% executable carries. EUnit tests m_tests with m.
-module(brc_test).
-export([main/0]).

main() ->
    {ok, Names} = prim_file:read_file("/embedded:/tests"),
    Modules = [binary_to_atom(Name) || Name <- binary:split(Names, <<"\n">>, [global, trim_all])],
    Tested = [M || M <- Modules, not lists:member(with(M), Modules)],
    case eunit:test(Tested) of
        ok -> ok;
        _ -> erlang:halt(1)
    end.

%% The module whose tests this one holds, by its name.
with(Module) ->
    case lists:reverse(atom_to_list(Module)) of
        "stset_" ++ Name -> list_to_atom(lists:reverse(Name));
        _ -> none
    end.
