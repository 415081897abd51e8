/** What to do about answers that waiting does not mend. */
const ADVICE: readonly (readonly [answer: RegExp, whatToDo: string])[] = [
  [/\bCROSSSLOT\b|\bMOVED \d/, 'This Redis is a cluster: set REDIS_CLUSTER=true.'],
  [/cluster support disabled/, 'This Redis is not a cluster: unset REDIS_CLUSTER.'],
  [
    // Sentinels that were asked in vain; after those that did not answer, the last error follows.
    /^All sentinels are unreachable(?!.*Last error)/,
    'Each sentinel answered that it knows no such master: is REDIS_MASTER right?',
  ],
];

/** The first words of an error; an AggregateError of a refused connection has none of its own. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const reason = wordsOf(error);
  const [, whatToDo] = ADVICE.find(([answer]) => answer.test(reason)) ?? [];
  return whatToDo === undefined ? reason : `${reason} (${whatToDo})`;
}

function wordsOf(error: Error): string {
  // Of a cluster, no node of which told where its slots are.
  if ('lastNodeError' in error && error.lastNodeError instanceof Error) {
    return `${error.message} ${wordsOf(error.lastNodeError)}`;
  }
  if (error.message) return error.message;
  return 'code' in error ? String(error.code) : error.name;
}
