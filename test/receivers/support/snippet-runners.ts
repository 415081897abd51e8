import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Language } from '../../../apps/dashboard/src/features/guide/verify/languages.ts';
import * as programs from './snippet-programs.js';

/** A request that a receiver has to judge, and the secret that it knows. */
export interface Question {
  headers: Record<string, string>;
  body: Buffer;
  secret: string;
}

interface Runner {
  /** The files in the folder, including the snippet. */
  files: (snippet: string) => Record<string, string>;
  /** Run in that folder; reads one question per line from standard input. */
  command: readonly [string, ...string[]];
  /** A command that fails if the language is not installed. */
  probe: readonly [string, ...string[]];
  env?: Record<string, string>;
}

const RUNNERS: Record<Language, Runner> = {
  node: {
    files: (snippet) => ({ 'verify.mjs': snippet, 'ask.mjs': programs.NODE }),
    command: [process.execPath, 'ask.mjs'],
    probe: [process.execPath, '--version'],
  },
  python: {
    files: (snippet) => ({ 'verify.py': snippet, 'ask.py': programs.PYTHON }),
    command: ['python3', 'ask.py'],
    probe: ['python3', '--version'],
  },
  php: {
    files: (snippet) => ({ 'verify.php': snippet, 'ask.php': programs.PHP }),
    command: ['php', 'ask.php'],
    probe: ['php', '--version'],
  },
  java: {
    // A program in one file is compiled in memory, which is faster than javac and java.
    files: (snippet) => ({ 'Ask.java': programs.javaWith(snippet) }),
    command: ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', 'Ask.java'],
    probe: ['java', '--version'],
  },
  csharp: {
    files: (snippet) => ({
      'WebhookSignature.cs': snippet,
      'Ask.cs': programs.CSHARP,
      'ask.csproj': programs.CSHARP_PROJECT,
    }),
    command: ['dotnet', 'run'],
    probe: ['dotnet', '--list-sdks'],
    env: { DOTNET_NOLOGO: '1', DOTNET_CLI_TELEMETRY_OPTOUT: '1' },
  },
  go: {
    files: (snippet) => ({ 'verify.go': snippet, 'ask.go': programs.GO }),
    command: ['go', 'run', 'ask.go', 'verify.go'],
    probe: ['go', 'version'],
    env: { GOFLAGS: '-mod=mod', GOPROXY: 'off', GOTOOLCHAIN: 'local', GO111MODULE: 'off' },
  },
  ruby: {
    files: (snippet) => ({ 'verify.rb': snippet, 'ask.rb': programs.RUBY }),
    command: ['ruby', 'ask.rb'],
    probe: ['ruby', '--version'],
  },
};

/** Whether the language is installed on this machine. */
export function isAtHand(language: Language): boolean {
  const [program, ...args] = RUNNERS[language].probe;
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
}

/** @returns the snippet's verdict on each request, from a process of its language */
export function askSnippet(
  language: Language,
  snippet: string,
  questions: readonly Question[],
): boolean[] {
  const { files, command, env } = RUNNERS[language];
  const folder = mkdtempSync(join(tmpdir(), `schoolbell-${language}-`));
  try {
    for (const [name, text] of Object.entries(files(snippet))) {
      writeFileSync(join(folder, name), text);
    }
    const [program, ...args] = command;
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      input: questions.map(asLine).join(''),
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${language} ended with ${status}:\n${stderr}\n${stdout}`);
    return stdout
      .trim()
      .split(/\r?\n/)
      .map((line) => line.toLowerCase() === 'true');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Secret, body and headers, all in base64, so that every language can read them with its standard library. */
function asLine({ headers, body, secret }: Question): string {
  const named = Object.entries(headers).flat();
  return `${[secret, body, ...named].map((text) => Buffer.from(text).toString('base64')).join('\t')}\n`;
}
