%% In place of Common Test's header: what suites use of it.
-define(line, ).
-define(config, test_server:lookup_config).
-define(CT_PEER_NAME(), test_server:peer_name(?MODULE, ?FUNCTION_NAME)).
-define(CT_PEER_NAME(Case), test_server:peer_name(?MODULE, Case)).
-define(CT_PEER(), ?CT_PEER([])).
-define(CT_PEER(Options), test_server:start_peer(Options, ?MODULE, ?FUNCTION_NAME)).
-define(CT_PEER(Options, Release, Dir),
        test_server:start_peer(Options, ?MODULE, ?FUNCTION_NAME, Release, Dir)).
