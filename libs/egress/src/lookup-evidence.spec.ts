import { beforeEach, describe, expect, it } from 'vitest';
import { LookupEvidence } from './lookup-evidence.js';

describe('the name servers', () => {
  let now = 0;
  let evidence: LookupEvidence;
  beforeEach(() => {
    now = 1000;
    evidence = new LookupEvidence(() => now);
  });

  it('are not taken to be down before anything is known of them', () => {
    expect([evidence.down, evidence.knownAsOurs(now)]).toEqual([false, undefined]);
  });

  it('are down from a control that failed until a name resolves', () => {
    evidence.resolved('a.example');
    now++;
    evidence.controlFailed();
    now += 60_000;
    expect(evidence.down).toBe(true);
    evidence.resolved('b.example');
    expect(evidence.down).toBe(false);
  });

  it('work when a name resolved after the lookup in question began, and only then', () => {
    evidence.resolved('a.example');
    expect(evidence.knownAsOurs(now)).toBe(false);
    expect(evidence.knownAsOurs(now + 1)).toBe(undefined);
  });

  it('are known to fail for five seconds after a control failed', () => {
    evidence.controlFailed();
    now += 4999;
    expect(evidence.knownAsOurs(now)).toBe(true);
    now++;
    expect(evidence.knownAsOurs(now)).toBe(undefined);
  });

  it('are asked for the last names that resolved, but for the one in question', () => {
    for (const name of ['a', 'b', 'c', 'd', 'd', 'b']) evidence.resolved(name);
    expect(evidence.namesBesides('x')).toEqual(['c', 'd', 'b']);
    expect(evidence.namesBesides('b')).toEqual(['c', 'd']);
  });

  it('answer when the root resolves, of which no name is kept', () => {
    evidence.controlFailed();
    now++;
    evidence.rootResolved();
    expect([evidence.down, evidence.namesBesides('x')]).toEqual([false, []]);
  });
});
