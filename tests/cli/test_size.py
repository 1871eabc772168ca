"""What programs hold, and how large they are."""
import json
import os
import shutil

from support import TOP

MB = 1_000_000


def modules(t, binary):
    return {m['name'] for m in json.loads(t.beamrc('inspect', '--json', binary).stdout)['modules']}


def test_size_of_samples(t):
    """Larger ones lose a promise of the README."""
    for name, source, most in (('gleam_hello', 'samples/gleam_hello', 1.5), ('actors', 'samples/actors', 4),
                               ('tls_web', 'tests/releases/tls_web.erl', 12)):
        source = os.path.join(TOP, source)
        if os.path.isdir(source):
            shutil.copytree(source, t.path(name), ignore=shutil.ignore_patterns('build'))
            source = name
        t.beamrc('build', '-q', source, '-o', 'program')
        size = os.path.getsize(t.path('program'))
        assert size <= most * MB, (name, size)


def test_parts_of_modules(t):
    """erl_parse and re are there whole only where something needs more than lib/part has."""
    t.write('terms.erl', '-module(terms).\n-export([main/0]).\n'
            'main() -> {ok, Ts, _} = erl_scan:string("{a, [1, -2.5, \\"x\\"]}."),\n'
            '  io:format("~p~n", [erl_parse:parse_term(Ts)]).\n')
    t.write('exprs.erl', '-module(exprs).\n-export([main/0]).\n'
            'main() -> {ok, Ts, _} = erl_scan:string("1 + 2."),\n'
            '  io:format("~p ~p~n", [erl_parse:parse_exprs(Ts), erl_parse:parse_term(Ts)]).\n')
    t.write('regex.erl', '-module(regex).\n-export([main/0]).\n'
            'main() -> io:format("~p~n", [re:replace("a1b", "[0-9]", "-", [{return, list}])]).\n')
    grammar = 'erl_parse:yeccpars0/5'
    for name, why, whole, output in (
            ('terms', grammar, False, '{ok,{a,[1,-2.5,"x"]}}\n'),
            ('exprs', grammar, True, '{ok,[{op,1,\'+\',{integer,1,1},{integer,1,2}}]} {error,{1,erl_parse,"bad term"}}\n'),
            ('regex', 're:do_replace/5', True, '"a-b"\n')):
        t.beamrc('build', '-q', f'{name}.erl')
        assert t.run(f'./{name}').stdout == output, name
        t.beamrc('check', f'{name}.erl', '--why', why, status=0 if whole else 1)
    # a module named by --keep is whole, and so is one of the program's own of that name
    t.beamrc('check', 'terms.erl', '--keep', 'erl_parse:parse_form/1', '--why', grammar)
    t.write('own/re.erl', '-module(re).\n-export([replace/4]).\nreplace(T, _, _, _) -> T.\n')
    t.write('own/main.erl', '-module(main).\n-export([main/0]).\nmain() -> io:format("~p~n", [re:replace(a, b, c, d)]).\n')
    t.beamrc('build', '-q', 'own/main.erl', 'own/re.erl', '--main', 'main')
    assert t.run('./main').stdout == 'a\n'


def test_functions_that_wait(t):
    """What fetches revocation lists (and httpc, dets...) comes with programs that ask for it only."""
    text = ('-module({0}).\n-export([main/0]).\nmain() -> ssl:start(), io:format("~p~n", '
            '[element(1, catch ssl:connect("localhost", 1, [{1}], 1000))]).\n')
    t.write('plain.erl', text.format('plain', '{verify, verify_none}'))
    t.write('revoked.erl', text.format('revoked', '{crl_check, true}, {crl_cache, {ssl_crl_cache, {internal, [{http, 5000}]}}}'))
    for name, fetches in ('plain', False), ('revoked', True):
        t.beamrc('check', f'{name}.erl', '--why', 'httpc:request/4', status=0 if fetches else 1)
    t.beamrc('build', '-q', 'plain.erl')
    assert t.run('./plain').stdout == 'error\n'
    assert not {'httpc', 'dets', 'httpc_cookie'} & modules(t, 'plain')


def test_keep_waits_for_nothing(t):
    """An option that is known at run time only, and what it takes named by --keep."""
    t.write('inflate.erl', '-module(inflate).\n-export([main/0]).\n'
            'main() -> ok = file:write_file("x.gz", zlib:gzip("inflated")),\n'
            '  Option = list_to_atom(os:getenv("OPTION")),\n'
            '  {ok, F} = file:open("x.gz", [read, Option]), io:format("~p~n", [file:read(F, 100)]).\n')
    keeps = [f'--keep=raw_file_io_{m}:_' for m in ('compressed', 'inflate', 'deflate')]
    t.beamrc('build', '-q', 'inflate.erl', *keeps)
    assert t.run('./inflate', env=dict(t.env, OPTION='compressed')).stdout == '{ok,"inflated"}\n'


def test_modules_asked_for_exports(t):
    """Whoever asks one of the program's modules what it exports, in plain words, gets all of it and calls it."""
    asks = {'info_a': 'info_a:module_info(exports)', 'info_b': 'proplists:get_value(exports, info_b:module_info())',
            'info_c': 'info_c:all()'}
    for name in asks:
        t.write(f'{name}.erl', f'-module({name}).\n-export([quiet/0, all/0]).\nquiet() -> {name}.\n'
                'all() -> [E || E <- module_info(exports)].\n')
    t.write('asks.erl', '-module(asks).\n-export([main/0]).\nmain() -> io:format("~p~n", [lists:sort(lists:append(['
            + ', '.join(f'[{{{name}, E}} || E <- {call}]' for name, call in asks.items()) + ']))]).\n')
    t.beamrc('build', '-q', '-O0', 'asks.erl', *[f'{name}.erl' for name in asks], '--main', 'asks')
    exports = ('all,0', 'module_info,0', 'module_info,1', 'quiet,0')
    all = [f'{{{name},{{{e}}}}}' for name in asks for e in exports]
    assert ''.join(t.run('./asks').stdout.split()) == f'[{",".join(all)}]', t.run('./asks').stdout


def test_names_made_of_text(t):
    """Functions and modules of the program's own that nothing but a text names; none of them where nothing makes atoms."""
    t.write('made.erl', '-module(made).\n-export([main/1, one/0, other/1]).\n'
            'main([M, F]) -> Module = list_to_atom("made_" ++ M),\n'
            '  io:format("~p~n", [[?MODULE:other(1), apply(?MODULE, list_to_atom(F), []), Module:run(),\n'
            '    apply(Module, list_to_atom(F), []), made_b:apart(M)]]).\n'
            'one() -> 1.\nother(X) -> X.\n')
    for name in ('a', 'b'):
        t.write(f'made_{name}.erl', f'-module(made_{name}).\n-export([run/0, one/0, apart/1]).\n'
                f'run() -> {name}.\none() -> {name}1.\napart(M) -> {{{name}, M}}.\n')
    t.write('kept.erl', '-module(kept).\n-export([main/0, used/0, unused/0]).\n'
            'main() -> io:format("~p~n", [apply(?MODULE, name(), [])]).\nname() -> used.\nused() -> 1.\nunused() -> 2.\n')
    t.beamrc('build', '-q', '-O0', 'made.erl', 'made_a.erl', 'made_b.erl', '--main', 'made')
    assert t.run('./made', 'a', 'one').stdout == '[1,1,a,a1,{b,"a"}]\n'
    assert t.run('./made', 'b', 'one').stdout == '[1,1,b,b1,{b,"b"}]\n'
    t.beamrc('build', '-q', '-O0', 'kept.erl')
    held = json.loads(t.beamrc('inspect', '--json', 'kept').stdout)['modules']
    names = {f['name'] for m in held if m['name'] == 'kept' for f in m['functions']}
    assert 'used/0' in names and 'unused/0' not in names, names
