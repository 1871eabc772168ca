"""Projects as rebar3 and mix make them, without a network."""
import os
import shutil

from support import Skip


def rebar3(t, *argv):
    if not shutil.which('rebar3'):
        raise Skip('rebar3 is not in PATH')
    env = dict(t.env, HOME=t.folder, REBAR_CACHE_DIR=t.path('rebar3'), REBAR_OFFLINE='1')
    done = t.run('rebar3', *argv, env=env)
    assert done.returncode == 0, done
    return done


def app_src(name, applications, more=''):
    listed = ', '.join(['kernel', 'stdlib', *applications])
    return f'{{application, {name}, [{{vsn, "1"}}, {{modules, []}}, {{applications, [{listed}]}}{more}]}}.\n'


def test_rebar3_with_a_checkout(t):
    """A dependency in _checkouts, with a header, a priv folder and an application of its own."""
    t.write('rebar.config', '{erl_opts, [debug_info]}.\n{deps, [{words, "1"}]}.\n')
    t.write('rebar.lock', '[].\n')
    t.write('src/tool.app.src', app_src('tool', ['words']))
    t.write('src/tool.erl', '-module(tool).\n-include_lib("words/include/words.hrl").\n-export([main/1]).\n'
            'main(Args) -> {ok, _} = application:ensure_all_started(tool),\n'
            '    [io:format("~ts~n", [words:text(#word{text = A})]) || A <- Args].\n')
    t.write('_checkouts/words/rebar.config', '')
    t.write('_checkouts/words/include/words.hrl', '-record(word, {text}).\n')
    t.write('_checkouts/words/priv/mark', '!')
    t.write('_checkouts/words/src/words.app.src', app_src('words', [], ', {mod, {words_app, []}}'))
    t.write('_checkouts/words/src/words_app.erl', '-module(words_app).\n-behaviour(application).\n-export([start/2, stop/1]).\n'
            'start(_, _) -> {ok, Mark} = file:read_file(filename:join(code:priv_dir(words), "mark")),\n'
            '    persistent_term:put(mark, Mark), {ok, spawn_link(fun() -> receive stop -> ok end end)}.\nstop(_) -> ok.\n')
    t.write('_checkouts/words/src/words.erl', '-module(words).\n-export([text/1]).\n-include("words.hrl").\n'
            'text(#word{text = T}) -> [string:uppercase(T), persistent_term:get(mark)].\n')
    rebar3(t, 'compile')
    t.beamrc('build', '-q', '.')
    shutil.rmtree(t.path('_checkouts'))
    shutil.rmtree(t.path('_build'))
    done = t.run('./tool', 'one', 'two')
    assert done.stdout == 'ONE!\nTWO!\n', done


def test_rebar3_umbrella(t):
    """Several applications below apps/, one that others need."""
    t.write('rebar.config', '{erl_opts, [debug_info]}.\n')
    t.write('apps/front/src/front.app.src', app_src('front', ['back']))
    t.write('apps/front/src/front.erl', '-module(front).\n-export([main/0]).\n'
            'main() -> {ok, L} = application:ensure_all_started(front), io:format("~p ~p~n", [L, back:twice(21)]).\n')
    t.write('apps/back/src/back.app.src', app_src('back', []))
    t.write('apps/back/src/back.erl', '-module(back).\n-behaviour(gen_statem).\n-export([twice/1, init/1, callback_mode/0, idle/3]).\n'
            'twice(N) -> {ok, P} = gen_statem:start_link(?MODULE, [], []), gen_statem:call(P, N).\n'
            'init([]) -> {ok, idle, none}.\ncallback_mode() -> state_functions.\n'
            'idle({call, From}, N, D) -> {keep_state, D, [{reply, From, 2 * N}]}.\n')
    rebar3(t, 'compile')
    t.beamrc('build', '-q', '.', '--main', 'front', '-o', 'x')
    assert t.run('./x').stdout == '[back,front] 42\n'
