defmodule Tally.Counter do
  @moduledoc "How often each word came."
  use GenServer

  def start_link(_), do: GenServer.start_link(__MODULE__, %{}, name: __MODULE__)
  def add(words), do: GenServer.call(__MODULE__, {:add, words})
  def all, do: GenServer.call(__MODULE__, :all)

  @impl true
  def init(counts), do: {:ok, counts}

  @impl true
  def handle_call({:add, words}, _from, counts) do
    counts = Enum.reduce(words, counts, &Map.update(&2, &1, 1, fn n -> n + 1 end))
    {:reply, map_size(counts), counts}
  end

  def handle_call(:all, _from, counts), do: {:reply, counts, counts}
end
