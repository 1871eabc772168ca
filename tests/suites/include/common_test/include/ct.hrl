%% In place of Common Test's header: what suites use of it.
-define(line, ).
-define(MAX_VERBOSITY, 100).
-define(HI_VERBOSITY, 75).
-define(STD_VERBOSITY, 50).
-define(LOW_VERBOSITY, 25).
-define(MIN_VERBOSITY, 0).
-define(config, test_server:lookup_config).
-define(CT_PEER_NAME(), test_server:peer_name(?MODULE, ?FUNCTION_NAME)).
-define(CT_PEER_NAME(Case), test_server:peer_name(?MODULE, Case)).
-define(CT_PEER(), ?CT_PEER([])).
-define(CT_PEER(Options), test_server:start_peer(Options, ?MODULE, ?FUNCTION_NAME)).
-define(CT_PEER(Options, Release, Dir),
        test_server:start_peer(Options, ?MODULE, ?FUNCTION_NAME, Release, Dir)).
