import type { ReadyTemplate } from './ready-template.js';

/** One flat object, as forms of CRMs and of tools such as Zapier and Make map it field by field. */
export const flatCrm: ReadyTemplate = {
  name: 'flat-crm',
  title: 'Flat object for a CRM',
  description:
    'One object without nesting, for CRMs and automation tools: who, which course, which result. What an event does not say is left out.',
  eventTypes: [
    'session.launched',
    'session.progress',
    'session.scored',
    'session.completed',
    'user.created',
    'enrollment.created',
    'enrollment.completed',
    'certificate.awarded',
    'competency.awarded',
  ],
  expression: `{
  "event_id": id,
  "event": type,
  "occurred_at": occurredAt,
  "learner_id": data.learnerId ?? data.userId,
  "external_id": data.learner.externalId,
  "email": data.learner.email,
  "first_name": data.learner.firstName,
  "last_name": data.learner.lastName,
  "course_id": data.course.id ?? data.courseId ?? data.packageId,
  "course_title": data.course.title,
  "course_code": data.course.code,
  "completion_status": data.completionStatus,
  "success_status": data.successStatus,
  "score_percent": data.scoreScaled.$round($ * 100, 2),
  "score_raw": data.scoreRaw,
  "progress_percent": data.progressMeasure.$round($ * 100, 2),
  "total_time": data.totalTime,
  "enrollment_id": data.enrollmentId,
  "certificate_id": data.certificateId,
  "competency_id": data.competencyId,
  "expires_at": data.expiryDate ?? data.certificate.expiryDate
}`,
};
