import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LONG_RUNS } from '../long-runs.js';

const PREPARE = join(import.meta.dirname, 'prepare.py');
const RENDER = join(import.meta.dirname, 'render.py');
const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
/** Some 100 MB of downloads. */
const PATIENCE_MS = 180_000;

/** What Helm made of some values: manifests by their templates, or what it says against them. */
export type Rendered =
  | { manifests: Record<string, string>; error?: undefined }
  | { manifests?: undefined; error: string };

export interface RenderedChart {
  lint: { messages: { severity: number; error: string }[]; errors: string[] };
  /** For each of the values. */
  rendered: Rendered[];
}

/** Helm itself, as its own library, and the strict schemas of Kubernetes. */
export interface Helm {
  /** A folder for each version. */
  schemas: string;
  /** To load it takes a second: so all at once. */
  render(chart: string, values: readonly object[]): RenderedChart;
}

/**
 * Both come from packages of PyPI, which long runs fetch once and check by their hashes; `undefined`, with the reason on
 * the terminal, where they are not.
 */
export async function findHelm(): Promise<Helm | undefined> {
  const digest = createHash('sha256');
  for (const file of [PREPARE, REQUIREMENTS]) digest.update(readFileSync(file));
  const folder = join(tmpdir(), `schoolbell-helm-${digest.digest('hex').slice(0, 12)}`);
  try {
    if (!existsSync(folder) && !LONG_RUNS) throw new Error('FAULTS_LONG=1 fetches Helm.');
    if (!existsSync(folder)) await prepare(folder);
  } catch (error) {
    const reason = (error as Error).message.trim().split('\n').at(-1);
    process.stderr.write(`\nThe suite of the Helm chart is SKIPPED: ${reason}\n\n`);
    return undefined;
  }
  return {
    schemas: join(folder, 'kubernetes_validate/kubernetes-json-schema'),
    render: (chart, values) => render({ library: folder, chart, values }),
  };
}

/** It appears under its name only when it is complete. */
async function prepare(folder: string): Promise<void> {
  const unfinished = await mkdtemp(`${folder}-`);
  try {
    const options = { timeout: PATIENCE_MS };
    await promisify(execFile)('python3', [PREPARE, unfinished], options);
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

function render(asked: {
  library: string;
  chart: string;
  values: readonly object[];
}): RenderedChart {
  const { stdout, stderr, status } = spawnSync('python3', [RENDER], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as RenderedChart;
}
