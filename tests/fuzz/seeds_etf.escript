%% Seeds for fuzz_etf: terms of every kind in external form, each behind a byte of flags.
%% Usage: escript seeds_etf.escript FOLDER
main([Folder]) ->
    Id = fun(Tag, Rest) -> binary_to_term(<<131, Tag, Rest/binary>>) end,
    Node = <<119, 3, "a@b">>,
    Terms = [0, 255, -1, 1 bsl 40, -(1 bsl 70), 1 bsl 2100, 1.5, -0.0, a, 'ä', '€', [], "text", [1000, a], [1 | b], {},
             {1, {2, {3}}}, list_to_tuple(lists:seq(1, 300)), <<>>, <<"bytes">>, binary:copy(<<"long">>, 50), <<5:3>>, <<1, 2, 3:7>>,
             #{}, #{a => 1, "b" => #{c => 2.5}}, maps:from_list([{N, {N}} || N <- lists:seq(1, 50)]), fun lists:map/2,
             self(), make_ref(), hd(erlang:ports()),
             Id(88, <<Node/binary, 1:32, 2:32, 3:32>>), Id(89, <<Node/binary, 1:32, 3:32>>), Id(120, <<Node/binary, 1:64, 3:32>>),
             Id(90, <<3:16, Node/binary, 3:32, 1:32, 2:32, 3:32>>), Id(103, <<Node/binary, 1:32, 2:32, 3>>), Id(101, <<Node/binary, 1:32, 3>>)],
    Raw = [<<131, 112, 46:32, 1, 0:128, 7:32, 2:32, 119, 2, "ok", 97, 7, 97, 9, 88, 119, 13, "nonode@nohost", 1:32, 0:32, 0:32, 97, 1, 106>>,
           <<131, 115, 1, "a">>, <<131, 99, "1.50000000000000000000e+00", 0:40>>, <<131, 102, 119, 1, "a", 1:32, 1>>],
    Options = [[], [compressed], [{minor_version, 0}], [{minor_version, 2}]],
    Bins = Raw ++ [term_to_binary(T, O) || T <- Terms ++ [Terms], O <- Options],
    [ok = file:write_file(filename:join(Folder, "etf" ++ integer_to_list(N)), [N rem 16, B])
     || {N, B} <- lists:zip(lists:seq(1, length(Bins)), Bins)].
