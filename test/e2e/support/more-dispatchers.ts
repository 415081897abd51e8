import { eventually, type JoinedSchoolbell } from '../../support/index.js';
import { startDispatcher } from './start-dispatcher.js';

/** On a machine that many share. */
const STARTS_WITHIN_MS = 60_000;

/**
 * Starts more dispatchers of an installation that others use too.
 *
 * @returns stops them
 */
export async function moreDispatchers(
  schoolbell: JoinedSchoolbell,
  count: number,
): Promise<() => Promise<void>> {
  const added = Array.from({ length: count }, () => startDispatcher(schoolbell));
  // Stopped before it is up, a dispatcher would die of the signal.
  const areUp = () => added.every(({ logs }) => logs.includes('dispatching'));
  const stop = async (): Promise<void> => {
    await Promise.all(added.map((dispatcher) => dispatcher.term()));
  };
  try {
    await eventually(areUp, { timeoutMs: STARTS_WITHIN_MS });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
