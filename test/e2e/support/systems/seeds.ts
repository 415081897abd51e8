import type { System } from './system.js';

const LEARNER = 'learner-42';
const PACKAGE = 'pkg_def456';

/** The systems that Schoolbell was first meant to replace. */
export const SEEDS: System[] = [
  {
    name: 'AllureConnect',
    receiver: 'allureconnect.node.mjs',
    settings: { description: 'Production completion handler' },
    reads: {
      'session.launched': `session.launched: ${LEARNER}`,
      'session.completed': `session.completed: ${LEARNER}`,
      'session.scored': `session.scored: ${LEARNER}`,
      'package.updated': `package.updated: ${PACKAGE}`,
      'usage.threshold': ['usage.threshold: 100', 'usage.threshold: 80'],
    },
    read: ({ type, data }) => `${type}: ${data.learnerId ?? data.packageId ?? data.percent}`,
    proof: { header: 'x-allureconnect-signature' },
  },
  {
    name: 'SCORM API',
    receiver: 'scorm-api.nextjs.mjs',
    registration: '/api/v1/webhooks',
    settings: { secret: 'your-webhook-secret' },
    reads: {
      'package.processing.completed': `package.processing.completed: ${PACKAGE}`,
      'package.processing.failed': `package.processing.failed: ${PACKAGE}`,
      'session.launched': `session.created: ${LEARNER}`,
      'session.progress': `session.progress: ${LEARNER}`,
      'session.completed': `session.completed: ${LEARNER}`,
    },
    read: ({ event, data }) => `${event}: ${data.user_id ?? data.package_id}`,
    proof: { header: 'x-allure-signature' },
  },
  {
    name: 'Absorb',
    receiver: 'lms-guide.express.mjs',
    path: '/webhooks/lms',
    settings: { format: 'absorb' },
    reads: {
      'session.completed': `Enrollment Completed by Learner: ${LEARNER}`,
      'user.created': `User Created: ${LEARNER}`,
      'enrollment.created': `User Enrolled in Course by Admin: ${LEARNER}`,
      'enrollment.completed': `Enrollment Completed by Learner: ${LEARNER}`,
      'certificate.awarded': `Certificate Awarded: ${LEARNER}`,
      'competency.awarded': `Competency Awarded: ${LEARNER}`,
    },
    read: ({ eventName, userId }) => `${eventName}: ${userId}`,
    proof: { header: 'absorb-signature' },
  },
  {
    name: 'Adobe Learning Manager',
    receiver: 'adobe-alm.node.mjs',
    settings: { format: 'adobe-alm', adobeAlm: { accountId: 1010 } },
    reads: {
      'session.progress': `LEARNER_PROGRESS: ${LEARNER}`,
      'session.completed': `COURSE_COMPLETED: ${LEARNER}`,
      'enrollment.created': `COURSE_ENROLLMENT_BATCH: ${LEARNER}`,
      'enrollment.completed': `COURSE_COMPLETED: ${LEARNER}`,
      'package.updated': `LEARNING_OBJECT_MODIFICATION: course:${PACKAGE}`,
    },
    read: ({ eventName, data }) => `${eventName}: ${data.userId ?? data.loId}`,
    proof: { header: 'x-alm-signature' },
  },
  {
    name: 'LMS integration guide',
    receiver: 'lms-guide.express.mjs',
    path: '/webhooks/lms',
    settings: { format: 'lms-canonical' },
    reads: {
      'session.completed': `course.completion: ${LEARNER}`,
      'enrollment.completed': `course.completion: ${LEARNER}`,
    },
    read: ({ event, payload }) => `${event}: ${payload.user.id}`,
    proof: { header: 'x-hub-signature-256' },
  },
];
