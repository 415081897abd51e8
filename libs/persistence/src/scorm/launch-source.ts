import type { CommitSource, NewLaunch, ScormSession } from '@schoolbell/delivery';
import { registrationKeyOf } from '@schoolbell/scorm';

/** Where a launch is looked up: by its token, or by the ids of the runtime whose server commits. */
export type LaunchSource =
  | { kind: 'token'; tokenHash: Buffer }
  | {
      kind: 'server';
      tenantId: string;
      session: ScormSession;
      registrationKey: string;
      attempt: number;
      launchKey: string;
    };

export type ServerSource = Extract<LaunchSource, { kind: 'server' }>;

export function sourceOf(source: CommitSource): LaunchSource {
  return source.kind === 'token' ? source : serverSourceOf(source);
}

export function serverSourceOf({
  tenantId,
  session,
  launchKey,
}: Pick<NewLaunch, 'tenantId' | 'session' | 'launchKey'>): ServerSource {
  const [registrationKey, attempt] = [registrationKeyOf(session), session.attempt ?? 1];
  return { kind: 'server', tenantId, session, registrationKey, attempt, launchKey };
}

/** Tells attempts of different tenants and registrations apart. No id has a line end. */
export function attemptKeyOf(source: ServerSource): string {
  return `${source.tenantId}\n${source.registrationKey}\n${source.attempt}`;
}

/** Tells launches apart. */
export function launchKeyOf(source: LaunchSource): string {
  return source.kind === 'token'
    ? source.tokenHash.toString('hex')
    : `${attemptKeyOf(source)}\n${source.session.sessionId}\n${source.launchKey}`;
}
