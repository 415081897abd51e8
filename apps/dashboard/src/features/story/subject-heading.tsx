import { SUBJECT_NAMES, SUBJECTS } from '../events/subjects.ts';
import { visible } from '../../ui/visible.ts';
import type { StorySubject } from './use-story.ts';

/** Whose story it is: "Learner ada.lovelace". */
export function titleOf(subject: StorySubject): string {
  const named = SUBJECT_NAMES.filter((name) => subject[name] !== undefined);
  return named.map((name) => `${SUBJECTS[name]} ${visible(subject[name]!)}`).join(', ') || 'Story';
}

export function SubjectHeading({ subject }: { subject: StorySubject }) {
  const named = SUBJECT_NAMES.filter((name) => subject[name] !== undefined);
  return (
    <span className="flex flex-wrap items-baseline gap-x-3">
      {named.map((name) => (
        <span key={name} className="wrap-anywhere">
          <span className="font-normal text-muted">{SUBJECTS[name]} </span>
          <bdi>{visible(subject[name]!)}</bdi>
        </span>
      ))}
    </span>
  );
}
