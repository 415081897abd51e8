import type { Schoolbell } from '../../../support/index.js';
import { FuzzRun } from '../fuzz/fuzz-run.js';

/** Its purpose is to show a secret. */
const SHOWING = '/v1/webhooks/{id}/secret';

/** Every answer of every read operation, for each thing that exists; also of the service's own paths. */
export async function readEverything(schoolbell: Schoolbell): Promise<string> {
  const run = await FuzzRun.of(schoolbell);
  const readers = run.operations.filter(({ method, path }) => method === 'GET' && path !== SHOWING);
  const answers: string[] = [];
  const read = async (target: string, headers: Record<string, string>): Promise<string> => {
    const { text } = await run.client.send({ method: 'GET', target, headers });
    answers.push(text);
    return text;
  };
  // Lists first, since they name the other things.
  for (const operation of readers.filter(({ path }) => !path.includes('{'))) {
    const paged = operation.parameters.some(({ name }) => name === 'limit');
    const target = paged ? `${operation.path}?limit=100` : operation.path;
    const text = await read(target, run.headersOf(operation));
    // A stream never ends, and what it would say is in the lists.
    if (text !== '') run.ids.learn(operation, JSON.parse(text));
  }
  for (const operation of readers.filter(({ path }) => path.includes('{'))) {
    for (const id of run.ids.known(operation.path)) {
      await read(operation.path.replace(/{\w+}/, id), run.headersOf(operation));
    }
  }
  await read('/metrics', {});
  await read('/openapi.json', {});
  run.client.close();
  return answers.join('\n');
}
