%% Points of the Mandelbrot set: floats in registers, a tight loop.
-module(mandelbrot).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 900 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> rows(N, N, 0).

rows(0, _, A) -> A;
rows(Y, N, A) -> rows(Y - 1, N, cols(N, Y, N, A)).

cols(0, _, _, A) -> A;
cols(X, Y, N, A) ->
    CR = 3.0 * X / N - 2.0, CI = 2.0 * Y / N - 1.0,
    cols(X - 1, Y, N, A + iter(0.0, 0.0, CR, CI, 50)).

iter(_, _, _, _, 0) -> 1;
iter(R, I, CR, CI, N) ->
    R2 = R * R, I2 = I * I,
    if R2 + I2 > 4.0 -> 0;
       true -> iter(R2 - I2 + CR, 2.0 * R * I + CI, CR, CI, N - 1)
    end.
