defmodule Tally.MixProject do
  use Mix.Project

  def project do
    [app: :tally, version: "0.1.0", elixir: "~> 1.14", escript: [main_module: Tally.CLI]]
  end

  def application do
    [extra_applications: [:logger], mod: {Tally.Application, []}]
  end
end
