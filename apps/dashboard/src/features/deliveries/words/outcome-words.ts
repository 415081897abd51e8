import type { AttemptDocument, LastAttemptDocument } from '@schoolbell/api-client';
import { errorCodeLabel } from '../../../ui/error-words.ts';
import { statusText } from '../../../ui/status-text.ts';

/** The outcome of the last attempt, for a cell: "503 Service Unavailable", "No answer in time". */
export function answerWords({ responseStatus, errorCode }: LastAttemptDocument): string {
  // Where an answer broke off, how it broke off says more than its status.
  const said = errorCode === null || errorCode === 'http_status' || errorCode === 'redirect';
  if (responseStatus !== null && said) return statusText(responseStatus);
  return errorCode === null ? 'Answered' : errorCodeLabel(errorCode);
}

/** The same for an attempt in the history. */
export function outcomeWords({ outcome, response, error, at, timings }: AttemptDocument): string {
  if (outcome === 'interrupted') return errorCodeLabel('interrupted');
  return answerWords({
    at,
    responseStatus: response?.status ?? null,
    errorCode: error?.code ?? null,
    durationMs: timings.totalMs,
  });
}
