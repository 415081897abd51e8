import type { SoakReport } from './soak-report.js';

/** The p99 of a minute may be this many times that of the first. */
const SLOWER = 2;
/** Memory of the last third may be this many times that of the third before it. */
const LARGER = 1.3;
/** Only deliveries that wait for slow receivers need index entries; all other space in the indexes is waste. */
const MOST_INDEX_BYTES_PER_WAITING = 700;
const SMALL_INDEXES_MIB = 24;

/** The promises of a soak that were not kept. */
export function faultsOf(report: Omit<SoakReport, 'faults'>): string[] {
  return [...lostOrTwice(report), ...disordered(report), ...grown(report)];
}

function lostOrTwice({ accepted, refused, states, reception }: Omit<SoakReport, 'faults'>) {
  const faults: string[] = [];
  const counted = Object.values(states).flatMap((state) => Object.values(state));
  const deliveries = counted.reduce((total, count) => total + count, 0);
  if (deliveries !== accepted) faults.push(`${accepted} events became ${deliveries} deliveries`);
  if (Object.keys(refused).length > 0) faults.push(`refused: ${JSON.stringify(refused)}`);
  for (const [path, state] of Object.entries(states)) {
    const { events = 0, repeats = 0 } = reception[path] ?? {};
    const delivered = state['delivered'] ?? 0;
    if (events !== delivered) faults.push(`${path} took ${events}, the log says ${delivered}`);
    if (repeats > 0) faults.push(`${path} got ${repeats} events twice`);
  }
  return faults;
}

function disordered({ reception }: Omit<SoakReport, 'faults'>): string[] {
  const { outOfOrder = 0 } = reception['/ordered'] ?? {};
  return outOfOrder > 0 ? [`/ordered got ${outOfOrder} events behind later ones`] : [];
}

function grown({ minutes }: Omit<SoakReport, 'faults'>): string[] {
  const faults: string[] = [];
  const [first, last] = [minutes[0]!, minutes.at(-1)!];
  if (last.p99 > SLOWER * first.p99) faults.push(`p99 rose from ${first.p99} to ${last.p99} ms`);
  const third = Math.floor(minutes.length / 3);
  if (third === 0) return faults;
  for (const what of ['apiMiB', 'dispatcherMiB'] as const) {
    const most = (some: typeof minutes): number => Math.max(...some.map((minute) => minute[what]));
    const [before, end] = [most(minutes.slice(-2 * third, -third)), most(minutes.slice(-third))];
    if (end > LARGER * before) faults.push(`${what} grew from ${before} to ${end}`);
  }
  const perWaiting = (last.dueIndexesMiB * 2 ** 20) / last.waiting;
  if (last.dueIndexesMiB > SMALL_INDEXES_MIB && perWaiting > MOST_INDEX_BYTES_PER_WAITING) {
    faults.push(`indexes have ${last.dueIndexesMiB} MiB for ${last.waiting} that wait`);
  }
  return faults;
}
