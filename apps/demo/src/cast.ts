import type { CreateWebhook } from '@schoolbell/api-client';

/** Short, so that failures come right before one's eyes; real ones are minutes and hours. Seconds. */
const RETRY_SCHEDULE = [1, 2, 4, 4, 4, 4];
/** Shorter still: its dead letters come while the story goes on. */
const SHORT_SCHEDULE = [1, 1];

/** How a receiver of the cast behaves all along, beside what is staged for the first. */
type Manner = 'well' | 'down' | 'slow' | 'unreached';

/** A webhook of the demo, and the receiver behind it. */
export interface Role {
  /** The last part of its address. */
  name: string;
  manner: Manner;
  /** What is said of it when it is registered. */
  says: string;
  settings: Omit<CreateWebhook, 'url'>;
}

const SESSIONS = ['session.launched', 'session.progress', 'session.scored', 'session.completed'];

/** What its signature cannot prove, since it has none. */
export const isSigned = ({ settings }: Role): boolean =>
  settings.format !== 'xapi' && settings.authentication?.type !== 'none';

/**
 * Whom a learning platform tells of its learners. The first is the one whose story is told; the others are there to be
 * looked at.
 *
 * @param slack the ready template of that name
 */
export function castWith(slack: string): readonly [Role, ...Role[]] {
  return [
    {
      name: 'hr-suite',
      manner: 'well',
      says: 'goes down for a while',
      settings: {
        description: 'HR suite',
        events: SESSIONS,
        retrySchedule: RETRY_SCHEDULE,
        timeoutSeconds: 5,
        // The failures are staged: pausing the webhook, as five in a row would, is another story.
        autoPauseAfter: 0,
      },
    },
    {
      name: 'data-warehouse',
      manner: 'well',
      says: 'takes everything, as CloudEvents',
      settings: { description: 'Data warehouse', events: ['*'], format: 'cloudevents' },
    },
    {
      name: 'learning-records',
      manner: 'well',
      says: 'takes statements, as a Learning Record Store',
      settings: {
        description: 'Learning Record Store',
        events: SESSIONS,
        format: 'xapi',
        authentication: { type: 'basic', username: 'schoolbell', password: 'demo-password' },
      },
    },
    {
      name: 'team-channel',
      manner: 'well',
      says: 'is told of completions, by the template for Slack',
      settings: {
        description: 'Channel #training',
        events: ['session.completed'],
        format: 'custom',
        template: slack,
        authentication: { type: 'none' },
      },
    },
    {
      name: 'old-portal',
      manner: 'down',
      says: 'answers 503 to everything: look at its dead letters',
      settings: {
        description: 'Old customer portal',
        events: ['session.completed'],
        format: 'docebo',
        retrySchedule: SHORT_SCHEDULE,
        autoPauseAfter: 0,
      },
    },
    {
      name: 'certificates',
      manner: 'slow',
      says: 'takes its time over each answer',
      settings: {
        description: 'Certificate printer',
        events: ['session.completed'],
        format: 'standard-webhooks',
      },
    },
    {
      name: 'partner-academy',
      manner: 'unreached',
      says: 'is paused: its deliveries are held',
      settings: {
        description: 'Partner academy',
        events: ['session.completed'],
        format: 'standard-webhooks',
        status: 'paused',
      },
    },
  ];
}
