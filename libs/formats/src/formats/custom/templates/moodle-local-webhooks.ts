import type { ReadyTemplate } from './ready-template.js';

/**
 * What Moodle's plugin `local_webhooks` sends: a Moodle event, and the service's token in the body. The nulls
 * are Moodle's; its ids are strings, as in the plugin's own example.
 * https://github.com/valentineus/moodle-webhooks/blob/master/docs/getting-started.md
 */
export const moodleLocalWebhooks: ReadyTemplate = {
  name: 'moodle-local-webhooks',
  title: 'Moodle local_webhooks',
  description:
    'Events as the Moodle plugin local_webhooks sends them, unsigned: set authentication to none. `metadata.token` is the token that the receiver expects, `metadata.host` the name of the Moodle site, `metadata.extra` the text of its field Advanced.',
  eventTypes: ['session.completed', 'enrollment.created', 'enrollment.completed', 'user.created'],
  expression: `(
  $user := data.learnerId ?? data.userId;
  $course := data.course.id ?? data.courseId ?? data.packageId;
  $completed := {
    "eventname": "\\\\core\\\\event\\\\course_completed", "action": "completed", "target": "course",
    "objecttable": "course_completions", "crud": "u", "edulevel": 2
  };
  $event := $lookup({
    "session.completed": $completed,
    "enrollment.completed": $completed,
    "enrollment.created": {
      "eventname": "\\\\core\\\\event\\\\user_enrolment_created", "action": "created", "target": "user_enrolment",
      "objecttable": "user_enrolments", "crud": "c", "edulevel": 0
    },
    "user.created": {
      "eventname": "\\\\core\\\\event\\\\user_created", "action": "created", "target": "user",
      "objecttable": "user", "crud": "c", "edulevel": 0
    }
  }, type);
  {
    "eventname": $event.eventname,
    "component": "core",
    "action": $event.action,
    "target": $event.target,
    "objecttable": $event.objecttable,
    "objectid": data.enrollmentId ?? data.registrationId ?? data.sessionId ?? $user,
    "crud": $event.crud,
    "edulevel": $event.edulevel,
    "contextlevel": $course ? 50 : 30,
    "contextinstanceid": $course ?? $user,
    "userid": data.adminId ?? $user,
    "courseid": $course ?? "0",
    "relateduserid": $user,
    "anonymous": 0,
    "other": type = "enrollment.created" ? {"enrol": data.source = "self" ? "self" : "manual"} : null,
    "timecreated": $floor($toMillis(occurredAt) / 1000),
    "host": webhook.metadata.host,
    "token": webhook.metadata.token ?? "",
    "extra": webhook.metadata.extra ?? ""
  }
)`,
};
