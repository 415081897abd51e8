import { styleText } from 'node:util';

type Colour = Parameters<typeof styleText>[0];

const COLOURS: Record<string, Colour> = {
  posted: 'cyan',
  delivered: 'green',
  failed: 'red',
  refused: 'red',
  retried: 'yellow',
  slow: 'yellow',
};

/** Tells the demo line by line, each with the seconds since the clock was started. */
export class Narrator {
  private startedAt = performance.now();

  constructor(private readonly out: NodeJS.WritableStream) {}

  /** Starts the clock, after setting up, which takes longer on a busy machine. */
  startClock(): void {
    this.startedAt = performance.now();
  }

  /** Milliseconds since the demo began. */
  elapsedMs(): number {
    return performance.now() - this.startedAt;
  }

  tell(what: string, text: string): void {
    const seconds = (this.elapsedMs() / 1000).toFixed(1).padStart(5);
    const label = styleText(COLOURS[what] ?? 'bold', what.padEnd(10));
    this.say(`${seconds} s  ${label} ${text}`);
  }

  say(line = ''): void {
    this.out.write(`${line}\n`);
  }
}
