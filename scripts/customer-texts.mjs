// `node scripts/customer-texts.mjs [part of a heading or path]` prints every text that a customer can meet, once, with
// its place in the code, by where the customer meets it. Read the list as a whole after you have changed such texts.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** Headings, each with a test on the file and on the names around a text. The first that fits is taken. */
const HEADINGS = {
  Dashboard: (file) => file.startsWith('apps/dashboard/'),
  'E-mails': (file) => isIn(file, 'libs/notices', 'libs/mail'),
  OpenAPI: (_, names) => !names.has('message') && DESCRIBING.some((name) => names.has(name)),
  'Failures of attempts': (file) => isIn(file, ...MAKING_ATTEMPTS),
  Validation: (file, names) => names.has('message') || isIn(file, ...CHECKING),
  Errors: (file) => isIn(file, 'apps/api', 'libs/identity', 'libs/passwords', 'libs/scorm'),
};
/** `@` stands for a decorator. */
const DESCRIBING = ['@', 'description', 'summary'];
const MAKING_ATTEMPTS = [
  'libs/delivery',
  'libs/egress',
  'libs/formats',
  'libs/persistence/src/dispatching',
  ...['attempting', 'expressions', 'handshaking'].map((stage) => `apps/dispatcher/src/${stage}`),
];
const CHECKING = [
  ...['catalogue', 'destinations', 'expressions', 'schemas', 'signing'].map((lib) => `libs/${lib}`),
  ...['valid.ts', 'json-body.ts', 'json-hygiene.ts'].map((file) => `apps/api/src/http/${file}`),
];
const UNSEEN =
  /\.spec\.tsx?$|\.d\.ts$|\/(testing|examples|pages|snippets)\/|^apps\/(demo|standalone)\//;

/** What stands around texts that are code, or that only operators read. */
const NOT_PROSE = new Set(
  'className d viewBox href example examples RegExp querySelector log logger console debug info warn fatal'.split(
    ' ',
  ),
);
const NOT_PROSE_KINDS = new Set([
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.LiteralType,
  ts.SyntaxKind.TaggedTemplateExpression,
]);
/** SQL and JSONata. */
const CODE =
  /^\W*(SELECT|INSERT|UPDATE|DELETE|WITH|SET|LIMIT|WHERE)\b|\b(FROM|AND|OR) [a-z(]| [<=>] \S| IS N|:= /;
const CSS_CLASSES = /^[\w:[\]().,%/-]+( [\w:[\]().,%/-]*[-:[][\w:[\]().,%/-]*)+$/;
/** Two words or more. */
const SENTENCE = /[a-z]{2,}[,;:)'’]? [\w(`'’$<{]/i;
/** On a button or above a column of the dashboard. */
const LABEL = /^[A-Z][a-z]+…?$/;

const found = new Map(Object.keys(HEADINGS).map((heading) => [heading, new Map()]));
for (const file of sourceFiles()) {
  const text = readFileSync(file, 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  visit(source, source, new Set());
}
print(process.argv[2] ?? '');

function sourceFiles() {
  const patterns = ['apps/**.ts', 'apps/**.tsx', 'libs/**.ts'];
  const files = execFileSync('git', ['ls-files', ...patterns], { encoding: 'utf8' });
  return files.split('\n').filter((file) => file && !UNSEEN.test(file));
}

function isIn(file, ...folders) {
  return folders.some((folder) => file === folder || file.startsWith(`${folder}/`));
}

/** @param names of the properties, attributes and calls around the node */
function visit(node, source, names) {
  const name = nameOf(node, source);
  if (NOT_PROSE_KINDS.has(node.kind) || NOT_PROSE.has(name)) return;
  const inside = name ? new Set(names).add(name) : names;
  const text = textOf(node, source);
  if (text === undefined) ts.forEachChild(node, (child) => visit(child, source, inside));
  else keep(text.replace(/\s+/g, ' ').trim(), node, source, inside);
}

function nameOf(node, source) {
  if (ts.isDecorator(node)) return '@';
  if (ts.isPropertyAssignment(node) || ts.isJsxAttribute(node)) return node.name.getText(source);
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    return node.expression.getText(source).split('.').at(-1);
  }
  return undefined;
}

/** The text of a literal, of literals joined by `+`, or of JSX. */
function textOf(node, source) {
  if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.getText(source).slice(1, -1);
  const isSum = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
  if (!isSum) return undefined;
  const parts = [node.left, node.right].map((part) => textOf(part, source));
  return parts.includes(undefined) ? undefined : parts.join('');
}

function keep(text, node, source, names) {
  if (CODE.test(text) || CSS_CLASSES.test(text)) return;
  const file = source.fileName;
  const [heading] = Object.entries(HEADINGS).find(([, fits]) => fits(file, names)) ?? [];
  const isProse = SENTENCE.test(text) || (heading === 'Dashboard' && LABEL.test(text));
  if (!heading || !isProse || found.get(heading).has(text)) return;
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
  found.get(heading).set(text, `${file}:${line + 1}`);
}

function print(part) {
  for (const [heading, texts] of found) {
    const shown = [...texts].filter(([, place]) => `${heading} ${place}`.includes(part));
    if (shown.length > 0) console.log(`\n## ${heading}\n`);
    for (const [text, place] of shown) console.log(`${place}\t${text}`);
  }
}
