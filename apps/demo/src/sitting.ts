import type { Course, Learner } from './curriculum.js';

/** One learner at one course: the events that the SCORM runtime reports, in order. */
export interface Sitting {
  number: number;
  learner: Learner;
  course: Course;
  attempt: number;
  /** Points at the end, of 100. */
  points: number;
  /** The learner leaves in the middle, and nothing more is heard of the session. */
  abandoned: boolean;
}

/** An event with the words by which the demo tells it. */
export interface StoryEvent {
  type: string;
  data: Record<string, unknown>;
  says: string;
}

/** The events of a sitting; a learner who fails has no completion, and one who leaves has still fewer events. */
export function eventsOf(sitting: Sitting): StoryEvent[] {
  const { learner, course, points } = sitting;
  const who = `${learner.firstName} ${learner.lastName}`;
  const passed = points >= course.passingScore;
  const again = sitting.attempt > 1 ? ' again' : '';
  const events = [
    tell(sitting, 'session.launched', `${who} opens “${course.title}”${again}`, {}),
    ...[0.4, 0.8].map((share) =>
      tell(sitting, 'session.progress', `${who} is ${share * 100} % through`, {
        ...status(course, 'incomplete'),
        progressMeasure: share,
        totalTime: time(course, share),
      }),
    ),
    tell(sitting, 'session.scored', `${who} scores ${points} of 100`, {
      ...score(points),
      successStatus: passed ? 'passed' : 'failed',
    }),
  ];
  if (sitting.abandoned) return events.slice(0, 2);
  if (!passed) return events;
  const completed = tell(sitting, 'session.completed', `${who} passes “${course.title}”`, {
    ...status(course, 'passed'),
    ...score(points),
    totalTime: time(course, 1),
    certificate: { issued: true },
  });
  return [...events, completed];
}

function tell(
  { number, learner, course, attempt }: Sitting,
  type: string,
  says: string,
  data: Record<string, unknown>,
): StoryEvent {
  const { id, ...person } = learner;
  const common = {
    sessionId: `sess_${course.id}_${number}`,
    packageId: course.packageId,
    dispatchId: course.dispatchId,
    learnerId: id,
    attempt,
    learner: person,
    course: { id: course.id, title: course.title },
  };
  return { type, says, data: { ...common, ...data } };
}

function status({ scormVersion }: Course, reached: 'incomplete' | 'passed') {
  if (scormVersion === '1.2') return { lessonStatus: reached };
  return reached === 'passed'
    ? { completionStatus: 'completed', successStatus: 'passed' }
    : { completionStatus: 'incomplete', successStatus: 'unknown' };
}

function score(points: number) {
  return { scoreScaled: points / 100, scoreRaw: points, scoreMin: 0, scoreMax: 100 };
}

function time({ scormVersion, minutes }: Course, share: number): string {
  const spent = Math.round(minutes * share);
  return scormVersion === '1.2' ? `0000:${String(spent).padStart(2, '0')}:00.00` : `PT${spent}M`;
}
