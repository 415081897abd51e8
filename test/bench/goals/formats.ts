import { FORMATS, READY_TEMPLATES, type WireFormat } from '@schoolbell/formats';
import { draining } from '../scenarios/draining.js';
import type { MeasuredGoal } from './measured-goal.js';

const CREDENTIALS = { type: 'basic', username: 'bench', password: 'bench-password' };
const { expression: template } = READY_TEMPLATES.find(({ name }) => name === 'flat-crm')!;

/** One and a half times the goal of the default format. */
const MOST_CPU = 525;
/** Templates are evaluated in a separate process. */
const MOST_CPU_WITH_TEMPLATE = 1_000;

/** The cost of each format, to compare with the default's in row `cpu`, and what batches save. */
export const FORMAT_GOALS: readonly MeasuredGoal[] = [
  ...FORMATS.slice(1).map(cpuOf),
  {
    id: 'batches-sent',
    what: 'draining a backlog in batches of 100 (cloudevents)',
    baseline: 'one event a request',
    atLeast: 3,
    unit: ' ×',
    measure: async (run) => {
      const rate = (name: string, delivery: object): Promise<number> =>
        run.once(`draining cloudevents, ${name}, deliveries/s`, () =>
          draining(run.harness, run.amounts.backlog, {
            settings: { format: 'cloudevents', delivery },
          }),
        );
      const batches = { mode: 'batch', maxEvents: 100, intervalSeconds: 1 };
      return (
        (await rate('batches of 100', batches)) / (await rate('one a request', { mode: 'single' }))
      );
    },
  },
];

function cpuOf(format: WireFormat): MeasuredGoal {
  return {
    id: `cpu-${format.name}`,
    what: `CPU per delivery of the format ${format.name}`,
    baseline: 'at full load',
    atMost: format.templated ? MOST_CPU_WITH_TEMPLATE : MOST_CPU,
    unit: ' µs',
    measure: async (run) => {
      const options = { settings: settingsFor(format) };
      const full = await run.throughput(`format ${format.name}`, options, run.amounts.format);
      return full.cpuOfProduct;
    },
  };
}

function settingsFor({ name, authentications, templated }: WireFormat): Record<string, unknown> {
  return {
    format: name,
    ...(!authentications.includes('signature') && { authentication: CREDENTIALS }),
    ...(templated && { template }),
  };
}
