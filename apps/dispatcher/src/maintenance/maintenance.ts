import type { Routine } from '../routines/routine.js';

/** All routines of a dispatcher, started and stopped together. */
export class Maintenance {
  constructor(private readonly routines: readonly Routine[]) {}

  start(): void {
    for (const routine of this.routines) routine.start();
  }

  stop(): void {
    for (const routine of this.routines) routine.stop();
  }
}
