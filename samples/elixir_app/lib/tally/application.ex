defmodule Tally.Application do
  @moduledoc "Starts the counter that all words go to."
  use Application

  @impl true
  def start(_type, _args) do
    children = [Tally.Counter, {Task.Supervisor, name: Tally.Tasks}]
    Supervisor.start_link(children, strategy: :one_for_one, name: Tally.Supervisor)
  end
end
