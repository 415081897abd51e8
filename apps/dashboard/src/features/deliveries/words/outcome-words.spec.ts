import { describe, expect, it } from 'vitest';
import { answerWords } from './outcome-words.ts';
import { errorCodeLabel } from '../../../ui/error-words.ts';
import { statusText } from '../../../ui/status-text.ts';

const last = (responseStatus: number | null, errorCode: string | null) => ({
  at: '2026-11-24T12:00:00.000Z',
  responseStatus,
  errorCode,
  durationMs: 3,
});

describe('what came of an attempt, in a cell', () => {
  it.each([
    [200, null, '200 OK'],
    [503, 'http_status', '503 Service Unavailable'],
    [301, 'redirect', '301 Moved Permanently'],
    [null, 'timeout', 'No answer in time'],
    // The answer broke off after its status.
    [500, 'timeout', 'No answer in time'],
    [null, null, 'Answered'],
  ])('is, of %s and %s, "%s"', (status, code, words) => {
    expect(answerWords(last(status, code))).toBe(words);
  });

  it('is said also of what only a newer API knows', () => {
    expect(errorCodeLabel('quantum_decay')).toBe('quantum decay');
    expect(statusText(499)).toBe('499');
  });
});
