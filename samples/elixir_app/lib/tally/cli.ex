defmodule Tally.CLI do
  @moduledoc "tally FILE...: counts words. Without a file it reads standard input."

  def main([]), do: report(IO.stream(:stdio, :line))
  def main(files), do: Enum.each(files, &report(File.stream!(&1)))

  defp report(lines) do
    sizes =
      Tally.Tasks
      |> Task.Supervisor.async_stream(Stream.with_index(lines, 1), &count/1, ordered: true)
      |> Enum.map(fn {:ok, size} -> size end)

    IO.puts("#{length(sizes)} lines, #{Enum.sum(sizes)} words")

    Tally.Counter.all()
    |> Enum.sort_by(fn {word, n} -> {-n, word} end)
    |> Enum.take(5)
    |> Enum.each(fn {word, n} -> IO.puts("#{String.pad_leading(to_string(n), 5)} #{word}") end)

    IO.inspect(%{longest: Enum.max_by(Map.keys(Tally.Counter.all()), &Tally.Size.of/1, fn -> "" end)})
  end

  defp count(line) do
    parsed = Tally.Line.parse(line)
    Tally.Counter.add(parsed.words)
    Tally.Size.of(parsed)
  end
end
