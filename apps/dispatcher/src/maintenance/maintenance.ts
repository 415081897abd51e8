/** Something that is done again and again, from start to stop. */
export interface Routine {
  start(): void;
  /** No further round begins; what a round had begun ends by itself. */
  stop(): void | Promise<void>;
}

/** All routines of a dispatcher, started and stopped together. */
export class Maintenance implements Routine {
  constructor(private readonly routines: readonly Routine[]) {}

  start(): void {
    for (const routine of this.routines) routine.start();
  }

  stop(): void {
    for (const routine of this.routines) void routine.stop();
  }
}
