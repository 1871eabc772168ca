%% The goods and their counts, in a table that others read and this process writes.
-module(stock_server).
-behaviour(gen_server).
-export([start_link/0, add/2, take/2, all/0]).
-export([init/1, handle_call/3, handle_cast/2]).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

add(What, N) -> gen_server:call(?MODULE, {change, What, N}).
take(What, N) -> gen_server:call(?MODULE, {change, What, -N}).
all() -> lists:sort(ets:tab2list(?MODULE)).

init([]) ->
    ets:new(?MODULE, [named_table]),
    {ok, Goods} = application:get_env(goods),
    ets:insert(?MODULE, Goods),
    {ok, Limit} = application:get_env(limit),
    {ok, Limit}.

handle_call({change, What, N}, _From, Limit) ->
    case ets:lookup_element(?MODULE, What, 2) + N of
        Count when Count < 0 -> {reply, {error, too_few}, Limit};
        Count when Count > Limit -> {reply, {error, too_many}, Limit};
        Count -> ets:insert(?MODULE, {What, Count}), {reply, {ok, Count}, Limit}
    end.

handle_cast(_, Limit) -> {noreply, Limit}.
