"""The cache: its limit, builds side by side, builds that are killed, damaged objects, a full disc."""
import os
import random
import resource
import shutil
import signal
import subprocess
import threading
import time

from support import LIMIT, Skip

BLOCK = 4096


def program(t, count, text):
    """A program of `count` modules of its own, which prints the text; its names."""
    names = [f'part{i}' for i in range(count)]
    calls = ', '.join(f'{name}:text()' for name in names)
    t.erl('m', f'-export([main/0]).\nmain() -> io:put_chars(lists:append([{calls}])).\n')
    for i, name in enumerate(names):
        piece = text[i * len(text) // count:(i + 1) * len(text) // count]
        t.erl(name, f'-export([text/0]).\ntext() -> "{piece}".\n')
    return ['m.erl', *(f'{name}.erl' for name in names), '--main', 'm']


def used(t):
    total = 0
    for part in 'obj', 'names', 'bin', 'failed':
        folder = t.path(f'cache/{part}')
        for name in os.listdir(folder) if os.path.isdir(folder) else []:
            try:
                size = os.stat(f'{folder}/{name}').st_size
            except FileNotFoundError:
                continue
            total += (size + BLOCK - 1) // BLOCK * BLOCK
    return total


def build(t, beamrc, *argv, status=0):
    done = t.run(beamrc, 'build', *argv)
    assert done.returncode == status, done
    return done


def start(t, beamrc, *argv):
    return subprocess.Popen([beamrc, 'build', '-q', *argv], cwd=t.folder, env=t.env,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                            start_new_session=True)


def test_cache_holds_packed_objects(t):
    beamrc = t.installed(*program(t, 2, '-' * 60))
    inputs = program(t, 2, 'packed')
    shutil.rmtree(t.path('installed/lib/beamrc/objects'))
    assert 'compiled 0 of' not in build(t, beamrc, '-v', '-O0', *inputs, '-o', 'x').stderr
    names = os.listdir(t.path('cache/obj'))
    assert names and all(name.endswith('.zst') for name in names), names
    assert t.read(f'cache/obj/{names[0]}')[:4] == bytes.fromhex('28b52ffd')
    assert 'compiled 0 of' in build(t, beamrc, '-v', '-O0', *inputs, '-o', 'y').stderr
    assert t.read('x') == t.read('y')
    assert t.run('./x').stdout == 'packed'
    # as a version before left them: found, and the same program
    for name in names:
        assert t.run('zstd', '-q', '-d', '--rm', f'cache/obj/{name}', '-o', f'cache/obj/{name[:-4]}.o').returncode == 0
    assert 'compiled 0 of' in build(t, beamrc, '-v', '-O0', *inputs, '-o', 'z').stderr
    assert t.read('x') == t.read('z')


def test_cache_index(t):
    """What a module's C is made from names its object: lost, torn or damaged, it is found anew."""
    beamrc = t.installed(*program(t, 2, '-' * 60))
    inputs = program(t, 2, 'indexed')
    build(t, beamrc, '-q', *inputs, '-o', 'x')
    index = t.read('cache/names/index')
    lines = index.splitlines()
    assert len(lines) > 3 and all(len(bytes.fromhex(word.decode())) == 32
                                  for line in lines for word in line.split(b' ')), lines[0]
    assert len(set(line.split(b' ')[0] for line in lines)) == len(lines)
    build(t, beamrc, '-q', *inputs, '-o', 'y')
    assert t.read('cache/names/index') == index  # nothing is new
    for damaged in b'', index[:-7], index[:200] + b'?' + index[201:], index[100:], bytes(len(index)):
        with open(t.path('cache/names/index'), 'wb') as f:
            f.write(damaged)
        done = build(t, beamrc, '-v', *inputs, '-o', 'y')
        assert 'compiled 0 of' in done.stderr, done
        assert t.read('y') == t.read('x')
        assert set(t.read('cache/names/index').splitlines()) == set(lines)
    # other flags and other contents are other objects
    build(t, beamrc, '-q', '-O0', *inputs, '-o', 'y')
    program(t, 2, 'changed')
    build(t, beamrc, '-q', *inputs, '-o', 'y')
    assert t.run('./y').stdout == 'changed'
    assert len(t.read('cache/names/index').splitlines()) > 2 * len(lines)
    # objects that went are made again, under their names
    shutil.rmtree(t.path('cache/obj'))
    program(t, 2, 'indexed')
    build(t, beamrc, '-q', *inputs, '-o', 'y')
    assert t.read('y') == t.read('x')
    assert t.run('./y').stdout == 'indexed'


def test_cache_is_bounded(t):
    """Several builds at a time never hold more than the limit together, and each comes out right."""
    beamrc = t.installed(*program(t, 6, '-' * 60))
    inputs = program(t, 6, 'x' * 60)
    limit = 40 << 10
    t.env['BEAMRC_CACHE_LIMIT'] = '40K'
    most, ended = [0], threading.Event()

    def watch():
        while not ended.is_set():
            most[0] = max(most[0], used(t))
            time.sleep(0.002)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for turn in range(3):
            inputs = program(t, 6, f'{turn}' * 60)
            all = [start(t, beamrc, *inputs, '-j', '2', '-o', f'out{i}') for i in range(3)]
            assert [p.wait(LIMIT) for p in all] == [0, 0, 0]
            for i in range(3):
                assert t.run(f'./out{i}').stdout == f'{turn}' * 60
    finally:
        ended.set()
        watcher.join()
    assert 0 < most[0] <= limit, most
    assert 0 < used(t) <= limit
    # a program of `run` is larger than all of it: made, run, not kept
    assert t.run(beamrc, 'run', '-q', *inputs).stdout == '2' * 60
    assert os.listdir(t.path('cache/bin')) == []


def test_cache_limit_words(t):
    t.erl('m', '-export([main/0]).\nmain() -> ok.\n')
    t.refused('build', 'm.erl', '--cache-limit', 'much', says=['--cache-limit', "'much'", '5G'])
    t.env['BEAMRC_CACHE_LIMIT'] = '5X'
    t.refused('build', 'm.erl', says=['BEAMRC_CACHE_LIMIT', "'5X'"])
    t.refused('doctor', says=['BEAMRC_CACHE_LIMIT', "'5X'"])


def test_cache_least_recently_used_goes(t):
    beamrc = t.installed(*program(t, 4, '-' * 60))
    inputs = program(t, 4, 'used')
    build(t, beamrc, '-q', *inputs, '-o', 'x')
    found = build(t, beamrc, '-v', *inputs, '-o', 'x').stderr
    part2 = [line.split('/')[-1] for line in found.split('\n') if line.startswith('beamrc: part2 is in ')]
    names = os.listdir(t.path('cache/obj'))
    for name in names:
        os.utime(t.path(f'cache/obj/{name}'), (0, 1_000_000_000))
    size = used(t)
    t.erl('part2', '-export([text/0]).\ntext() -> "other".\n')
    build(t, beamrc, '-q', *inputs, '-o', 'x', '--cache-limit', str(size))  # one module is new
    left = set(os.listdir(t.path('cache/obj')))
    gone = set(names) - left
    assert used(t) <= size and len(left - set(names)) == 2, (names, left)  # and the tables
    assert set(part2) <= gone and len(gone) <= 3, (part2, gone)
    assert t.run('./x').stdout == 'usotherd', t.run('./x').stdout


def test_cache_after_kills(t):
    """Killed at any moment, with all its clangs: the next build gives the same bytes."""
    beamrc = t.installed(*program(t, 5, '-' * 60))
    inputs = program(t, 5, 'killed builds')
    began = time.monotonic()
    build(t, beamrc, '-q', *inputs, '-o', 'whole')
    took = time.monotonic() - began
    moments = random.Random(1)
    for turn in range(12):
        if turn % 4 == 0:
            shutil.rmtree(t.path('cache'))
        one = start(t, beamrc, *inputs, '-o', 'k')
        time.sleep(moments.uniform(0, took))
        os.killpg(one.pid, signal.SIGKILL)
        one.wait()
        assert not os.path.exists(t.path('k')) or t.read('k') == t.read('whole')
    if os.path.exists(t.path('cache/size')):
        assert int((t.read('cache/size').split() or [0])[0]) >= used(t)  # never less than there is
    build(t, beamrc, '-q', *inputs, '-o', 'after')
    assert t.read('after') == t.read('whole')
    assert t.run('./after').stdout == 'killed builds'
    assert not [name for name in os.listdir(t.path('cache/obj')) if name.endswith('.part')]


def test_cache_after_an_interrupt(t):
    beamrc = t.installed(*program(t, 5, '-' * 60))
    inputs = program(t, 5, 'interrupted')
    os.mkdir(t.path('tmp'))
    t.env['TMPDIR'] = t.path('tmp')
    moments = random.Random(2)
    while not os.path.isdir(t.path('cache/obj')):
        one = start(t, beamrc, *inputs, '-o', 'k')
        time.sleep(moments.uniform(0.05, 1.5))
        one.send_signal(signal.SIGTERM)
        assert one.wait(60) in (0, 128 + signal.SIGTERM, -signal.SIGTERM)
        assert os.listdir(t.path('tmp')) == []
    left = [n for n in os.listdir(t.path('cache/obj')) if not n.endswith('.zst')]
    assert not left, left
    assert one.returncode == 0 or not os.path.exists(t.path('k'))


def test_cache_damaged(t):
    """What a disc made of objects is seen, and made again."""
    beamrc = t.installed(*program(t, 3, '-' * 60))
    inputs = program(t, 3, 'damaged')
    build(t, beamrc, '-q', *inputs, '-o', 'x')
    for i, name in enumerate(sorted(os.listdir(t.path('cache/obj')))):
        data = bytearray(t.read(f'cache/obj/{name}'))
        if i == 0:
            data[len(data) // 2] ^= 0x55
        elif i == 1:
            data = data[:len(data) // 2]
        elif i == 2:
            data = b''
        t.write(f'cache/obj/{name}', bytes(data))
    t.write('cache/size', 'nonsense')
    build(t, beamrc, '-q', *inputs, '-o', 'y')
    assert t.read('x') == t.read('y')
    assert 'compiled 0 of' in build(t, beamrc, '-v', *inputs, '-o', 'y').stderr


def mounted(t, name, size):
    os.mkdir(t.path(name))
    done = t.run('mount', '-t', 'tmpfs', '-o', f'size={size}', 'none', name)
    if done.returncode != 0:
        raise Skip('no small file system can be mounted here')


def test_full_disc_below_the_cache(t):
    """One warning; what does not fit is not kept, and the program is made."""
    beamrc = t.installed(*program(t, 6, '-' * 60))
    inputs = program(t, 6, 'full')
    build(t, beamrc, '-q', *inputs, '-o', 'x')
    shutil.rmtree(t.path('cache'))
    mounted(t, 'cache', '12k')
    try:
        done = build(t, beamrc, *inputs, '-o', 'y')
        assert t.read('x') == t.read('y')
        lines = done.stderr.strip().split('\n')
        assert lines == [''] or (len(lines) == 1 and 'cannot write the cache' in lines[0]), done.stderr
        t.write('cache/size', '')
        with open(t.path('cache/fill'), 'wb') as f:
            try:
                f.write(bytes(1 << 20))
            except OSError:
                pass
        shutil.rmtree(t.path('cache/obj'))
        os.mkdir(t.path('cache/obj'))
        with open(t.path('cache/more'), 'wb') as f:
            try:
                f.write(bytes(1 << 20))
                f.flush()
            except OSError:
                pass
        done = build(t, beamrc, *inputs, '-o', 'z')
        assert t.read('x') == t.read('z')
        assert done.stderr.count('\n') == 1 and 'No space left' in done.stderr, done.stderr
    finally:
        t.run('umount', 'cache')


def test_full_disc_below_the_program(t):
    beamrc = t.installed(*program(t, 2, '-' * 60))
    inputs = program(t, 2, 'full')
    mounted(t, 'small', '500k')
    try:
        done = build(t, beamrc, *inputs, '-o', 'small/x', status=1)
        assert done.stderr == 'beamrc: error: cannot write small/x: No space left on device\n', done.stderr
        assert os.listdir(t.path('small')) == []
    finally:
        t.run('umount', 'small')


def test_files_may_not_grow(t):
    """RLIMIT_FSIZE, a full disc that needs no root: one line of error, no signal."""
    beamrc = t.installed(*program(t, 2, '-' * 60))
    inputs = program(t, 2, 'limit')
    for size in 100, 100_000, 1_000_000:
        done = subprocess.run([beamrc, 'build', *inputs, '-o', 'x'], cwd=t.folder, env=t.env, text=True,
                              capture_output=True, timeout=LIMIT,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
        assert done.returncode == 1 and done.stderr.strip(), done
        last = done.stderr.strip().split('\n')[-1]
        assert last.startswith('beamrc: error: '), done.stderr
        assert not os.path.exists(t.path('x'))
    build(t, beamrc, '-q', *inputs, '-o', 'x')
    assert t.run('./x').stdout == 'limit'
