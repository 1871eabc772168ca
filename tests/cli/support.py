"""What tests of the command line have at hand: a folder of their own, and beamrc run in it."""
import os
import shutil
import subprocess

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.abspath(os.environ.get('BEAMRC_BUILD', os.path.join(TOP, 'build')))
BEAMRC = os.path.join(BUILD, 'beamrc')
OTHER = 'aarch64-linux' if os.uname().machine == 'x86_64' else 'x86_64-linux'
CACHE = os.path.join(os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache'), 'beamrc')
os.environ['PATH'] += os.pathsep + os.path.join(CACHE, 'rebar3', 'usr', 'bin')  # where tools/setup puts it
LIMIT = 900  # seconds for one beamrc: a cold cache compiles much of OTP


class Skip(Exception):
    """What a test needs is not on this machine."""


class Test:
    def __init__(self, folder):
        self.folder = folder
        self.env = dict(os.environ, LC_ALL='C.UTF-8')

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), 'wb' if isinstance(text, bytes) else 'w') as f:
            f.write(text)

    def erl(self, module, body):
        """A module with the given exports and functions."""
        self.write(f'{module}.erl', f'-module({module}).\n{body}')

    def run(self, *argv, env=None, **options):
        return subprocess.run(argv, cwd=self.folder, env=env or self.env, capture_output=True, text=True,
                              errors='surrogateescape',
                              timeout=LIMIT, stdin=subprocess.DEVNULL, **options)

    def beamrc(self, *argv, status=0):
        done = self.run(BEAMRC, *argv)
        assert done.returncode == status, \
            f'beamrc {" ".join(argv)}: status {done.returncode}, not {status}\n' \
            f'{done.stdout[-2000:]}{done.stderr[-2000:]}'
        return done

    def refused(self, *argv, says, status=1):
        """One line of error, with the words in it."""
        done = self.beamrc(*argv, status=status)
        lines = done.stderr.strip().split('\n')
        assert len(lines) == 1 and lines[0].startswith('beamrc: error: '), done.stderr
        for word in [says] if isinstance(says, str) else says:
            assert word in lines[0], f'{word!r} is not in: {lines[0]}'

    def own_cache(self):
        self.env['BEAMRC_CACHE'] = self.path('cache')

    def read(self, name):
        with open(self.path(name), 'rb') as f:
            return f.read()

    def installed(self, *inputs):
        """A beamrc as if installed, with the compiled parts of OTP that a program needs shipped: the
        test's own cache then holds the program's modules only."""
        here = self.path('installed')
        os.makedirs(f'{here}/bin')
        os.makedirs(f'{here}/lib/beamrc/objects')
        shutil.copy(BEAMRC, f'{here}/bin')
        parts = {'libbeamrc.a': f'{BUILD}/runtime/libbeamrc.a', 'include': f'{TOP}/runtime',
                 'lib': f'{BUILD}/lib', 'roots.txt': f'{TOP}/lib/roots.txt'}
        for name, path in parts.items():
            os.symlink(path, f'{here}/lib/beamrc/{name}')
        build = ['build', *inputs, '-o', 'seed']
        if inputs:
            self.beamrc(*build)
        for line in self.beamrc(*build, '-v').stderr.split('\n') if inputs else []:
            _, found, path = line.partition(' is in ')
            if found:
                shutil.copy(path, f'{here}/lib/beamrc/objects')
        self.own_cache()
        return f'{here}/bin/beamrc'
