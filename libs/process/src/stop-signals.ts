/** Ctrl-C reaches a whole process group, and npm, shells and supervisors pass it on: that is one wish. */
const SAME_WISH_MS = 1000;

export interface StopListener {
  /** Called once, by the first signal. */
  stop: (signal: NodeJS.Signals) => void;
  /** Called by a signal that comes more than a second after the first. Without it, such a signal changes nothing. */
  stopNow?: () => void;
}

interface StopSignalSource {
  on(signal: 'SIGTERM' | 'SIGINT', listener: (signal: NodeJS.Signals) => void): unknown;
}

/**
 * Listens for SIGTERM and SIGINT.
 *
 * @param now a clock that nobody sets, in milliseconds
 */
export function onStopSignal(
  { stop, stopNow }: StopListener,
  source: StopSignalSource = process,
  now: () => number = () => performance.now(),
): void {
  let stoppingSince: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stoppingSince === undefined) {
      stoppingSince = now();
      stop(signal);
    } else if (now() - stoppingSince > SAME_WISH_MS) {
      stopNow?.();
    }
  };
  source.on('SIGTERM', onSignal);
  source.on('SIGINT', onSignal);
}
