import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DemoError } from './demo-error.js';

/** The file that `npm start` leaves in its data folder for programs like this one. */
export interface Credentials {
  apiUrl: string;
  dashboardUrl: string;
  platformKey: string;
  tenantId: string;
  tenantKey: string;
  dashboard: { email: string; password: string };
}

/** The data folder of `npm start`, from the same setting: in the environment or in `.env`. */
export function homeOf(env: NodeJS.ProcessEnv = process.env): string {
  try {
    process.loadEnvFile();
  } catch {
    // Usually there is no `.env`.
  }
  return env.SCHOOLBELL_HOME || '.schoolbell';
}

/** @param home the data folder of the running product */
export async function readCredentials(home: string): Promise<Credentials> {
  const path = join(home, 'credentials.json');
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Credentials;
  } catch {
    throw new DemoError(
      'no_credentials',
      `${path} cannot be read. Start the product first: npm start (or set SCHOOLBELL_HOME to its data folder).`,
    );
  }
}
