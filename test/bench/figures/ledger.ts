/** The deliveries of a measurement, as the product and the receivers counted them. */
export interface Ledger {
  /** Deliveries that were promised: events answered with 202, times the webhooks that want each. */
  posted: number;
  delivered: number;
  waiting: number;
  failed: number;
  /** Different deliveries that the receivers saw, and repeated ones. */
  received: number;
  duplicates: number;
  /** Requests that were not accepted, by status. */
  refused: Record<string, number>;
}

/** Thrown when the books of a measurement do not balance, so that it says nothing. */
export class VoidRunError extends Error {
  readonly code = 'void_run';
}

/** @throws VoidRunError that names what does not add up */
export function assertBalanced(ledger: Ledger): void {
  const faults: string[] = [];
  const { posted, delivered, waiting, failed, received, duplicates } = ledger;
  if (posted !== delivered + waiting + failed) {
    faults.push('posted is not delivered + waiting + failed');
  }
  // A delivery under way may have been received without being recorded yet.
  if (received < delivered || received > delivered + waiting + failed) {
    faults.push('the receivers saw another number than was delivered');
  }
  if (duplicates > 0) faults.push('the receivers saw deliveries twice');
  if (failed > 0) faults.push('some deliveries failed');
  if (Object.keys(ledger.refused).length > 0) faults.push('some events were not accepted');
  if (faults.length > 0) {
    throw new VoidRunError(`Void: ${faults.join('; ')}. ${JSON.stringify(ledger)}`);
  }
}
