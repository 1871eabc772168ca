"""What users get and give away: an installed beamrc, a tarball, programs that run where nothing else
is and come out the same wherever they are made."""
import os
import shutil
import subprocess

from support import BUILD, LIMIT, OTHER, TOP, Skip
from test_cache import program

HAS_OTHER = os.path.exists(os.path.join(BUILD, 'runtime', OTHER, 'libbeamrc.a'))


def sample(t, name, place):
    shutil.copytree(os.path.join(TOP, 'samples', name), t.path(place), ignore=shutil.ignore_patterns('build', '_build'))


def made_in_two_places(t, name, *flags):
    built = []
    for place in 'one', 'two/deeper':
        sample(t, name, f'{place}/{name}')
        t.beamrc('build', '-q', f'{place}/{name}', '-o', f'{place}/x', *flags)
        built.append(t.read(f'{place}/x'))
    shutil.rmtree(t.path('one'))
    shutil.rmtree(t.path('two'))
    assert built[0] == built[1], f'{name} {flags}: {len(built[0])} and {len(built[1])} bytes'


def test_same_bytes_in_two_folders(t):
    for name in 'gleam_hello', 'actors':
        made_in_two_places(t, name)


def test_same_bytes_in_two_folders_for_another_machine(t):
    if not HAS_OTHER:
        raise Skip(f'no runtime for {OTHER}: tools/target {OTHER}')
    made_in_two_places(t, 'gleam_hello', '--target', OTHER)


def test_same_bytes_from_two_caches(t):
    beamrc = t.installed(*program(t, 3, '-' * 60))
    program(t, 3, 'same bytes')
    for name in 'one', 'two':
        os.makedirs(t.path(name))
        for part in 'm', 'part0', 'part1', 'part2':
            shutil.copy(t.path(f'{part}.erl'), t.path(name))
        t.env['BEAMRC_CACHE'] = t.path(f'{name}/cache')
        done = subprocess.run([beamrc, 'build', '-v', 'm.erl', 'part0.erl', 'part1.erl', 'part2.erl', '--main', 'm', '-o', 'x'],
                              cwd=t.path(name), env=t.env, capture_output=True, text=True, timeout=LIMIT)
        assert done.returncode == 0 and 'compiled 0 of' not in done.stderr, done
    assert t.read('one/x') == t.read('two/x')


def test_runs_where_nothing_is(t):
    """Under chroot, in a folder that holds the program alone."""
    if os.geteuid() != 0:
        raise Skip('chroot is for root')
    sample(t, 'actors', 'actors')
    t.erl('m', """-export([main/1]).
main(Args) ->
    ok = file:write_file("f", Args), {ok, Text} = file:read_file("/f"),
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}]), {ok, Port} = inet:port(L),
    {ok, _} = gen_tcp:connect({127, 0, 0, 1}, Port, []),
    Sum = lists:sum([receive N -> N end || P <- [self() || _ <- "abc"], _ <- [spawn(fun() -> P ! 14 end)]]),
    io:format("~ts ~p ~ts ~p~n", [Text, Sum, string:uppercase("ß"), re:replace("abc", "b", "x", [{return, list}])]),
    halt(3).
""")
    os.mkdir(t.path('empty'))
    t.beamrc('build', '-q', 'm.erl', '-o', 'empty/m')
    done = t.run('chroot', 'empty', '/m', 'written')
    assert (done.returncode, done.stdout, done.stderr) == (3, 'written 42 SS "axc"\n', ''), done
    t.beamrc('build', '-q', 'actors', '-o', 'empty/actors')
    done = t.run('chroot', 'empty', '/actors')
    assert done.returncode == 0 and done.stdout.endswith('savings, as it was 1500\n'), done


def test_installed(t):
    """meson install, and the beamrc that it leaves."""
    t.env['DESTDIR'] = t.path('root')
    done = t.run('meson', 'install', '-C', BUILD, '--no-rebuild', '--quiet')
    assert done.returncode == 0, done
    del t.env['DESTDIR']
    t.erl('m', '-export([main/0]).\nmain() -> io:put_chars("installed").\n')
    there = t.run('find', t.path('root'), '-name', 'beamrc', '-type', 'f', '-perm', '-1').stdout.strip()
    prefix = os.path.dirname(os.path.dirname(there))
    done = t.run(there, 'doctor')
    assert done.returncode == 0 and t.path('root') in done.stdout, done.stdout
    done = t.run(there, 'run', '-q', 'm.erl')
    assert (done.returncode, done.stdout) == (0, 'installed'), done
    with open(f'{prefix}/share/man/man1/beamrc.1') as f:
        assert f.read() == t.run(there, 'manual').stdout
    for shell, place in (('bash', 'bash-completion/completions/beamrc'), ('zsh', 'zsh/site-functions/_beamrc'),
                         ('fish', 'fish/vendor_completions.d/beamrc.fish')):
        with open(f'{prefix}/share/{place}') as f:
            assert f.read() == t.run(there, 'completion', shell).stdout, place


def test_tarball(t):
    """The tarball, unpacked elsewhere, with another HOME and no sources: programs for both machines."""
    t.env['BEAMRC_BUILD'] = BUILD
    argv = ['--no-objects', '--out', t.path('dist')] + ([] if HAS_OTHER else ['--no-targets'])
    done = t.run(os.path.join(TOP, 'tools', 'package'), *argv)
    assert done.returncode == 0, done
    tarball = [f for f in os.listdir(t.path('dist')) if f.endswith('.tar.xz')][0]
    os.makedirs(t.path('else where'))
    assert t.run('tar', '-xf', f'dist/{tarball}', '-C', 'else where').returncode == 0
    beamrc = t.path(f'else where/{tarball.removesuffix(".tar.xz")}/bin/beamrc')
    cache = t.env.get('BEAMRC_CACHE') or os.path.expanduser('~/.cache/beamrc')
    t.env.update(HOME=t.path('home'), BEAMRC_CACHE=cache)
    os.mkdir(t.path('home'))
    t.erl('m', '-export([main/0]).\nmain() -> io:put_chars("unpacked").\n')
    done = t.run(beamrc, 'run', '-q', 'm.erl')
    assert (done.returncode, done.stdout) == (0, 'unpacked'), done
    assert t.run(beamrc, 'doctor').returncode == 0
    if HAS_OTHER:
        done = t.run(beamrc, 'build', '-q', 'm.erl', '--target', OTHER, '-o', 'other')
        assert done.returncode == 0, done
        emulator = f'qemu-{OTHER.split("-")[0]}'
        if shutil.which(emulator):
            assert t.run(emulator, './other').stdout == 'unpacked'
    listed = t.run('dpkg-deb', '--contents', 'dist/' + [f for f in os.listdir(t.path('dist'))
                                                        if f.endswith('.deb')][0]).stdout
    for part in ('./usr/bin/beamrc', './usr/lib/beamrc/libbeamrc.a', 'completions/beamrc', 'man1/beamrc.1',
                 'lib/beamrc/lib/brc_boot.beam'):
        assert part in listed, (part, listed)


def test_shipped_objects(t):
    """Objects of OTP that came with beamrc are found first: a first build compiles only its own."""
    beamrc = t.installed(*program(t, 2, '-' * 60))
    done = t.run(beamrc, 'build', '-v', *program(t, 2, 'own'), '-o', 'x')
    assert done.returncode == 0 and 'compiled 3 of' in done.stderr, done.stderr  # and the tables
    assert t.run('./x').stdout == 'own'
