/**
 * What all chat templates say of an event, as JSONata: `$headline`, a string, and `$facts`, an array of
 * `{name, value}` with strings of at most 500 characters. Ten facts at most: Slack takes no more.
 */
export const CHAT_MESSAGE = `
  $headline := $lookup({
    "session.launched": "Session launched",
    "session.progress": "Progress made",
    "session.scored": "Score recorded",
    "session.completed": "Course completed",
    "package.updated": "Package updated",
    "package.processing.completed": "Package ready",
    "package.processing.failed": "Package refused",
    "usage.threshold": "Usage threshold reached",
    "user.created": "User created",
    "enrollment.created": "Learner enrolled",
    "enrollment.completed": "Enrollment completed",
    "certificate.awarded": "Certificate awarded",
    "competency.awarded": "Competency awarded",
    "webhook.paused": "Webhook paused",
    "delivery.dead": "Delivery dead-lettered"
  }, type) ?? type;
  $name := $join([data.learner.firstName, data.learner.lastName], " ");
  $facts := [$map([
    {"name": "Learner", "value": $name ? $name : data.learnerId ?? data.userId},
    {"name": "Course", "value": data.course.title ?? data.title ?? data.courseId ?? data.packageId},
    {"name": "Status", "value": data.completionStatus},
    {"name": "Result", "value": data.successStatus},
    {"name": "Progress", "value": data.progressMeasure.($round($ * 100) & " %")},
    {"name": "Score", "value": data.scoreScaled.($round($ * 100) & " %") ?? data.scoreRaw},
    {"name": "Version", "value": data.version},
    {"name": "Usage", "value": data.limit ? data.launches & " of " & data.limit & " launches"},
    {"name": "Webhook", "value": data.webhookId},
    {"name": "Reason", "value": data.error ?? data.lastError ?? data.reason}
  ], function($fact) {
    $exists($fact.value) ? {"name": $fact.name, "value": $substring($string($fact.value), 0, 500)}
  })];
`;
