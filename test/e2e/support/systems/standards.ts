import type { System } from './system.js';

const LEARNER = 'learner-42';
const BASIC = { username: 'key', password: 'p:ä&=%+ s' };
const ANOTHER = { ...BASIC, password: 'another' };

const SESSIONS = {
  'session.launched': `session.launched: ${LEARNER}`,
  'session.scored': `session.scored: ${LEARNER}`,
  'session.completed': `session.completed: ${LEARNER}`,
};
const PLAIN: Pick<System, 'reads' | 'read'> = {
  reads: SESSIONS,
  read: ({ type, data }) => `${type}: ${data.learnerId}`,
};
const REGISTRATION: Pick<System, 'reads' | 'read'> = {
  reads: {
    'session.progress': `INCOMPLETE: ${LEARNER}`,
    'session.completed': `COMPLETED: ${LEARNER}`,
  },
  read: ({ registrationCompletion, learner }) => `${registrationCompletion}: ${learner.id}`,
};

/** Standards, and SCORM runtimes that are one in effect. */
export const STANDARDS: System[] = [
  {
    name: 'SCORM Cloud',
    receiver: 'scorm-cloud.express.mjs',
    path: '/postback',
    settings: { format: 'scorm-cloud', authentication: { type: 'form', ...BASIC } },
    options: BASIC,
    ...REGISTRATION,
    proof: { otherwise: { authentication: { type: 'form', ...ANOTHER } } },
  },
  {
    name: 'Rustici Engine',
    receiver: 'rustici-engine.node.mjs',
    settings: {
      format: 'scorm-cloud',
      scormCloud: { envelope: 'webhook' },
      authentication: { type: 'basic', ...BASIC },
    },
    options: BASIC,
    ...REGISTRATION,
    proof: { otherwise: { authentication: { type: 'basic', ...ANOTHER } } },
  },
  {
    name: 'Standard Webhooks',
    receiver: 'standard-webhooks.node.mjs',
    settings: { format: 'standard-webhooks' },
    ...PLAIN,
    proof: { header: 'webhook-signature' },
  },
  {
    name: 'Svix',
    receiver: 'svix.node.mjs',
    settings: { format: 'standard-webhooks' },
    ...PLAIN,
    proof: { header: 'webhook-signature' },
  },
  {
    name: 'CloudEvents',
    receiver: 'cloudevents.express.mjs',
    path: '/webhooks',
    settings: { format: 'cloudevents' },
    ...PLAIN,
    proof: { header: 'x-allureconnect-signature' },
  },
  {
    name: 'xAPI',
    receiver: 'Learning Record Store',
    path: '/xapi',
    settings: { format: 'xapi', authentication: { type: 'basic', ...BASIC } },
    options: BASIC,
    reads: {
      'session.launched': `launched: ${LEARNER}`,
      'session.progress': `progressed: ${LEARNER}`,
      'session.scored': `scored: ${LEARNER}`,
      'session.completed': `completed: ${LEARNER}`,
    },
    read: ({ verb, actor }) => `${verb.id.split('/').at(-1)}: ${actor.account.name}`,
    proof: { otherwise: { authentication: { type: 'basic', ...ANOTHER } } },
  },
];
