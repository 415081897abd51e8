import { hash } from '@node-rs/argon2';
import { expect, it } from 'vitest';
import { HasherBusyError, PasswordHasher } from './index.js';

const hasher = new PasswordHasher();
const password = 'correct horse battery staple';

it('a password is stored as argon2id with 19 MiB and two passes, each time with another salt', async () => {
  const stored = await hasher.hash(password);
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await hasher.hash(password)).not.toBe(stored);
  expect(await hasher.verify(stored, password)).toEqual({ matches: true, outdated: false });
  expect(await hasher.verify(stored, `${password}.`)).toEqual({ matches: false, outdated: false });
});

it('a password that was hashed with other parameters matches, and is to be hashed again', async () => {
  const stored = await hash(password, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
  expect(await hasher.verify(stored, password)).toEqual({ matches: true, outdated: true });
  expect(await hasher.verify(stored, 'another')).toEqual({ matches: false, outdated: false });
});

it('no password matches where none is stored, and comparing takes as long', async () => {
  const wrong = { matches: false, outdated: false };
  expect(await hasher.verify(null, password)).toEqual(wrong);
  const stored = await hasher.hash(password);
  const cost = { none: Infinity, one: Infinity };
  // In turns and the least of each, which has nothing in it of what else this process does, such as compiling.
  for (let round = 0; round < 7; round++) {
    cost.none = Math.min(cost.none, await cpuOf(null));
    cost.one = Math.min(cost.one, await cpuOf(stored));
  }
  expect(cost.none / cost.one).toBeGreaterThan(0.5);
  expect(cost.none / cost.one).toBeLessThan(2);
});

/** What a comparison takes in this process: other processes do not change it. Microseconds. */
async function cpuOf(stored: string | null): Promise<number> {
  const start = process.cpuUsage();
  await hasher.verify(stored, 'another password');
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

it('letters are the same in whatever way they are composed', async () => {
  const stored = await hasher.hash('zwölf Zeichen');
  expect(await hasher.verify(stored, 'zwo\u0308lf Zeichen')).toMatchObject({ matches: true });
});

it('a crowd is turned away rather than kept waiting', async () => {
  const crowd = Array.from({ length: 110 }, () => hasher.verify('not a hash', password));
  const answers = await Promise.allSettled(crowd);
  const refused = answers.filter(
    (a) => a.status === 'rejected' && a.reason instanceof HasherBusyError,
  );
  expect(refused).toHaveLength(8);
});
