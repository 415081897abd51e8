import { Section } from '../../ui/card.tsx';

const UNDERSTOOD: readonly [string, string][] = [
  [
    'Learner, session, package, dispatch',
    'the runtime’s own id, in full and with the same capitals',
  ],
  ['evt_…', 'an event'],
  ['dlv_… · att_…', 'a delivery, one of its attempts'],
  ['wh_… · bat_… · op_…', 'a webhook, a batch, an operation'],
  [
    'A curl, URL, JSON, a line of a log',
    'every id in it is looked up; keys and tokens are left out',
  ],
];

/** Which ids the box understands. */
export function UnderstoodIds() {
  return (
    <Section title="What the box understands" note="Press / on any page, and paste what you have.">
      <dl className="grid grid-cols-1 gap-x-6 gap-y-0.5 sm:gap-y-1.5 sm:grid-cols-[max-content_1fr]">
        {UNDERSTOOD.map(([form, meaning]) => (
          <div key={form} className="contents">
            <dt className="font-medium">{form}</dt>
            <dd className="mb-2 text-muted sm:mb-0">{meaning}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
