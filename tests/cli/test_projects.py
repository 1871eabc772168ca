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
    t.write('rebar.config', '{erl_opts, [debug_info]}.\n'
            '{relx, [{release, {front, "1"}, [front]},\n        %% {sys_config, "none"},\n        {sys_config, "config/sys.config"}]}.\n')
    t.write('config/sys.config', '[{back, [{times, 3}]}].\n')
    t.write('apps/front/src/front.app.src', app_src('front', ['back']))
    t.write('apps/front/src/front.erl', '-module(front).\n-export([main/0]).\n'
            'main() -> {ok, L} = application:ensure_all_started(front), io:format("~p ~p~n", [L, back:times(14)]).\n')
    t.write('apps/back/src/back.app.src', app_src('back', []))
    t.write('apps/back/src/back.erl', '-module(back).\n-behaviour(gen_statem).\n-export([times/1, init/1, callback_mode/0, idle/3]).\n'
            'times(N) -> {ok, P} = gen_statem:start_link(?MODULE, [], []), gen_statem:call(P, N).\n'
            'init([]) -> {ok, idle, none}.\ncallback_mode() -> state_functions.\n'
            'idle({call, From}, N, D) -> {keep_state, D, [{reply, From, application:get_env(back, times, 2) * N}]}.\n')
    rebar3(t, 'compile')
    t.beamrc('build', '-q', '.', '--main', 'front', '-o', 'x')
    assert t.run('./x').stdout == '[back,front] 42\n'
    t.write('other.config', '[].\n')
    t.beamrc('build', '-q', '.', '--main', 'front', '--config', 'other.config', '-o', 'x')
    assert t.run('./x').stdout == '[back,front] 28\n'


def test_modules_named_by_settings(t):
    """Modules that only an application's env or sys.config names are there to be called."""
    t.write('ebin/lamp.app', '{application, lamp, [{vsn, "1"}, {applications, [kernel, stdlib]},\n'
            '  {env, [{text, "lamp_none ]"}, {sign, $]}, {steps, [{first, lamp_first}, #{\'next one\' => lamp_next}]}]}]}.\n')
    t.erl('lamp', '-export([main/0]).\nmain() -> ok = application:load(lamp), {ok, [{_, A}, B]} = application:get_env(lamp, steps),\n'
          '    Last = application:get_env(lamp, last, lamp_first),\n'
          '    io:format("~p~n", [[M:shine(1) || M <- [A, maps:get(\'next one\', B), Last]]]).\n')
    for name in 'first', 'next', 'last':
        t.erl(f'lamp_{name}', f'-export([shine/1]).\nshine(N) -> {{{name}, N}}.\n')
    t.write('sys.config', '%% comment ]\n[{lamp, [{last, lamp_last}]}].\n')
    assert t.run('erlc', '-o', 'ebin', *(f'{m}.erl' for m in ('lamp', 'lamp_first', 'lamp_next', 'lamp_last'))).returncode == 0
    t.beamrc('build', '-q', 'ebin', '--main', 'lamp', '-o', 'plain')
    assert t.run('./plain').stdout == '[{first,1},{next,1},{first,1}]\n'
    t.beamrc('build', '-q', 'ebin', '--main', 'lamp', '--config', 'sys.config', '-o', 'set')
    assert t.run('./set').stdout == '[{first,1},{next,1},{last,1}]\n'
    stock = t.run('erl', '-noshell', '-pa', 'ebin', '-config', 'sys', '-s', 'lamp', 'main', '-s', 'init', 'stop')
    assert stock.stdout == t.run('./set').stdout
