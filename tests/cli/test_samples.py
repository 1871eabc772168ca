"""samples/: each is built as its README.md says, run, and what it does is looked at. (elixir_app is
tests/elixir's, sqlite tests/ffi's.)"""
import os
import re
import shutil
import signal
import socket
import subprocess

from support import BEAMRC, TOP, LIMIT, Skip


def sample(t, name):
    shutil.copytree(os.path.join(TOP, 'samples', name), t.path(name), dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns('build', '_build'))
    return t.path(name)


def test_samples_say_what_they_are(t):
    for name in sorted(os.listdir(os.path.join(TOP, 'samples'))):
        with open(os.path.join(TOP, 'samples', name, 'README.md')) as f:
            text = f.read()
        assert text.startswith('# ') and '    beamrc ' in text and text.count('\n') < 20, name


def test_sample_csv(t):
    sample(t, 'csv')
    t.write('a.csv', 'name,country,amount\nAnn,de,3\nBob,fr,4\nÇem,de,5.5\n')
    t.write('b.csv', 'amount;country\n10;Åland\n1;de\n')
    t.write('empty.csv', '')
    t.beamrc('build', '-q', 'csv/csv.erl', '-o', 'native')
    for args in (['a.csv'], ['a.csv', '--by', 'country'], ['b.csv', '--separator', ';', '--sum', 'amount', '--by', 'country'],
                 [], ['--what', 'a.csv'], ['none.csv'], ['a.csv', '--by', 'town'], ['empty.csv'],
                 ['a.csv', 'a.csv', '--sum', 'amount', '--by', 'name']):
        native = t.run('./native', *args)
        stock = t.run('escript', 'csv/csv.erl', *args)
        for one in native, stock:
            one.args = None
        assert vars(native) == vars(stock), (args, native, stock)
    assert t.run('./native', 'a.csv', '--by', 'country').stdout == 'de 2 8.50\nfr 1 4\n'


def test_sample_actors(t):
    sample(t, 'actors')
    assert t.beamrc('run', '-q', 'actors').stdout.split('\n') == [
        'savings 1500', 'current 25', 'a third of savings 500', 'the current account ended: badarith',
        'current, started again 20', 'savings, as it was 1500', '']


def test_sample_erlang_hello(t):
    sample(t, 'erlang_hello')
    t.beamrc('build', '-q', 'erlang_hello/hello.erl')
    stock = t.run('escript', 'erlang_hello/hello.erl', 'you', 'Ünal').stdout
    assert t.run('./hello', 'you', 'Ünal').stdout == stock and stock.startswith('Hello, you!\n'), stock
    assert t.run('./hello').stdout == 'Hello, world!\n'


def test_sample_erlang_app(t):
    if not shutil.which('rebar3'):
        raise Skip('rebar3 is not in PATH')
    folder = sample(t, 'erlang_app')
    t.folder = folder
    t.env['HOME'] = folder  # rebar3 keeps a cache there
    if 'BEAMRC_CACHE' not in t.env and 'XDG_CACHE_HOME' not in t.env:
        t.env['BEAMRC_CACHE'] = os.path.expanduser('~/.cache/beamrc')
    made = t.run('rebar3', 'compile')
    assert made.returncode == 0, made
    t.beamrc('build', '-q', '.', '--config', 'config/sys.config')
    assert t.run('./stock', '+apples', '-bread', '-apples', '-apples').stdout.split('\n') == [
        '+apples: {ok,6}', '-bread: {ok,3}', '-apples: {ok,1}', '-apples: {error,too_few}', 'apples 1', 'bread 3', '']
    t.beamrc('build', '-q', '.', '-o', 'plain')
    assert t.run('./plain').stdout.startswith('apples 3\npears 2\n')  # and the logger tells of its end


def test_sample_web(t):
    sample(t, 'web')
    t.beamrc('build', '-q', 'web/web.erl', '-o', 'server')
    server = subprocess.Popen(['./server', '0'], cwd=t.folder, env=t.env, stdout=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r'\d+', server.stdout.readline())[0])
        with socket.create_connection(('127.0.0.1', port), timeout=60) as s:
            for _ in range(2):  # one connection
                s.sendall(b'GET / HTTP/1.1\r\nHost: here\r\n\r\n')
                data = b''
                while b'\r\n\r\n' not in data:
                    data += s.recv(65536)
                head, body = data.split(b'\r\n\r\n', 1)
                length = int(re.search(rb'(?i)content-length: *(\d+)', head)[1])
                while len(body) < length:
                    body += s.recv(65536)
                assert head.startswith(b'HTTP/1.1 200 '), head
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()
