import { isDeepStrictEqual } from 'node:util';
import type { Statement } from '../statement/statement.js';

/** What an LRS gives back; it may have added to everything, and may not be a statement of ours. */
type Stored = Partial<Record<keyof Statement, Record<string, unknown> | null>>;

/** Whether what an LRS has stored says the same: verb, object, actor, registration and result. */
export function isSameStatement(stored: unknown, sent: Statement): boolean {
  return isDeepStrictEqual(
    essenceOf((stored ?? {}) as Stored),
    essenceOf(sent as unknown as Stored),
  );
}

function essenceOf({ verb, object, actor, context, result }: Stored) {
  const registration = context?.registration;
  return {
    verb: verb?.id,
    // An object without a type is an activity.
    object: [object?.objectType ?? 'Activity', object?.id],
    actor: identityOf(actor),
    registration: typeof registration === 'string' ? registration.toLowerCase() : registration,
    result: result && comparableResult(result),
  };
}

/** What identifies a person; a name may be added. */
function identityOf(actor: Stored['actor']) {
  const { mbox, mbox_sha1sum: sum, openid, account } = actor ?? {};
  return { mbox, sum, openid, account };
}

/** An LRS may cut a duration to hundredths of a second (IEEE 9274.1.1, 4.2.7). */
function comparableResult(result: Record<string, unknown>) {
  const { duration } = result;
  if (typeof duration !== 'string') return result;
  return { ...result, duration: duration.replace(/(?:\.(\d+))?S$/, inHundredths) };
}

const inHundredths = (_seconds: string, fraction = '') =>
  `.${fraction.padEnd(2, '0').slice(0, 2)}S`;
