import type { ReadyTemplate } from './ready-template.js';

/**
 * Canvas Live Events over HTTPS, in Canvas' own JSON and unsigned: signed ones are made with Instructure's keys.
 * https://developerdocs.instructure.com/services/canvas/data-services/live-events
 */
export const canvasLiveEvents: ReadyTemplate = {
  name: 'canvas-live-events',
  title: 'Canvas Live Events',
  description:
    'Events in the JSON of Canvas Live Events, for receivers that take them unsigned: set authentication to none.',
  eventTypes: [
    'session.progress',
    'session.completed',
    'enrollment.created',
    'enrollment.completed',
    'user.created',
  ],
  expression: `(
  $user := data.learnerId ?? data.userId;
  $name := $join([data.learner.firstName, data.learner.lastName], " ");
  $course := data.course.id ?? data.courseId ?? data.packageId;
  $name := $name ? $name : $user;
  $event := $lookup({
    "session.progress": "course_progress",
    "session.completed": "course_completed",
    "enrollment.completed": "course_completed",
    "enrollment.created": "enrollment_created",
    "user.created": "user_created"
  }, type);
  $percent := data.progressMeasure.$floor($ * 100 + 1e-9);
  $courseBody := {
    "course": {"account_id": tenantId, "id": $course, "name": data.course.title ?? $course, "sis_source_id": data.course.code},
    "progress": $event = "course_completed"
      ? {"completed_at": data.completedAt ?? occurredAt, "requirement_completed_count": 100, "requirement_count": 100}
      : {"requirement_completed_count": $percent ?? 0, "requirement_count": 100},
    "user": {"email": data.learner.email, "id": $user, "name": $name}
  };
  {
    "metadata": {
      "event_name": $event,
      "event_time": occurredAt,
      "producer": "canvas",
      "request_id": id,
      "root_account_uuid": tenantId,
      "context_type": $course ? "Course" : "Account",
      "context_id": $course ?? tenantId,
      "user_id": $user
    },
    "body": $event = "enrollment_created" ? {
      "enrollment_id": data.enrollmentId, "course_id": $course, "user_id": $user, "user_name": $name,
      "type": "StudentEnrollment", "workflow_state": "active", "created_at": occurredAt, "updated_at": occurredAt
    } : $event = "user_created" ? {
      "user_id": $user, "name": $name, "short_name": $name, "user_login": data.learner.email,
      "user_sis_id": data.learner.externalId, "workflow_state": "registered",
      "created_at": occurredAt, "updated_at": occurredAt
    } : $courseBody
  }
)`,
};
