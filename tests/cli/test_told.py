"""What beamrc says of itself and of failures: doctor, --json, the manual, completions; each flag, each
variable of the environment and each command is named by some test here."""
import glob
import json
import os
import re
import shutil
import subprocess

from support import BEAMRC, OTHER, TOP, Skip

HERE = os.path.dirname(os.path.abspath(__file__))
MAIN = '-export([main/0]).\nmain() -> io:put_chars("x").\n'


def flags_of(t, command):
    return re.findall(r'^  (-\S+)', t.beamrc(command, '--help').stdout, re.M)


def commands(t):
    return re.findall(r'^  beamrc (\S+)', t.beamrc('--help').stdout, re.M)


# ---- nothing is left out ----

def test_every_flag_has_a_test(t):
    texts = []
    for path in [os.path.join(HERE, 'run'), *glob.glob(os.path.join(HERE, 'test_*.py'))]:
        with open(path, encoding='utf-8') as f:
            texts.append(f.read())
    text = '\n'.join(texts)
    all = {flag for command in commands(t) for flag in flags_of(t, command)} | {'--version', '--variant', '-h'}
    assert len(all) > 25, all
    lacking = [flag for flag in sorted(all) if not re.search(f"'{re.escape(flag)}['=]", text)]
    assert not lacking, f'no test names {lacking}'
    lacking = [c for c in commands(t) if f"('{c}'" not in text and f"'{c}', " not in text]
    assert not lacking, f'no test runs {lacking}'
    variables = re.findall(r'^  ([A-Z_]{5,}) ', t.beamrc('--help').stdout, re.M)
    assert 'BEAMRC_CACHE_LIMIT' in variables, variables
    lacking = [v for v in variables if text.count(v) < 1]
    assert not lacking, f'no test sets {lacking}'


def test_every_flag_is_documented(t):
    with open(os.path.join(TOP, 'README.md'), encoding='utf-8') as f:
        readme = f.read()
    manual = t.beamrc('manual').stdout.replace('\\-', '-').replace('\\fR', '').replace('\\fB', '')
    for command in commands(t):
        assert f'beamrc {command}' in readme and f'.SS beamrc {command}\n' in manual, command
        for flag in flags_of(t, command):
            assert f'`{flag}' in readme, f'README.md does not tell of {flag}'
            assert f'\n.TP\n{flag}' in manual, f'the manual does not tell of {flag}'
    for variable in re.findall(r'^  ([A-Z_]{5,}) ', t.beamrc('--help').stdout, re.M):
        assert f'\n.TP\n{variable}\n' in manual, variable
        assert f'`{variable}' in readme, f'README.md does not tell of {variable}'


def test_manual(t):
    t.write('beamrc.1', t.beamrc('manual').stdout)
    if not shutil.which('groff'):
        raise Skip('groff is not in PATH')
    done = t.run('groff', '-man', '-Tutf8', '-ww', '-z', 'beamrc.1')
    assert (done.returncode, done.stderr) == (0, ''), done.stderr
    shown = t.run('groff', '-man', '-Tascii', '-P-cbou', 'beamrc.1').stdout
    for words in 'beamrc inspect BINARY', '--cache-limit SIZE', 'BEAMRC_CACHE_LIMIT', '~/.cache/beamrc', 'EXIT STATUS':
        assert words in shown, (words, shown[:2000])


def test_completions_are_true(t):
    """What each script offers after a command are the flags that the command takes."""
    t.write('ask', t.beamrc('completion', 'bash').stdout + 'COMP_WORDS=(beamrc "$@"); COMP_CWORD=$(($# ))\n'
            '_beamrc\nprintf "%s\\n" "${COMPREPLY[@]}"\n')
    assert set(t.run('bash', 'ask', '').stdout.split()) == set(commands(t)) | {'--help', '--version'}
    fish, zsh = t.beamrc('completion', 'fish').stdout, t.beamrc('completion', 'zsh').stdout
    for command in commands(t):
        flags = set(flags_of(t, command))
        assert set(t.run('bash', 'ask', command, '-').stdout.split()) == flags, command
        lines = [line for line in fish.split('\n') if f'__fish_seen_subcommand_from {command}\'' in line]
        assert len(lines) == len(flags), (command, lines)
        in_zsh = re.search(rf'^    {command}\) _arguments(.*) ;;$', zsh, re.M)[1]
        assert set(re.findall(r"'\*(-[^\[]+)\[", in_zsh)) == flags, command
    assert t.run('bash', 'ask', 'build', '--target', '').stdout.split() == ['x86_64-linux', 'aarch64-linux']
    assert t.run('bash', 'ask', 'completion', '').stdout.split() == ['bash', 'zsh', 'fish']
    for shell, text in ('zsh', zsh), ('fish', fish):
        if shutil.which(shell):
            t.write('script', text)
            assert t.run(shell, '-n', 'script').returncode == 0, shell


# ---- doctor ----

def test_doctor_names_all(t):
    done = t.beamrc('doctor')
    names = [line[9:27].strip() for line in done.stdout.split('\n')[:-2]]
    for name in ('clang-19', 'ld.lld-19', 'libclang-19', 'OTP', 'erlc', 'gleam', 'elixir', 'runtime release', 'headers', 'modules',
                 'libc.a', 'libcrypto.a', f'for {OTHER}', 'cache'):
        assert name in names, (name, names)
    assert re.search(r'^ok +OTP +\d+\S* in /', done.stdout, re.M), done.stdout
    t.refused('doctor', 'x', says='usage: beamrc doctor', status=2)


def doctor(t, **env):
    done = t.run(BEAMRC, 'doctor', '--json', env=dict(t.env, **env))
    said = json.loads(done.stdout)
    assert done.stderr == '' and (done.returncode == 0) == said['ok'], done
    return {c['name']: (c['status'], c.get('advice') or c['detail']) for c in said['checks']}, said['ok']


def test_doctor_tells_what_is_missing(t):
    checks, ok = doctor(t)
    assert ok and checks['clang-19'][0] == checks['cache'][0] == 'ok', checks
    t.write('clang-14', '#!/bin/sh\necho "Debian clang version 14.0.6"\n')
    os.chmod(t.path('clang-14'), 0o755)
    t.write('file', '')
    for env, name, words in (({'BEAMRC_CLANG': t.path('clang-14')}, 'clang-19', 'BEAMRC_CLANG'),
                             ({'BEAMRC_CLANG': 'none'}, 'clang-19', 'install'),
                             ({'BEAMRC_LLD': 'none'}, 'ld.lld-19', 'lld-19'),
                             ({'BEAMRC_CACHE': t.path('file')}, 'cache', 'BEAMRC_CACHE'),
                             ({'PATH': '/nowhere'}, 'OTP', 'erlang-base')):
        checks, ok = doctor(t, **env)
        assert not ok and checks[name][0] == 'missing' and words in checks[name][1], (env, checks[name])
    done = t.run(BEAMRC, 'doctor', env=dict(t.env, BEAMRC_LLD='none'))
    assert done.returncode == 1 and 'MISSING  ld.lld-19' in done.stdout and '\n1 missing' in done.stdout, done.stdout
    bare = t.installed()
    os.remove(t.path('installed/lib/beamrc/libbeamrc.a'))
    done = t.run(bare, 'doctor')
    assert done.returncode == 1 and 'MISSING  runtime release' in done.stdout, done.stdout
    assert f'absent   for {OTHER}' in done.stdout, done.stdout
    assert '--target' in done.stdout and '1 missing' in done.stdout


# ---- --json ----

def test_json(t):
    t.erl('m', MAIN.replace('main() ->', 'main() -> catch other:gone(1),'))
    said = json.loads(t.beamrc('build', '--json', 'm.erl', '-o', 'x', '-j', '2').stdout)
    assert said['ok'] and said['output'] == 'x' and said['bytes'] == os.path.getsize(t.path('x')), said
    assert said['entry'] == 'm:main/0' and said['otp'].isdigit() and said['modules'] > 3 and said['functions'] > 10, said
    assert len(said['warnings']) == 1 and 'other:gone/1' in said['warnings'][0], said
    done = t.beamrc('check', '--json', 'm.erl', status=1)
    said = json.loads(done.stdout)
    assert not said['ok'] and said['missing'] == [
        {'function': 'other:gone/1', 'why': 'called by m:main/0', 'native': False}], said
    said = json.loads(t.beamrc('check', '--json', 'm.erl', '--why', 'io:put_chars/1').stdout)
    assert said['ok'] and said['why'][0] == 'io:put_chars/1, called by m:main/0', said
    said = json.loads(t.beamrc('inspect', '--json', 'x').stdout)
    assert said['ok'] and said['entry'] == 'm:main/0' and said['bytes'] == os.path.getsize(t.path('x')), said
    own = [m for m in said['modules'] if m['name'] == 'm'][0]
    assert [f['name'] for f in own['functions']] == ['main/0'] and own['bytes'] > 0, own
    assert said['runtime_bytes'] > 100_000 and isinstance(said['embedded'], list)


def test_json_of_errors(t):
    t.erl('bad', MAIN.replace('"x"', 'X'))
    for argv, status, words in ((['build', 'none.beam'], 1, 'none.beam'), (['build', 'bad.erl'], 1, 'erlc failed'),
                                (['build', '--wrong'], 2, '--wrong'), (['inspect', '/bin/sh'], 1, 'not built by beamrc'),
                                (['check', '--why', 'x:y/1', 'none.erl'], 1, 'none.erl'), (['inspect'], 2, 'usage')):
        done = t.beamrc(*argv, '--json', status=status)
        said = json.loads(done.stdout)
        assert done.stdout.count('\n') == 1 and said['ok'] is False and words in said['error'], said
        assert 'beamrc: ' not in done.stderr, done.stderr
    t.write('g\udcffä"\\\n.txt', 'x')
    said = json.loads(t.beamrc('build', '--json', 'g\udcffä"\\\n.txt', status=1).stdout)
    assert 'g\ufffdä"\\\n.txt' in said['error'], said
    said = json.loads(t.beamrc('run', '--json', status=2).stdout)
    assert 'takes no --json' in said['error'], said


# ---- flags that nothing else names ----

def test_version_and_verbosity(t):
    version = t.beamrc('--version').stdout
    assert t.beamrc('build', '--version').stdout == version == t.beamrc('version').stdout
    assert t.beamrc('build', '-h').stdout == t.beamrc('build', '--help').stdout
    t.erl('m', MAIN)
    assert t.beamrc('build', 'm.erl', '-q', '-O1', '-o', 'x').stderr == ''
    assert 'wrote x' in t.beamrc('build', 'm.erl', '-v', '-O2', '-o', 'x').stderr
    t.refused('build', 'm.erl', '--variant', 'none', says='--variant knows', status=2)


def test_no_cache(t):
    t.erl('m', '-export([main/0]).\nmain() -> erlang:display(ok).\n')
    for name in ('BEAMRC_CACHE', 'XDG_CACHE_HOME', 'HOME'):
        t.env.pop(name, None)
    os.mkdir(t.path('tmp'))
    t.env['TMPDIR'] = t.path('tmp')
    assert t.beamrc('run', '--no-cache', '-O0', '-q', 'm.erl').stdout == 'ok\n'
    assert os.listdir(t.path('tmp')) == []


def test_linker_by_name(t):
    """BEAMRC_LLD and BEAMRC_CLANG name what is used."""
    t.erl('m', MAIN)
    for variable, tool in ('BEAMRC_LLD', 'ld.lld-19'), ('BEAMRC_CLANG', 'clang-19'):
        real = shutil.which(tool)
        t.write('tool', f'#!/bin/sh\necho used >>{t.path("used")}\nexec {real} "$@"\n')
        os.chmod(t.path('tool'), 0o755)
        t.env[variable] = t.path('tool')
        if variable == 'BEAMRC_LLD':
            assert t.beamrc('run', '-q', 'm.erl').stdout == 'x'
            t.beamrc('build', '-q', 'm.erl')
            assert os.path.exists(t.path('used'))
            os.remove(t.path('used'))
        else:
            t.beamrc('doctor')
            assert os.path.exists(t.path('used'))
        del t.env[variable]


# ---- failures: one clear line each ----

def test_failures_of_the_machine(t):
    t.erl('m', MAIN)
    assert t.run('erlc', 'm.erl').returncode == 0
    for env, words in (({'BEAMRC_CLANG': 'none'}, ['clang-19', 'install']), ({'BEAMRC_LLD': 'none'}, ['lld-19', 'install']),
                       ({'PATH': '/nowhere', 'BEAMRC_CLANG': shutil.which('clang-19'), 'BEAMRC_LLD': shutil.which('ld.lld-19')},
                        ['erl is not in PATH', '--otp'])):
        old, t.env = t.env, dict(t.env, **env)
        t.refused('build', 'm.beam', says=words)
        t.env = old
    t.write('lld', '#!/bin/sh\necho "ld.lld: error: unable to find library -ltommath" >&2\nexit 1\n')
    os.chmod(t.path('lld'), 0o755)
    t.env['BEAMRC_LLD'] = t.path('lld')
    t.refused('build', 'm.beam', says=['libtommath.a', 'libtommath-dev', 'doctor'])
    del t.env['BEAMRC_LLD']
    path, t.env['PATH'] = t.env['PATH'], '/nowhere'
    t.refused('build', 'm.erl', says=['erlc is not in PATH', 'erlang-base'])
    t.env['PATH'] = path
    for folder in 'otp/lib', 'otp/releases/24':
        os.makedirs(t.path(folder))
    t.refused('build', 'm.beam', '--otp', 'otp', says=['release 24', '25', '--otp'])
    os.rename(t.path('otp/releases/24'), t.path('otp/releases/25'))
    t.refused('build', 'm.beam', '--otp', 'otp', says=['incomplete', 'lists.beam'])
    t.refused('build', 'm.beam', '-o', '/proc/m', says='cannot write /proc/m')


def refused_by(t, beamrc, *argv, says):
    done = t.run(beamrc, *argv)
    lines = done.stderr.strip().split('\n')
    assert done.returncode == 1 and len(lines) == 1 and lines[0].startswith('beamrc: error: '), done
    for word in says:
        assert word in lines[0], (word, lines[0])


def test_failures_of_what_is_not_installed(t):
    t.erl('m', MAIN)
    bare = t.installed()
    refused_by(t, bare, 'build', 'm.erl', '--target', OTHER, says=['--target', OTHER])
    t.write('g/gleam.toml', 'name = "g"\n')
    t.write('g/src/g.gleam', 'pub fn main() { Nil }\n')
    if not shutil.which('gleam'):
        refused_by(t, bare, 'build', 'g', says=['gleam is not in PATH', 'install'])
    refused_by(t, bare, 'build', 'm.erl', '--variant', 'debug', says=['libbeamrc-debug.a', 'meson'])
    os.remove(t.path('installed/lib/beamrc/include'))
    refused_by(t, bare, 'build', 'm.erl', says=['headers', 'install beamrc again'])
    os.remove(t.path('installed/lib/beamrc/libbeamrc.a'))
    refused_by(t, bare, 'build', 'm.erl', says=['libbeamrc.a'])
