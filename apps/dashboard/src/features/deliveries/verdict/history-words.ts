import type { AttemptDocument } from '@schoolbell/api-client';
import { errorCodeLabel } from '../../../ui/error-words.ts';
import { statusText } from '../../../ui/status-text.ts';
import { hostOf } from '../../../ui/webhook-name.ts';

/** More than this many different endings in a row would be a list; the history below shows them. */
const MOST_RUNS = 3;

const PREDICATES: Record<string, string> = {
  timeout: 'did not answer in time',
  connection_refused: 'refused the connection',
  connection_reset: 'closed the connection before its answer was complete',
  dns: 'could not be looked up',
  tls: 'could not be reached over TLS',
  blocked_address: 'leads to an address that Schoolbell does not send to',
  network: 'could not be reached',
  invalid_response: 'answered with something that is not HTTP',
};
/** The receiver knows nothing about these: no request went out, or it is unknown whether one did. */
const WITHOUT_RECEIVER: Record<string, string> = {
  interrupted: 'the attempt was cut off on our side',
  unsendable: 'no request could be made',
  damaged_event: 'no request could be made',
  token_unavailable: 'no OAuth token could be fetched',
};

interface Run {
  words: string;
  /** Whether the host is the subject of the sentence. */
  byHost: boolean;
  times: number;
}

/**
 * How attempts ended, in order: "lms.northwind.edu answered 503 Service Unavailable 3 times, then did not answer in
 * time."
 *
 * @param attempts at least one
 */
export function historyWords(attempts: readonly AttemptDocument[]): string {
  const runs = runsOf(attempts);
  const shown = runs.slice(-MOST_RUNS);
  const host = hostOf(attempts.at(-1)!.url);
  const parts = shown.map((run, i) => {
    const subject = run.byHost && (i === 0 || !shown[i - 1]!.byHost) ? `${host} ` : '';
    return subject + run.words + timesWords(run.times);
  });
  const before = runs.length > shown.length ? 'Lately, ' : '';
  return `${capitalised(before + parts.join(', then '), host)}.`;
}

/** A sentence begins with a capital; a host name stays as it is. */
function capitalised(text: string, host: string): string {
  return text.startsWith(host) ? text : text.slice(0, 1).toUpperCase() + text.slice(1);
}

function timesWords(times: number): string {
  if (times === 1) return '';
  return times === 2 ? ' twice' : ` ${times} times`;
}

function runsOf(attempts: readonly AttemptDocument[]): Run[] {
  const runs: Run[] = [];
  for (const attempt of attempts) {
    const ending = endingOf(attempt);
    const last = runs.at(-1);
    if (last?.words === ending.words) last.times += 1;
    else runs.push({ ...ending, times: 1 });
  }
  return runs;
}

function endingOf({ outcome, error, response }: AttemptDocument): Omit<Run, 'times'> {
  const code = outcome === 'interrupted' ? 'interrupted' : error?.code;
  const alone = code !== undefined && WITHOUT_RECEIVER[code];
  if (alone) return { words: alone, byHost: false };
  const predicate = code !== undefined && PREDICATES[code];
  if (predicate) return { words: predicate, byHost: true };
  if (response) return { words: `answered ${statusText(response.status)}`, byHost: true };
  return { words: `failed (${errorCodeLabel(code ?? 'unknown')})`, byHost: true };
}
