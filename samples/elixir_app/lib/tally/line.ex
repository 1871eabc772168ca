defprotocol Tally.Size do
  @doc "How large a thing is."
  def of(thing)
end

defmodule Tally.Line do
  defstruct [:number, :words]

  @word ~r/\p{L}+/u

  def parse({text, number}) do
    words = for [word] <- Regex.scan(@word, text), do: String.downcase(word)
    %__MODULE__{number: number, words: words}
  end
end

defimpl Tally.Size, for: Tally.Line do
  def of(%{words: words}), do: length(words)
end

defimpl Tally.Size, for: [BitString, List] do
  def of(text) when is_binary(text), do: String.length(text)
  def of(list), do: length(list)
end
