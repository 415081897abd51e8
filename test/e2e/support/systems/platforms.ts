import { READY_TEMPLATES } from '@schoolbell/formats';
import type { System } from './system.js';

const LEARNER = 'learner-42';
const BASIC = { username: 'webhooks', password: 'p:ä&=%+ s' };
const OAUTH = { clientId: 'schoolbell', clientSecret: 'client-secret' };

/** A template of `GET /v1/templates`. */
const template = (wanted: string): string =>
  READY_TEMPLATES.find(({ name }) => name === wanted)!.expression;

const FLAT_CRM: Pick<System, 'reads' | 'read'> = {
  reads: {
    'session.completed': `session.completed: ${LEARNER}`,
    'user.created': `user.created: ${LEARNER}`,
    'enrollment.created': `enrollment.created: ${LEARNER}`,
  },
  read: ({ event, learner_id: learner }) => `${event}: ${learner}`,
};

/** Learning platforms in the guide's table that are not among the seeds. */
export const PLATFORMS: System[] = [
  {
    name: 'Docebo',
    receiver: 'docebo.express.mjs',
    path: '/webhooks/docebo',
    settings: { format: 'docebo', authentication: { type: 'basic', ...BASIC } },
    options: BASIC,
    reads: {
      'session.completed': `course.enrollment.completed: ${LEARNER}`,
      'enrollment.created': `course.enrollment.created: ${LEARNER}`,
      'enrollment.completed': `course.enrollment.completed: ${LEARNER}`,
      'user.created': `user.created: ${LEARNER}`,
      'package.updated': 'course.updated: pkg_def456',
    },
    read: ({ event, user_id: user, course_id: course }) => `${event}: ${user ?? course}`,
    proof: { otherwise: { authentication: { type: 'basic', ...BASIC, password: 'another' } } },
  },
  {
    name: 'LearnUpon',
    receiver: 'learnupon.node.mjs',
    settings: { format: 'learnupon' },
    reads: {
      'session.completed': `course_completion: ${LEARNER}`,
      'enrollment.completed': `course_completion: ${LEARNER}`,
    },
    read: ({ type, user }) => `${type}: ${user.userId}`,
    proof: { header: 'x-webhook-signature' },
  },
  {
    name: 'Moodle',
    receiver: 'moodle.express.mjs',
    path: '/webhooks/moodle',
    settings: {
      format: 'custom',
      template: template('moodle-local-webhooks'),
      authentication: { type: 'none' },
      metadata: { token: 'moodle-token', host: 'moodle.acme.example' },
    },
    options: { token: 'moodle-token' },
    reads: {
      'session.completed': String.raw`\core\event\course_completed: ${LEARNER}`,
      'enrollment.created': String.raw`\core\event\user_enrolment_created: ${LEARNER}`,
      'enrollment.completed': String.raw`\core\event\course_completed: ${LEARNER}`,
      'user.created': String.raw`\core\event\user_created: ${LEARNER}`,
    },
    read: ({ eventname, relateduserid }) => `${eventname}: ${relateduserid}`,
    proof: { otherwise: { metadata: { token: 'another', host: 'moodle.acme.example' } } },
  },
  {
    name: 'Canvas',
    receiver: 'unsigned.node.mjs',
    settings: {
      format: 'custom',
      template: template('canvas-live-events'),
      authentication: { type: 'none' },
    },
    reads: {
      'session.progress': `course_progress: ${LEARNER}`,
      'session.completed': `course_completed: ${LEARNER}`,
      'enrollment.created': `enrollment_created: ${LEARNER}`,
      'enrollment.completed': `course_completed: ${LEARNER}`,
      'user.created': `user_created: ${LEARNER}`,
    },
    read: ({ metadata }) => `${metadata.event_name}: ${metadata.user_id}`,
    proof: 'none',
  },
  {
    name: 'TalentLMS',
    receiver: 'unsigned.node.mjs',
    settings: {
      format: 'custom',
      template: template('flat-crm'),
      authentication: { type: 'none' },
    },
    ...FLAT_CRM,
    proof: 'none',
  },
  {
    name: 'D2L Brightspace',
    receiver: 'own-header.node.mjs',
    settings: {
      format: 'custom',
      template: template('flat-crm'),
      signature: { header: 'X-Signature', encoding: 'base64', prefix: 'sha256=' },
    },
    options: { header: 'X-Signature', encoding: 'base64', prefix: 'sha256=' },
    ...FLAT_CRM,
    proof: { header: 'x-signature' },
  },
  {
    name: 'SAP SuccessFactors',
    receiver: 'oauth2.express.mjs',
    path: '/events',
    settings: { authentication: { type: 'oauth2', tokenUrl: '{receiver}/token', ...OAUTH } },
    options: OAUTH,
    reads: {
      'session.completed': `session.completed: ${LEARNER}`,
      'enrollment.completed': `enrollment.completed: ${LEARNER}`,
      'certificate.awarded': `certificate.awarded: ${LEARNER}`,
    },
    read: ({ type, data }) => `${type}: ${data.learnerId ?? data.userId}`,
    proof: { otherwise: { authentication: { type: 'bearer', token: 'of-somebody-else' } } },
  },
];
