"""The suites that tools/test runs, each counted, and their sum.

  build   beamrc, the runtime's flavours and the unit tests compile
  rooms   rooms depend one way only (tools/rooms)
  format  sources are as clang-format leaves them
  unit    tests/unit, Criterion, counted by its own tests
  fuzz    tests/fuzz, most of a minute
  ring    tests/conform's programs with sockets, ports, files or standard input, in io_uring
  NAME    tests/NAME/run, an executable whose last line is `N passed, N failed, N skipped`
  suites  tests/suites: OTP's own, an hour or so: only where it is named
"""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.environ.get('BEAMRC_BUILD', os.path.join(TOP, 'build'))
FIRST = ['target', 'cli', 'golden', 'conform']  # of tests/NAME/run; others follow by name; target makes what cli asks for
LONG = ['suites']  # only where named
FUZZ_SECONDS = 15
FUZZ_TARGETS = ('beam', 'etf', 'packet')
UNIT_SECONDS = 300  # for one program
LAST_LINE = re.compile(r'(\d+) passed, (\d+) failed(?:, (\d+) skipped)?')


def run(argv, **options):
    return subprocess.run(argv, cwd=TOP, **options)


def build():
    tool = os.path.join(TOP, 'tools', 'build')
    if run([tool]).returncode != 0:
        return 0, 1, 0
    configured = run(['meson', 'configure', BUILD, '-Dunit_tests=true'], stdout=subprocess.DEVNULL)
    rest = ['-k', '0', 'variants', 'unit-tests']
    ok = configured.returncode == 0 and run([tool] + rest).returncode == 0
    return (2, 0, 0) if ok else (1, 1, 0)


def rooms():
    ok = run([os.path.join(TOP, 'tools', 'rooms'), BUILD]).returncode == 0
    return (1, 0, 0) if ok else (0, 1, 0)


def clang_format():
    files = []
    for folder in ('compiler', 'runtime', 'tests'):
        for where, _, names in os.walk(os.path.join(TOP, folder)):
            files += [os.path.join(where, n) for n in names if n.endswith(('.c', '.h'))]
    done = run(['clang-format-19', '--dry-run'] + sorted(files), capture_output=True, text=True)
    bad = sorted(set(re.findall(r'^(\S+?):\d+:\d+: warning', done.stderr, re.M)))
    for path in bad:
        print(f'format: {os.path.relpath(path, TOP)} is not as clang-format-19 leaves it')
    return (0, 1, 0) if bad else (1, 0, 0)


def unit_test(one):
    """One Criterion program, as meson would run it: (name, passed, failed, what it printed)."""
    try:
        done = subprocess.run(one['cmd'], env=dict(os.environ, **one['env']), timeout=UNIT_SECONDS,
                              cwd=one['workdir'] or BUILD, capture_output=True, text=True,
                              errors='replace')
    except (OSError, subprocess.TimeoutExpired) as error:
        return one['name'], 0, 1, str(error)
    text = re.sub(r'\x1b\[[0-9;]*m', '', done.stdout + done.stderr)
    sums = re.search(r'Passing: (\d+) \| Failing: (\d+) \| Crashing: (\d+)', text)
    passed, failed, crashed = map(int, sums.groups()) if sums else (0, 0, 0)
    if done.returncode != 0 and failed + crashed == 0:
        failed = 1
    return one['name'], passed, failed + crashed, text


def unit():
    listed = run(['meson', 'introspect', BUILD, '--tests'], capture_output=True, text=True)
    tests = json.loads(listed.stdout) if listed.returncode == 0 else []
    tests = [t for t in tests if 'beamrc:run' not in t['suite']]  # those are suites of their own
    tests = [t for t in tests if not any(s.split(':')[-1] == 'run' for s in t['suite'])]
    passed, failed = 0, 0 if tests else 1
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for name, good, bad, text in pool.map(unit_test, tests):
            passed, failed = passed + good, failed + bad
            if bad:
                print(f'FAIL {name}\n{text[-4000:]}')
    return passed, failed, 0


def fuzz_one(target):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([os.path.join(TOP, 'tests', 'fuzz', 'run'), target,
                               f'-max_total_time={FUZZ_SECONDS}', '-verbosity=0'], cwd=folder,
                              capture_output=True, text=True, errors='replace')
        if done.returncode == 0:
            return True
        print(done.stdout[-3000:] + done.stderr[-3000:])
        for name in sorted(os.listdir(folder)):
            kept = os.path.join(BUILD, f'{target}-{name}')
            shutil.copy(os.path.join(folder, name), kept)
            print(f'fuzz: the input is kept in {kept}')
    return False


def fuzz():
    """The readers of .beam files and of external terms, against damaged ones, for a short while."""
    passed = sum(fuzz_one(target) for target in FUZZ_TARGETS)
    return passed, len(FUZZ_TARGETS) - passed, 0


def runner(name, *options, **env):
    def go():
        process = subprocess.Popen([os.path.join(TOP, 'tests', name, 'run'), *options], cwd=TOP,
                                   text=True, stdout=subprocess.PIPE, errors='replace',
                                   env=dict(os.environ, BEAMRC_BUILD=BUILD, **env))
        last = None
        for line in process.stdout:
            print(line, end='', flush=True)
            last = LAST_LINE.search(line) or last
        status = process.wait()
        if last is None:
            return 0, 1, 0
        counts = tuple(int(n or 0) for n in last.groups())
        return (counts[0], counts[1] + 1, counts[2]) if status and not counts[1] else counts
    return go


def suites():
    names = [n for n in sorted(os.listdir(os.path.join(TOP, 'tests')))
             if os.access(os.path.join(TOP, 'tests', n, 'run'), os.X_OK)]
    names.sort(key=lambda n: (FIRST.index(n) if n in FIRST else len(FIRST), n))
    own = {'build': build, 'rooms': rooms, 'format': clang_format, 'unit': unit}
    if 'fuzz' in names:
        own['fuzz'] = fuzz
    own['ring'] = runner('conform', '--io', '--variant', 'release', BEAMRC_FLAGS='+IOring true')
    return {**own, **{n: runner(n) for n in names if n not in own}}


def main():
    known = suites()
    wanted = sys.argv[1:] or [name for name in known if name not in LONG]
    for name in wanted:
        if name not in known:
            sys.exit(f'test: no suite {name}: there are {" ".join(known)}')
    total, lines = [0, 0, 0], []
    for name in wanted:
        print(f'== {name}', flush=True)
        start = time.monotonic()
        counts = known[name]()
        total = [a + b for a, b in zip(total, counts)]
        lines.append(f'{name:8} {counts[0]:5} passed {counts[1]:4} failed {counts[2]:4} skipped '
                     f'{time.monotonic() - start:7.1f} s')
    print('== all')
    print('\n'.join(lines))
    print(f'{total[0]} passed, {total[1]} failed, {total[2]} skipped', flush=True)
    sys.exit(1 if total[1] else 0)


main()
