%% funs of modules that the program has not
-module(fun_unknown).
-export([main/0]).

main() ->
    B4 = <<131,112,0,0,0,66,2,215,206,77,69,249,50,170,17,129,47,21,98,
           13,196,76,242,0,0,0,3,0,0,0,0,100,0,1,116,97,3,98,7,168,160,
           93,103,100,0,13,110,111,110,111,100,101,64,110,111,104,111,
           115,116,0,0,0,112,0,0,0,0,0>>,
    F = binary_to_term(B4),
    io:format("~p ~p~n", [F, [erlang:fun_info(F, I) || I <- [module, index, uniq, new_index, new_uniq, name, arity, env, type]]]),
    try F(a, b) catch C:R:T -> io:format("~p~n", [{C, R, hd(T)}]) end,
    try apply(F, [a, b]) catch C1:R1:T1 -> io:format("~p~n", [{C1, R1, hd(T1)}]) end,
    try lists:foldl(F, a, [b]) catch C2:R2:T2 -> io:format("~p~n", [{C2, R2, hd(T2)}]) end,
    try F(a) catch C3:R3 -> io:format("~p~n", [{C3, R3}]) end,
    io:format("~p ~p ~p ~p~n", [F =:= binary_to_term(B4), is_function(F, 2), is_function(F, 1), erlang:phash2(F)]),
    io:format("~p~n", [binary_to_term(term_to_binary(F)) =:= F]).
