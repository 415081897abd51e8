import { describe, expect, it } from 'vitest';
import { fromLocalInput, isNarrowed, queryOf, toLocalInput } from './filters.ts';

const NOW = Date.parse('2026-11-24T12:00:00.500Z');

describe('the filters in the address', () => {
  it('are what the API is asked for', () => {
    const filters = { status: 'dead', responseStatus: '503', errorCode: 'http_status', q: 'lrn_1' };
    expect(queryOf(filters, NOW)).toEqual({
      status: 'dead',
      responseStatus: 503,
      errorCode: 'http_status',
      q: 'lrn_1',
    });
  });

  it('count a range from now, and take moments as they are', () => {
    expect(queryOf({ from: '24h' }, NOW)).toEqual({ from: '2026-11-23T12:00:00.000Z' });
    const moments = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' };
    expect(queryOf(moments, NOW)).toEqual(moments);
  });

  it('narrow the list when there are any', () => {
    expect(isNarrowed({})).toBe(false);
    expect(isNarrowed({ status: undefined })).toBe(false);
    expect(isNarrowed({ type: 'session.completed' })).toBe(true);
  });

  it('take a moment of the viewer’s own zone there and back', () => {
    const at = '2026-11-24T12:34:00.000Z';
    expect(fromLocalInput(toLocalInput(at))).toBe(at);
    expect(toLocalInput('nonsense')).toBe('');
    expect(fromLocalInput('')).toBeUndefined();
  });
});
