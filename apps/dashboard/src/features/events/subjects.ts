/** The runtime's ids that an event may name, by their field names in its data. */
export const SUBJECTS = {
  learnerId: 'Learner',
  sessionId: 'Session',
  packageId: 'Package',
  dispatchId: 'Dispatch',
} as const;

export type SubjectName = keyof typeof SUBJECTS;
export const SUBJECT_NAMES = Object.keys(SUBJECTS) as SubjectName[];
