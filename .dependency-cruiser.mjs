// Who may import whom. Run it with: depcruise --config .dependency-cruiser.mjs apps libs test
// docs/architecture.md says why; `npm run check` runs it.

/** The libs that each lib and app may import. What is not in the table may import none. */
const MAY_IMPORT = {
  // The ground: pure, and imports nothing.
  'libs/ids': [],
  'libs/signing': [],
  'libs/catalogue': [],
  'libs/identity': [],
  'libs/destinations': [],
  'libs/sandbox': [],
  'libs/passwords': [],
  'libs/logging': [],
  'libs/api-client': [],
  // What the product decides, without saying how it is stored or sent.
  'libs/config': ['destinations'],
  'libs/scorm': ['catalogue'],
  'libs/delivery': ['catalogue', 'destinations', 'ids', 'scorm', 'signing'],
  'libs/notices': ['delivery', 'ids'],
  'libs/formats': ['catalogue', 'delivery', 'ids', 'signing'],
  // Adapters.
  'libs/tracing': ['ids'],
  'libs/metrics': ['logging'],
  'libs/process': ['logging'],
  'libs/embedded-postgres': ['process'],
  'libs/egress': ['delivery', 'destinations'],
  'libs/expressions': ['delivery', 'sandbox'],
  'libs/schemas': ['sandbox'],
  'libs/mail': ['ids', 'notices'],
  'libs/persistence': ['catalogue', 'delivery', 'identity', 'ids', 'metrics', 'notices', 'scorm'],
  'libs/queue': ['delivery', 'logging', 'metrics', 'notices'],
  // The API cannot send: only hosts of dispatchers need a way out.
  'apps/api': [
    'catalogue',
    'config',
    'delivery',
    'destinations',
    'expressions',
    'formats',
    'identity',
    'ids',
    'logging',
    'metrics',
    'notices',
    'passwords',
    'persistence',
    'process',
    'queue',
    'schemas',
    'scorm',
    'signing',
    'tracing',
  ],
  'apps/dispatcher': [
    'catalogue',
    'config',
    'delivery',
    'destinations',
    'egress',
    'expressions',
    'formats',
    'ids',
    'logging',
    'mail',
    'metrics',
    'notices',
    'persistence',
    'process',
    'queue',
    'signing',
    'tracing',
  ],
  'apps/standalone': [
    'config',
    'embedded-postgres',
    'identity',
    'ids',
    'logging',
    'passwords',
    'persistence',
    'process',
  ],
  // What `node --import` loads before API or dispatcher.
  'apps/tracing': ['config', 'tracing'],
  // These share no code with the rest: they know the public API alone.
  'apps/dashboard': ['api-client'],
  'apps/demo': ['api-client'],
};

/**
 * The folders of apps/dispatcher that each folder may import; specs of all may import `testing`. No two import each
 * other: a delivery goes from claiming to attempting to recording, and nothing calls back.
 */
const STAGES = {
  testing: [],
  outages: [],
  routines: [],
  gathering: [],
  slots: [],
  measuring: [],
  expressions: [],
  recording: ['gathering', 'outages', 'slots'],
  attempting: ['expressions', 'gathering', 'recording', 'slots'],
  claiming: ['attempting', 'outages', 'recording', 'slots'],
  batching: ['attempting', 'claiming', 'measuring', 'routines'],
  handshaking: ['outages', 'routines'],
  mailing: ['measuring', 'outages', 'routines'],
  presence: ['batching', 'claiming', 'outages', 'routines'],
  maintenance: [
    'batching',
    'claiming',
    'handshaking',
    'measuring',
    'outages',
    'presence',
    'routines',
  ],
};
const DISPATCHER = 'apps/dispatcher/src';

/** The wings of libs/persistence that each wing may import; all may import `generated`. No two import each other. */
const WINGS = {
  database: [],
  steps: ['database'],
  accepting: ['database', 'steps'],
  dispatching: ['database', 'steps'],
  resources: ['database', 'steps'],
  scorm: ['accepting', 'database', 'steps'],
  operations: ['database', 'steps', 'resources'],
  waking: ['database'],
  watching: ['database', 'resources', 'operations'],
  history: ['database', 'steps'],
  migrations: ['database', 'history'],
  upkeep: ['database'],
  measuring: ['database', 'steps', 'history'],
};
const PERSISTENCE = 'libs/persistence/src';

/** Each vendor has one owner, behind a small contract. */
const OWNED_BY = {
  bullmq: 'libs/queue',
  '@nestjs/bullmq': 'libs/queue',
  ioredis: 'libs/queue',
  '@prisma/client': 'libs/persistence',
  '@prisma/adapter-pg': 'libs/persistence',
  pg: 'libs/persistence',
  undici: 'libs/egress',
  jsonata: 'libs/expressions',
  nodemailer: 'libs/mail',
  pino: 'libs/logging',
  'prom-client': 'libs/metrics',
  '@opentelemetry/sdk-trace': 'apps/tracing',
  '@opentelemetry/resources': 'apps/tracing',
  '@opentelemetry/exporter-trace-otlp-http': 'apps/tracing',
  '@node-rs/argon2': 'libs/passwords',
  otpauth: 'libs/identity',
  '@zxcvbn-ts/language-common': 'libs/identity',
  '@fastify/cookie': 'apps/api/src/auth',
  '@nestjs/jwt': 'apps/api/src/auth',
  'passport-jwt': 'apps/api/src/auth',
  'embedded-postgres': 'libs/embedded-postgres',
  react: 'apps/dashboard',
  'react-dom': 'apps/dashboard',
  '@base-ui/react': 'apps/dashboard',
  '@tanstack/react-router': 'apps/dashboard',
};

/** The vendors that a pure lib may use beside Node's own modules; NestJS is none of them. */
const PURE = {
  'libs/catalogue': [
    'class-validator',
    'class-validator-jsonschema',
    'class-transformer',
    'reflect-metadata',
  ],
  'libs/identity': ['otpauth', '@zxcvbn-ts/language-common'],
  'libs/signing': ['lru-cache'],
  'libs/scorm': [],
  'libs/formats': ['lru-cache'],
  'libs/delivery': [],
  'libs/destinations': [],
  'libs/ids': [],
  'libs/notices': [],
};

const LIB_INDEX = String.raw`^libs/([^/]+/src/index|api-client/src/queries)\.ts$`;
const SPEC = String.raw`\.spec\.tsx?$`;

const literal = (name) => name.replaceAll(/[.+/-]/g, String.raw`\$&`);
const inside = (folder) => `^${folder}/`;
const vendors = (names) => `(^|/)node_modules/(@types/)?(${names.map(literal).join('|')})(/|$)`;
const libs = (names) => `^libs/(${names.join('|')})/`;

const imports = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `import-table: ${folder}`,
  comment: `${folder} imports ${allowed.join(', ') || 'no lib'}; see the table in .dependency-cruiser.mjs.`,
  severity: 'error',
  from: { path: inside(folder) },
  to: {
    path: '^(libs|apps)/',
    pathNot: [inside(folder), ...(allowed.length > 0 ? [libs(allowed)] : [])],
  },
}));

const wings = Object.entries(WINGS).map(([wing, allowed]) => ({
  name: `wing: ${wing}`,
  comment: `${PERSISTENCE}/${wing} imports ${allowed.join(', ') || 'no other wing'}; see WINGS in .dependency-cruiser.mjs.`,
  severity: 'error',
  from: { path: inside(`${PERSISTENCE}/${wing}`) },
  to: {
    path: inside(PERSISTENCE),
    pathNot: [wing, 'generated', ...allowed].map((other) => inside(`${PERSISTENCE}/${other}`)),
  },
}));

const stages = Object.entries(STAGES).map(([stage, allowed]) => ({
  name: `stage: ${stage}`,
  comment: `${DISPATCHER}/${stage} imports ${allowed.join(', ') || 'no other folder'}; see STAGES in .dependency-cruiser.mjs.`,
  severity: 'error',
  from: { path: inside(`${DISPATCHER}/${stage}`) },
  to: {
    path: `^${DISPATCHER}/[^/]+/`,
    pathNot: [stage, 'testing', ...allowed].map((other) => inside(`${DISPATCHER}/${other}`)),
  },
}));

const owners = Object.entries(OWNED_BY).map(([vendor, owner]) => ({
  name: `owner: ${vendor}`,
  comment: `${vendor} is imported in ${owner} only; use what that lib offers.`,
  severity: 'error',
  from: { path: '^(libs|apps)/', pathNot: inside(owner) },
  to: { path: vendors([vendor]) },
}));

const pure = Object.entries(PURE).map(([folder, allowed]) => ({
  name: `pure: ${folder}`,
  comment: `${folder} is pure: no NestJS and no vendor but ${allowed.join(', ') || 'none'}.`,
  severity: 'error',
  from: { path: inside(folder), pathNot: SPEC },
  to: {
    dependencyTypesNot: ['core', 'local', 'aliased'],
    path: 'node_modules/',
    ...(allowed.length > 0 && { pathNot: vendors(allowed) }),
  },
}));

export default {
  forbidden: [
    ...imports,
    ...stages,
    ...wings,
    ...owners,
    ...pure,
    {
      name: 'in-the-table',
      comment: 'A new lib or app gets a line in MAY_IMPORT first.',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: Object.keys(MAY_IMPORT).map(inside),
      },
      to: {},
    },
    {
      name: 'in-the-table: wings',
      comment: 'A new folder of libs/persistence gets a line in WINGS first.',
      severity: 'error',
      from: {
        path: inside(PERSISTENCE),
        pathNot: [
          ...[...Object.keys(WINGS), 'generated'].map((wing) => inside(`${PERSISTENCE}/${wing}`)),
          `^${PERSISTENCE}/[^/]+\\.ts$`,
        ],
      },
      to: {},
    },
    {
      name: 'in-the-table: stages',
      comment: 'A new folder of apps/dispatcher gets a line in STAGES first.',
      severity: 'error',
      from: {
        path: `^${DISPATCHER}/[^/]+/`,
        pathNot: Object.keys(STAGES).map((stage) => inside(`${DISPATCHER}/${stage}`)),
      },
      to: {},
    },
    {
      name: 'enter-by-index',
      comment: 'A lib is entered by its index: import it as @schoolbell/<lib>.',
      severity: 'error',
      from: { path: '^(?:apps|libs)/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/$1/', LIB_INDEX] },
    },
    {
      name: 'enter-by-index: test',
      comment: 'Tests see of a lib what everybody sees: import it as @schoolbell/<lib>.',
      severity: 'error',
      from: { path: '^test/' },
      to: { path: '^libs/', pathNot: LIB_INDEX },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, pathNot: '^libs/persistence/src/generated/' },
    },
    {
      name: 'resolvable',
      comment:
        'Whatever is imported must be there: a file, a dependency of package.json, Node itself.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      comment:
        'Only `dependencies` are installed in production. Folders named testing are not built; what the dashboard imports is bundled.',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: [SPEC, '/testing/', '^apps/dashboard/', '^libs/api-client/'],
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-undeclared-dependency',
      comment: 'A package that is imported stands in package.json itself.',
      severity: 'error',
      from: { path: '^(libs|apps|test)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-spec-imported',
      severity: 'error',
      from: {},
      to: { path: String.raw`\.(e2e-)?spec\.ts$` },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Types bind as much as values do.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^libs/(persistence/src/generated/(?!client)|api-client/src/generated/)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
};
