%% An interpreter for a tiny language with a tape: prints squares and a greeting.
-module(prog_brainf).
-export([main/0]).

main() ->
    run("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++."),
    run("++++[>+++++<-]>[<+++++>-]+<+[>[>+>+<<-]++>>[<<+>>-]>>>[-]++>[-]+>>>+[[-]++++++>>>]<<<[[<++++++++<++>>-]+<.<[>----<-]<]<<[>>>>>[>>>[-]+++++++++<[>-<-]+++++++++>[-[<->-]+[<<<]]<[>+<-]>]<<-]<<-]").

run(S) -> {P, []} = parse(S, []), exec(P, {[], 0, []}), ok.
parse([], A) -> {lists:reverse(A), []};
parse("]" ++ T, A) -> {lists:reverse(A), T};
parse("[" ++ T, A) -> {L, R} = parse(T, []), parse(R, [{loop, L} | A]);
parse([C | T], A) -> parse(T, [C | A]).
exec([], S) -> S;
exec([$> | T], {L, C, []}) -> exec(T, {[C | L], 0, []});
exec([$> | T], {L, C, [N | R]}) -> exec(T, {[C | L], N, R});
exec([$< | T], {[], C, R}) -> exec(T, {[], 0, [C | R]});
exec([$< | T], {[N | L], C, R}) -> exec(T, {L, N, [C | R]});
exec([$+ | T], {L, C, R}) -> exec(T, {L, (C + 1) band 255, R});
exec([$- | T], {L, C, R}) -> exec(T, {L, (C - 1) band 255, R});
exec([$. | T], {_, C, _} = S) -> io:put_chars([C]), exec(T, S);
exec([{loop, _} | T], {_, 0, _} = S) -> exec(T, S);
exec([{loop, L} | _] = P, S) -> exec(P, exec(L, S)).
