/** The choices for a first webhook; the form has all others. */
export const FIRST_CHOICES = [
  {
    value: 'completions',
    label: 'Completions',
    note: 'A learner completed a session: with success, score and time.',
    events: ['session.completed'],
  },
  {
    value: 'sessions',
    label: 'All that happens in sessions',
    note: 'Launched, progress, scored and completed.',
    events: ['session.launched', 'session.progress', 'session.scored', 'session.completed'],
  },
  {
    value: 'everything',
    label: 'Everything',
    note: 'Also enrollments, packages, certificates, users, and types that are added later.',
    events: ['*'],
  },
] as const;

export type FirstChoice = (typeof FIRST_CHOICES)[number]['value'];
