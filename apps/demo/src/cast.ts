import type { CreateWebhook } from '@schoolbell/api-client';

/** Short, so that failures can be watched; real schedules take minutes and hours. Seconds. */
const RETRY_SCHEDULE = [1, 2, 4, 4, 4, 4];
/** Shorter still, so that there are dead letters before the story ends. */
const SHORT_SCHEDULE = [1, 1];

/** How a receiver behaves throughout, apart from the failures staged for the first one. */
type Manner = 'well' | 'down' | 'slow' | 'unreached';

/** A webhook of the demo, and the receiver behind it. */
export interface Role {
  /** The last part of its address. */
  name: string;
  manner: Manner;
  /** The description that it is registered with. */
  says: string;
  settings: Omit<CreateWebhook, 'url'>;
}

const SESSIONS = ['session.launched', 'session.progress', 'session.scored', 'session.completed'];

/** Whether requests have a signature that the receiver can verify. */
export const isSigned = ({ settings }: Role): boolean =>
  settings.format !== 'xapi' && settings.authentication?.type !== 'none';

/**
 * The systems that a learning platform tells about its learners. The story follows the first one; the others are there
 * to be looked at.
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
        // The failures are staged; five in a row would pause the webhook, which is another story.
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
