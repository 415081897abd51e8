/** The runtime's ids that an event may name, by their names in its data. */
export const SUBJECTS = {
  learnerId: 'Learner',
  sessionId: 'Session',
  packageId: 'Package',
  dispatchId: 'Dispatch',
} as const;

export type SubjectName = keyof typeof SUBJECTS;
export const SUBJECT_NAMES = Object.keys(SUBJECTS) as SubjectName[];

/** The id of this name in an event's data; undefined where there is none, or whoever asks does not see the data. */
export function idIn(data: Record<string, unknown> | null, name: SubjectName): string | undefined {
  const value = data?.[name] ?? (name === 'learnerId' ? data?.['userId'] : undefined);
  return typeof value === 'string' ? value : undefined;
}
