// `npm run bench -- --simulate`: how far the product would get on machines that nobody here has.
import { limitOf, type Limit } from './limits.ts';

const MB = 1e6;
/** A volume of a cloud, and a local NVMe disk. */
const DISKS = [200 * MB, 1_000 * MB];
/** One of each; what `npm start` runs by itself; and as many as keep the cores busy. */
const COUNTS = (cores: number): number[] => [
  ...new Set([1, Math.min(4, Math.floor(cores / 4)), Math.ceil((cores * 3) / 8)]),
];

const HEADINGS = [
  'cores',
  'APIs + dispatchers',
  'disk MB/s',
  'events/s',
  'WAL MB/s',
  'full',
  'next',
];

function cellsOf({ installation, perSecond, fullest, bytesPerSecond }: Limit): string[] {
  const { cores, apis, dispatchers, diskBytesPerSecond } = installation;
  const [first, second] = fullest.map(([name, share]) => `${name} ${(share * 100).toFixed(0)} %`);
  return [
    String(cores),
    `${apis} + ${dispatchers}`,
    String(diskBytesPerSecond / MB),
    String(Math.round(perSecond / 100) * 100),
    (bytesPerSecond / MB).toFixed(0),
    first!,
    second!,
  ];
}

const limits = [8, 32, 128].flatMap((cores) =>
  DISKS.flatMap((diskBytesPerSecond) =>
    COUNTS(cores).map((count) =>
      limitOf({
        cores,
        apis: count,
        dispatchers: count,
        diskBytesPerSecond,
        withHarness: false,
      }),
    ),
  ),
);
const rows = [HEADINGS, HEADINGS.map(() => '---'), ...limits.map(cellsOf)];
process.stdout.write(rows.map((row) => `| ${row.join(' | ')} |\n`).join(''));
