import type { EventTypeDocument } from '@schoolbell/api-client';
import type { Format } from './webhook-formats.ts';

export interface EventGroup {
  title: string;
  types: EventTypeDocument[];
}

const TITLES: Record<string, string> = {
  session: 'Sessions of learners',
  enrollment: 'Enrollments',
  certificate: 'Certificates and competencies',
  competency: 'Certificates and competencies',
  user: 'Users',
  package: 'Packages',
  webhook: 'Schoolbell itself',
  delivery: 'Schoolbell itself',
  usage: 'Schoolbell itself',
};
const OWN = 'Your own event types';
const ORDER = [...new Set(Object.values(TITLES)), OWN];

/** Event types in the order in which people look for them: learners' actions first, the tenant's own types last. */
export function groupsOf(types: readonly EventTypeDocument[]): EventGroup[] {
  const byTitle = Map.groupBy(types, ({ type, owner }) =>
    owner === 'catalogue' ? (TITLES[type.split('.')[0]!] ?? 'Others') : OWN,
  );
  const place = (title: string) => (ORDER.indexOf(title) + ORDER.length) % ORDER.length;
  return Array.from(byTitle, ([title, its]) => ({ title, types: its })).toSorted(
    (one, other) => place(one.title) - place(other.title),
  );
}

/** Whether a format can carry events of a type. A template can carry any. */
export function isCarried(format: Format, { examples }: EventTypeDocument): boolean {
  return format === 'custom' || examples.some((example) => example.format === format);
}
