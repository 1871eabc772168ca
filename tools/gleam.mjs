// gleam.mjs: `gleam build` with the official compiler as WebAssembly. The compiler takes texts and
// gives texts; this reads gleam.toml, the sources of the project and of what it depends on, and
// leaves what `gleam build` leaves: build/dev/erlang/PACKAGE/{_gleam_artefacts,ebin}.
//
// Dependencies are taken from `path = "..."` or from build/packages/PACKAGE. The WebAssembly
// compiler calls every root package "gleam-wasm"; its name is put right in paths and in the one
// module that mentions it.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const ROOT_NAME = 'gleam-wasm';
const [packageFolder, command, ...rest] = process.argv.slice(2);

function fail(message) {
    process.stderr.write(`gleam: error: ${message}\n`);
    process.exit(1);
}

// ---- gleam.toml: sections, strings, arrays of strings and { path = "..." } are all it needs ----

function parseValue(text) {
    const quoted = text.match(/^"([^"]*)"|^'([^']*)'/);
    if (quoted) return quoted[1] ?? quoted[2];
    if (text.startsWith('[')) return [...text.matchAll(/"([^"]*)"/g)].map((m) => m[1]);
    if (text.startsWith('{')) {
        const table = {};
        for (const m of text.matchAll(/([\w-]+)\s*=\s*"([^"]*)"/g)) table[m[1]] = m[2];
        return table;
    }
    return text.replace(/#.*$/, '').trim();
}

function readToml(file) {
    let text;
    try {
        text = fs.readFileSync(file, 'utf8');
    } catch {
        fail(`no ${file} here: run this in a Gleam project's folder`);
    }
    const toml = { '': {} };
    let section = '';
    const lines = text.split('\n');
    for (let i = 0; i < lines.length; i++) {
        let line = lines[i].trim();
        if (line === '' || line.startsWith('#')) continue;
        const head = line.match(/^\[+([^\]]+)\]+/);
        if (head) {
            section = head[1].trim();
            toml[section] ??= {};
            continue;
        }
        const pair = line.match(/^("?)([\w.-]+)\1\s*=\s*(.*)$/);
        if (!pair) continue;
        let value = pair[3];
        while (value.startsWith('[') && !value.includes(']') && i + 1 < lines.length)
            value += lines[++i];
        toml[section][pair[2]] = parseValue(value);
    }
    if (typeof toml[''].name !== 'string') fail(`${file} has no name = "..."`);
    return toml;
}

// ---- the packages of a build, dependencies first ----

function collectPackages(folder, root, found, isRoot) {
    const toml = readToml(path.join(folder, 'gleam.toml'));
    const name = toml[''].name;
    if (found.has(name)) return name;
    const self = { name, folder, toml, dependencies: [] };
    found.set(name, self);
    const wanted = { ...toml.dependencies, ...(isRoot ? toml['dev-dependencies'] : {}) };
    for (const [dependency, value] of Object.entries(wanted)) {
        const fetched = path.join(root, 'build/packages', dependency);
        const place = value.path ? path.resolve(folder, value.path) : fetched;
        if (!fs.existsSync(path.join(place, 'gleam.toml')))
            fail(`the dependency ${dependency} of ${name} is not in ${place}: put it there, or ` +
                'give its path in gleam.toml');
        self.dependencies.push(collectPackages(place, root, found, false));
    }
    if (!isRoot) self.place = `/build/packages/${name}`;
    return name;
}

function listFiles(folder, prefix = '') {
    let entries;
    try {
        entries = fs.readdirSync(path.join(folder, prefix), { withFileTypes: true });
    } catch {
        return [];
    }
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((e) => {
        const name = prefix + e.name;
        return e.isDirectory() ? listFiles(folder, name + '/') : [name];
    });
}

// [folder, name] of a package's sources, its tests if it is the one to build.
function sourceFiles(self) {
    const parts = self.place ? ['src'] : ['src', 'test'];
    return parts.flatMap((part) =>
        listFiles(path.join(self.folder, part)).map((name) => [part, name]));
}

// ---- writing: a file that holds the same already keeps its time ----

function writeIfChanged(file, text) {
    try {
        if (fs.readFileSync(file, 'utf8') === text) return;
    } catch {
        // not there yet
    }
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
}

function removeOthers(folder, wanted) {
    for (const name of listFiles(folder))
        if (!wanted.has(name)) fs.rmSync(path.join(folder, name));
}

function appFile(self, modules) {
    const quote = (s) => `'${s}'`;
    const erlang = self.toml.erlang ?? {};
    const start = erlang.application_start_module;
    const applications = [...self.dependencies, ...(erlang.extra_applications ?? [])];
    const lines = [
        ...(start ? [`    {mod, {${quote(start.replaceAll('/', '@'))}, []}},`] : []),
        `    {vsn, "${self.toml[''].version ?? '0.1.0'}"},`,
        `    {applications, [${applications.map(quote).join(', ')}]},`,
        `    {description, "${(self.toml[''].description ?? '').replaceAll('"', '\\"')}"},`,
        `    {modules, [${modules.map(quote).join(',\n               ')}]},`,
        '    {registered, []}',
    ];
    return `{application, ${quote(self.name)}, [\n${lines.join('\n')}\n]}.\n`;
}

function isStale(source, beam, headersTime) {
    if (!fs.existsSync(beam)) return true;
    const time = fs.statSync(beam).mtimeMs;
    return fs.statSync(source).mtimeMs >= time || headersTime >= time;
}

// The package's .erl files in its _gleam_artefacts to ebin, those that changed.
function compileErlang(self, libs) {
    const artefacts = path.join(libs, self.name, '_gleam_artefacts');
    const ebin = path.join(libs, self.name, 'ebin');
    fs.mkdirSync(ebin, { recursive: true });
    const files = listFiles(artefacts);
    const times = files.filter((f) => f.endsWith('.hrl'))
        .map((f) => fs.statSync(path.join(artefacts, f)).mtimeMs);
    const headersTime = Math.max(0, ...times);
    const sources = files.filter((f) => f.endsWith('.erl') && f !== 'gleam@@compile.erl');
    const modules = sources.map((f) => path.basename(f, '.erl'));
    const stale = sources.filter((f) => isStale(path.join(artefacts, f),
        path.join(ebin, path.basename(f, '.erl') + '.beam'), headersTime));
    if (stale.length > 0) {
        const done = spawnSync('erlc', ['+debug_info', '-o', ebin, '-I', artefacts, '-I',
            path.join(self.folder, 'include'), '-pa', ebin,
            ...stale.map((f) => path.join(artefacts, f))],
        { stdio: 'inherit', env: { ...process.env, ERL_LIBS: libs } });
        if (done.error) fail(`cannot run erlc: ${done.error.message}: run tools/setup`);
        if (done.status !== 0) fail(`erlc refused the Erlang code of ${self.name}`);
    }
    writeIfChanged(path.join(ebin, `${self.name}.app`), appFile(self, modules.sort()));
    removeOthers(ebin, new Set([...modules.map((m) => m + '.beam'), `${self.name}.app`]));
}

// As newer compilers do, says before each function which line of its source it is from, so that
// stack traces and debuggers name the .gleam file: -file("src/m.gleam", 12).
function addPlaces(erlang, source, place) {
    const lineOf = new Map();
    source.split('\n').forEach((line, i) => {
        const found = line.match(/^\s*(?:pub\s+)?fn\s+([a-z_][a-z0-9_]*)\s*\(/);
        if (found && !lineOf.has(found[1])) lineOf.set(found[1], i + 1);
    });
    return erlang.split('\n').flatMap((line) => {
        const found = line.match(/^(?:'([a-z_][a-z0-9_]*)'|([a-z_][a-z0-9_]*))\(/);
        const number = found && lineOf.get(found[1] ?? found[2]);
        return number ? [`-file("${place}", ${number}).`, line] : [line];
    }).join('\n');
}

async function build() {
    const root = process.cwd();
    const found = new Map();
    const rootName = collectPackages(root, root, found, true);
    const sources = {};
    for (const self of found.values()) {
        const place = self.place ?? '';
        if (self.place)
            sources[`${place}/gleam.toml`] =
                fs.readFileSync(path.join(self.folder, 'gleam.toml'), 'utf8');
        for (const [part, name] of sourceFiles(self))
            if (name.endsWith('.gleam'))
                sources[`${place}/${part}/${name}`] =
                    fs.readFileSync(path.join(self.folder, part, name), 'utf8');
    }
    const compilerFolder = path.join(packageFolder, 'compiler');
    // its package does not say that this is a module, and older versions of node go by that
    const text = fs.readFileSync(path.join(compilerFolder, 'gleam_wasm.js'));
    const gleam = await import(`data:text/javascript;base64,${text.toString('base64')}`);
    gleam.initSync(fs.readFileSync(path.join(compilerFolder, 'gleam_wasm_bg.wasm')));
    const dependencies = [...found.keys()].filter((name) => name !== rootName);
    const result = gleam.compile(
        { target: 'erlang', sourceFiles: sources, dependencies, mode: 'Dev' });
    if (result.Err !== undefined) {
        process.stderr.write(result.Err.replaceAll(/( )\/(src|test|build)\//g, '$1$2/') + '\n');
        process.exit(1);
    }
    const libs = path.join(root, 'build/dev/erlang');
    const wanted = new Map([...found.keys()].map((name) => [name, new Set()]));
    for (const [file, text] of result.Ok) {
        const parts = file.match(/^\/build\/dev\/erlang\/([^/]+)\/(.*)$/);
        if (!parts) continue;
        const name = parts[1] === ROOT_NAME ? rootName : parts[1];
        const isMain = parts[2].endsWith('@@main.erl');
        const place = isMain ? parts[2].replace(ROOT_NAME, name) : parts[2];
        const module = parts[2].match(/^_gleam_artefacts\/(.*)\.erl$/)?.[1].replaceAll('@', '/');
        const home = found.get(name)?.place ?? '';
        const source = [`src/${module}.gleam`, `test/${module}.gleam`]
            .find((file) => sources[`${home}/${file}`] !== undefined);
        const own = sources[`${home}/${source}`];
        let out = isMain ? text.replaceAll(ROOT_NAME, name) : text;
        if (own !== undefined) out = addPlaces(out, own, source);
        writeIfChanged(path.join(libs, name, place), out);
        if (place.startsWith('_gleam_artefacts/'))
            wanted.get(name)?.add(place.slice('_gleam_artefacts/'.length));
    }
    for (const self of [...found.values()].reverse()) {
        for (const [part, name] of sourceFiles(self)) {
            if (!/\.(erl|hrl)$/.test(name)) continue;
            const base = path.basename(name);
            writeIfChanged(path.join(libs, self.name, '_gleam_artefacts', base),
                fs.readFileSync(path.join(self.folder, part, name), 'utf8'));
            wanted.get(self.name).add(base);
        }
        removeOthers(path.join(libs, self.name, '_gleam_artefacts'), wanted.get(self.name));
        compileErlang(self, libs);
    }
}

if (command === '--version') {
    const about = JSON.parse(fs.readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
    console.log(`gleam ${about.version}`);
} else if (command === 'build' && rest.length === 0) {
    await build();
} else {
    fail('usage: gleam build | gleam --version');
}
