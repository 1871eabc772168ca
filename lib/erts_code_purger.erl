%% erts_code_purger: in place of OTP's: no process of its own, since nothing runs between looking for
%% users of old code and giving it back.
-module(erts_code_purger).
-export([purge/1, soft_purge/1]).

%% {whether there was old code, whether a process was killed}
purge(Mod) when is_atom(Mod) ->
    case erlang:check_old_code(Mod) of
        true -> {true, code:purge(Mod)};
        false -> {false, false}
    end.

soft_purge(Mod) -> code:soft_purge(Mod).
