import type { EventIntake, IncomingEvent, ScormIntake } from '@schoolbell/delivery';
import type { Tally } from '@schoolbell/metrics';
import { describe, expect, it } from 'vitest';
import { IntakeCounts } from './intake-counts.js';

const accepted = (deliveries: number, duplicate = false) =>
  ({ kind: 'accepted', eventId: 'e', duplicate, deliveries }) as const;
const BOUNDS = { ofOneEvent: null, ofAll: null };
const SIZE = { ofPart: 1, most: 1 };
const events = (count: number) => Array.from({ length: count }, () => ({}) as IncomingEvent);

const shown = (tally: Tally): Record<string, number> =>
  Object.fromEntries(
    tally
      .readings()
      .filter(({ value }) => value > 0)
      .map(({ labels, value }) => [Object.values(labels).join(' '), value]),
  );

/** An intake whose answers the test says. */
function answering(acceptances: unknown[]): EventIntake {
  const report = { acceptances, webhookIds: [] } as never;
  return {
    accept: async () => report,
    acceptAllOrNone: async () => report,
    acceptAllOrNoneInParts: async () => report,
  };
}

describe('what is taken in', () => {
  it('is counted by its outcome; what is deferred comes again', async () => {
    const counts = new IntakeCounts();
    const refused = [{ kind: 'idempotency_conflict' }, { kind: 'unknown_tenant' }];
    const deferred = { kind: 'deferred', deliveries: 900 };
    const intake = answering([accepted(2), accepted(3), accepted(2, true), ...refused, deferred]);
    await counts.of(intake, 'light').accept(events(6), BOUNDS);
    expect(shown(counts.accepted)).toEqual({ light: 2 });
    expect(shown(counts.duplicates)).toEqual({ light: 1 });
    expect(shown(counts.deliveries)).toEqual({ '': 5 });
    expect(shown(counts.refused)).toEqual({ idempotency_conflict: 1, unknown_tenant: 1 });
    expect(counts.rows[0]!.sum).toBe(6);
  });

  it('of a batch that is refused, nothing counts as accepted', async () => {
    const counts = new IntakeCounts();
    const intake = counts.of(answering([accepted(2), { kind: 'unknown_tenant' }]), 'batches');
    await intake.acceptAllOrNone(events(2), 10);
    await intake.acceptAllOrNoneInParts(events(2), SIZE);
    expect(shown(counts.accepted)).toEqual({});
    expect(shown(counts.refused)).toEqual({ unknown_tenant: 2 });
  });

  it('commits and launches count in lanes of their own', async () => {
    const counts = new IntakeCounts();
    const taken = { outcomes: [{ kind: 'taken', deliveries: 4 }, { kind: 'unknown_launch' }] };
    const opened = { outcomes: [{ kind: 'launched', duplicate: false }] };
    const intake = { take: async () => taken, open: async () => opened } as unknown as ScormIntake;
    await counts.ofScorm(intake, 'commits').take([], BOUNDS);
    await counts.ofScorm(intake, 'launches').open({} as never, BOUNDS);
    expect(shown(counts.accepted)).toEqual({ commits: 1, launches: 1 });
    expect(shown(counts.refused)).toEqual({ unknown_launch: 1 });
  });

  it('a statement that fails is counted, and its failure is that of the caller', async () => {
    const counts = new IntakeCounts();
    const away = { accept: () => Promise.reject(new Error('away')) } as unknown as EventIntake;
    await expect(counts.of(away, 'heavy').accept([], BOUNDS)).rejects.toThrow('away');
    expect(shown(counts.failures)).toEqual({ heavy: 1 });
  });
});
