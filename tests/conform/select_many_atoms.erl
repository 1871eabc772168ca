-module(select_many_atoms).
-export([main/0]).

main() ->
    Names = [alpha, beta, gamma, delta, epsilon, zeta, eta, theta, iota, kappa, lambda, mu, nu, xi, omicron,
             pi, rho, sigma, tau, upsilon, phi, chi, psi, omega, '', 'A', ok, error, true, false, undefined,
             'é', 'with space', none, 0, "alpha", <<"alpha">>, {alpha}],
    io:format("~tw~n", [[{N, greek(N), back(greek(N))} || N <- Names]]),
    io:format("~w~n", [[mixed(X) || X <- [a, 1, 2.0, "s", b, {t}, 2, c, 1.0]]]).

greek(alpha) -> 1; greek(beta) -> 2; greek(gamma) -> 3; greek(delta) -> 4; greek(epsilon) -> 5;
greek(zeta) -> 6; greek(eta) -> 7; greek(theta) -> 8; greek(iota) -> 9; greek(kappa) -> 10;
greek(lambda) -> 11; greek(mu) -> 12; greek(nu) -> 13; greek(xi) -> 14; greek(omicron) -> 15;
greek(pi) -> 16; greek(rho) -> 17; greek(sigma) -> 18; greek(tau) -> 19; greek(upsilon) -> 20;
greek(phi) -> 21; greek(chi) -> 22; greek(psi) -> 23; greek(omega) -> 24; greek('') -> 25;
greek('with space') -> 26; greek('é') -> 27; greek(true) -> 28; greek(undefined) -> 29;
greek(A) when is_atom(A) -> other;
greek(_) -> none.

back(1) -> alpha; back(2) -> beta; back(5) -> epsilon; back(10) -> kappa; back(24) -> omega;
back(27) -> 'é'; back(other) -> o; back(none) -> n; back(N) when N > 20 -> high; back(_) -> low.

mixed(a) -> 1; mixed(1) -> 2; mixed(2.0) -> 3; mixed("s") -> 4; mixed({t}) -> 5; mixed(b) -> 6;
mixed(1.0) -> 7; mixed(X) when is_integer(X) -> int; mixed(_) -> rest.
