%% Assembly, for the exact instructions: a frame that is trimmed, many registers, swap.
{module, frames}.
{exports, [{trims,2},{many,8}]}.
{attributes, []}.
{labels, 6}.

{function, trims, 2, 2}.
  {label,1}.
    {func_info,{atom,frames},{atom,trims},2}.
  {label,2}.
    {allocate,2,2}.
    {move,{x,1},{y,0}}.
    {init_yregs,{list,[{y,1}]}}.
    {call_ext,1,{extfunc,ext,f,1}}.
    {move,{x,0},{y,1}}.
    {move,{y,0},{x,0}}.
    {trim,1,1}.
    {call_ext,1,{extfunc,ext,f,1}}.
    {test_heap,3,1}.
    {put_tuple2,{x,0},{list,[{x,0},{y,0}]}}.
    {deallocate,1}.
    return.

{function, many, 8, 4}.
  {label,3}.
    {func_info,{atom,frames},{atom,many},8}.
  {label,4}.
    {swap,{x,0},{x,7}}.
    {test,is_eq_exact,{f,5},[{x,0},{x,6}]}.
    {call_only,8,{f,4}}.
  {label,5}.
    {test_heap,4,8}.
    {put_list,{x,6},{x,7},{x,0}}.
    {put_list,{x,0},{x,0},{x,0}}.
    return.
