import type { Schoolbell } from '../../../support/index.js';
import { FuzzRun } from '../fuzz/fuzz-run.js';

/** Made to show a secret. */
const SHOWING = '/v1/webhooks/{id}/secret';

/** Every answer of every operation that reads, for each thing that there is; of the service's own paths too. */
export async function readEverything(schoolbell: Schoolbell): Promise<string> {
  const run = await FuzzRun.of(schoolbell);
  const readers = run.operations.filter(({ method, path }) => method === 'GET' && path !== SHOWING);
  const answers: string[] = [];
  const read = async (target: string, headers: Record<string, string>): Promise<string> => {
    const { text } = await run.client.send({ method: 'GET', target, headers });
    answers.push(text);
    return text;
  };
  // Lists first, which tell what else there is.
  for (const operation of readers.filter(({ path }) => !path.includes('{'))) {
    const paged = operation.parameters.some(({ name }) => name === 'limit');
    const target = paged ? `${operation.path}?limit=100` : operation.path;
    const text = await read(target, run.headersOf(operation));
    // Of a stream without an end, nothing is waited for: what it would tell is in the lists.
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
