%% Files in memory: random operations on them, errors included.
-module(io_ram_file).
-export([main/0]).
main() ->
    rand:seed(exsss, {1,2,3}),
    [run(M, I) || M <- [[read],[write],[read,write],[read,write,binary],[binary,read],[binary],[write,binary]], I <- lists:seq(1,2)],
    p(file:open("abc",[ram,append])), p(file:open(foo,[ram])), 
    {ok,F}=file:open(<<"hello">>,[ram,read,binary]), p(file:read(F,100)), p(file:read(F,1)),p(ram_file:get_file(F)), p(ram_file:get_size(F)), p(file:close(F)), p(file:read(F,1)), p(file:close(F)), ok.
run(M, I) ->
    {ok, F} = file:open(lists:duplicate(I, $a + I), [ram|M]),
    [begin Op = op(), R = try apply(file, element(1,Op), [F|tl(tuple_to_list(Op))]) catch C:E -> {C,E} end, p({M,Op,R, ram_file:get_size(F), ram_file:get_file(F)}) end || _ <- lists:seq(1,60)],
    p(file:close(F)).
n() -> rand:uniform(40)-1.
op() -> case rand:uniform(14) of 1 -> {read,n()}; 2->{write,lists:duplicate(n(),$x)}; 3->{position,n()}; 4->{position,{cur,n()-20}}; 5->{position,{eof,n()-20}};6->{pread,n(),n()};7->{pwrite,n(),<<"pw">>};8->{truncate};9->{sync};10->{datasync};11->{pread,[{n(),n()},{n(),3}]};12->{pwrite,[{n(),"ab"},{n(),<<"c">>}]};13->{advise,n(),n(),normal};14->{allocate,n(),n()} end.
p(X) -> io:format("~p~n",[X]).
