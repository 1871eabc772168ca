%% The planets of the benchmarks game: floats in tuples and lists.
-module(nbody).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 400000 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> B = steps(N, bodies()), trunc(energy(B) * 1.0e9).

bodies() ->
    Pi = 3.141592653589793, S = 4 * Pi * Pi, D = 365.24,
    [{0.0, 0.0, 0.0, 0.0, 0.0, 0.0, S},
     {4.84143144246472090, -1.16032004402742839, -1.03622044471123109e-1, 1.66007664274403694e-3 * D, 7.69901118419740425e-3 * D, -6.90460016972063023e-5 * D, 9.54791938424326609e-4 * S},
     {8.34336671824457987, 4.12479856412430479, -4.03523417114321381e-1, -2.76742510726411e-3 * D, 4.99852801234917238e-3 * D, 2.30417297573763929e-5 * D, 2.85885980666130812e-4 * S},
     {1.28943695621391310e1, -1.51111514016986312e1, -2.23307578892655734e-1, 2.96460137564761618e-3 * D, 2.37847173959480950e-3 * D, -2.96589568540237556e-5 * D, 4.36624404335156298e-5 * S},
     {1.53796971148509165e1, -2.59193146099879641e1, 1.79258772950371181e-1, 2.68067772490389322e-3 * D, 1.62824170038242295e-3 * D, -9.51592254519715870e-5 * D, 5.15138902046611451e-5 * S}].

steps(0, B) -> B;
steps(N, B) -> steps(N - 1, move(advance(B))).

advance([]) -> [];
advance([H | T]) ->
    {H2, T2} = pairs(H, T, []),
    [H2 | advance(T2)].

pairs(H, [], A) -> {H, lists:reverse(A)};
pairs({X1, Y1, Z1, VX1, VY1, VZ1, M1}, [{X2, Y2, Z2, VX2, VY2, VZ2, M2} | T], A) ->
    DX = X1 - X2, DY = Y1 - Y2, DZ = Z1 - Z2,
    D2 = DX * DX + DY * DY + DZ * DZ,
    Mag = 0.01 / (D2 * math:sqrt(D2)),
    A1 = M2 * Mag, A2 = M1 * Mag,
    pairs({X1, Y1, Z1, VX1 - DX * A1, VY1 - DY * A1, VZ1 - DZ * A1, M1}, T, [{X2, Y2, Z2, VX2 + DX * A2, VY2 + DY * A2, VZ2 + DZ * A2, M2} | A]).

move(B) -> [{X + 0.01 * VX, Y + 0.01 * VY, Z + 0.01 * VZ, VX, VY, VZ, M} || {X, Y, Z, VX, VY, VZ, M} <- B].

energy([]) -> 0.0;
energy([{X, Y, Z, VX, VY, VZ, M} | T]) ->
    0.5 * M * (VX * VX + VY * VY + VZ * VZ) - lists:sum([M * M2 / math:sqrt((X - X2) * (X - X2) + (Y - Y2) * (Y - Y2) + (Z - Z2) * (Z - Z2)) || {X2, Y2, Z2, _, _, _, M2} <- T]) + energy(T).
