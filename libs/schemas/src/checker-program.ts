import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Program } from '@schoolbell/sandbox';
import { refused, type CheckRequest, type SchemaCheck } from './schema-check.js';

const require = createRequire(import.meta.url);
const AJV = require.resolve('ajv/dist/2020.js');
const FORMATS = require.resolve('ajv-formats');
const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'checker');

/** Ajv needs packages that lie beside it, which are public code. */
const packagesBeside = (file: string): string =>
  file.slice(0, file.lastIndexOf('node_modules') + 'node_modules'.length);

/** Checks data by a schema. Ajv turns a schema into code: here it runs where it can do nothing but take time. */
export const CHECKER: Program<CheckRequest, SchemaCheck> = {
  file: join(FOLDER, `check${extname(import.meta.url)}`),
  args: [AJV, FORMATS],
  folders: [FOLDER, ...new Set([packagesBeside(AJV), packagesBeside(FORMATS)])],
  flags: [],
  sizeOf: ({ schema, data }) => schema.length + data.length,
  lost: {
    deadline: refused('deadline', [
      {
        path: '',
        message: 'takes too long to check by the schema: simplify the schema, its patterns first',
      },
    ]),
    memory: refused('memory', [
      {
        path: '',
        message: 'takes too much memory to check by the schema: simplify the schema',
      },
    ]),
    unavailable: refused('unavailable', [
      {
        path: '',
        message: 'was not checked in time, because too many checks were waiting: try again',
      },
    ]),
  },
};
