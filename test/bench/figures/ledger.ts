/** What became of the deliveries of a measurement, by the product and by the receivers. */
export interface Ledger {
  /** Deliveries that were promised: events answered with 202, times the webhooks that want each. */
  posted: number;
  delivered: number;
  waiting: number;
  failed: number;
  /** Different deliveries that the receivers saw, and those that they saw again. */
  received: number;
  duplicates: number;
  /** Requests that were not accepted, by status. */
  refused: Record<string, number>;
}

/** A measurement whose books do not balance says nothing. */
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
  // What is on its way was received and may not be written down yet.
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
