%% test_server_ctrl: in place of Common Test's: suites name it, none of their cases calls it.
-module(test_server_ctrl).
-export([]).
