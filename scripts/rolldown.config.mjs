// One file for each program that starts often, of what the compiler wrote to dist/ and of all packages: a process that
// reads 2,800 files takes twice as long to start, and keeps 35 MiB more of their text in memory.
import { dirname, join, relative } from 'node:path';
import { defineConfig } from 'rolldown';

const DIST = join(import.meta.dirname, '..', 'dist');
const BUNDLES = join(DIST, 'bundles');
const PROGRAMS = {
  api: 'api/src/main.js',
  dispatcher: 'dispatcher/src/main.js',
  'prepare-database': 'standalone/src/prepare-database.js',
};
/** Compiled code, and pages that are read from beside it. */
const NOT_BUNDLED = [/^@node-rs\//, /^swagger-ui-dist/];
/** What packages load for a part that we have no use for: telephone numbers, and lists of a folder's files. */
const LEFT_OUT = /^(libphonenumber-js\/max|glob)$/;

export default defineConfig({
  input: Object.fromEntries(
    Object.entries(PROGRAMS).map(([name, path]) => [name, join(DIST, 'apps', path)]),
  ),
  platform: 'node',
  external: NOT_BUNDLED,
  plugins: [httpWithoutFetch(), leftOut(), whereItWas(), plainRequire(), wasmInAFile()],
  // Packages that Nest would use if they were there.
  onLog: (level, log, show) => log.code !== 'UNRESOLVED_IMPORT' && show(level, log),
  output: {
    dir: BUNDLES,
    format: 'esm',
    cleanDir: true,
    // Nest knows classes by their names, and a stack trace is read by people.
    keepNames: true,
    minify: {
      mangle: false,
      compress: true,
      // V8 keeps a text in two bytes a character if one of them is beyond Latin 1.
      codegen: { removeWhitespace: true, asciiOnly: true },
    },
    comments: false,
  },
});

/**
 * To import Node's `http` reads all that it exports, `WebSocket` too, for which Node compiles the whole of its fetch:
 * 25 ms of each start.
 */
function httpWithoutFetch() {
  return replaced('http', /^(node:)?http$/, "process.getBuiltinModule('node:http')");
}

function leftOut() {
  return replaced('left-out', LEFT_OUT, '{}');
}

/** Gives a text of code in the place of a module. */
function replaced(name, filter, text) {
  const id = `\0${name}.cjs`;
  return {
    name,
    resolveId: { filter: { id: filter }, handler: () => id },
    load: (asked) => (asked === id ? `module.exports = ${text};` : undefined),
  };
}

/** Files that code looks for beside itself are beside the compiled file. */
function whereItWas() {
  return {
    name: 'where-it-was',
    transform(code, path) {
      if (!path.startsWith(DIST) || !code.includes('import.meta.')) return undefined;
      const folder = JSON.stringify(`/${relative(BUNDLES, dirname(path))}`);
      const file = JSON.stringify(relative(BUNDLES, path));
      return code
        .replaceAll('import.meta.url', `new URL(${file}, import.meta.url).href`)
        .replaceAll('import.meta.dirname', `(import.meta.dirname + ${folder})`);
    },
  };
}

/** What a package loads only if it is there is bundled too. */
function plainRequire() {
  return {
    name: 'plain-require',
    transform: (code, path) =>
      path.includes('/@nestjs/mapped-types/')
        ? code.replace('const require = createRequire(import.meta.url);', '')
        : undefined,
  };
}

/** Prisma has its compiler of queries as text in a module, which stays in memory twice. */
function wasmInAFile() {
  return {
    name: 'wasm-in-a-file',
    transform(code, path) {
      const name = /([^/]+)\.wasm-base64\.m?js$/.exec(path)?.[1];
      if (name === undefined) return undefined;
      const source = Buffer.from(/"([\w+/=]+)"|`([\w+/=]+)`/.exec(code)[0].slice(1, -1), 'base64');
      const file = this.emitFile({ type: 'asset', name: `${name}.wasm`, source });
      return `import { readFileSync } from 'node:fs';
        export const wasm = readFileSync(new URL(import.meta.ROLLUP_FILE_URL_${file}));`;
    },
  };
}
