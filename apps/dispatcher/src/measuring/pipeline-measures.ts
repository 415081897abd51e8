import { Distribution, ROWS, STATEMENT_SECONDS, Tally } from '@schoolbell/metrics';
import type { PipelineName } from './attempt-counts.js';

/** Claims give back tests beside what fits: rarely more than a thousand in all. */
const CLAIM_ROWS = [...ROWS, 1_000];

/** How the statements of one pipeline go. */
export class PipelineMeasures {
  readonly claimSeconds: Distribution;
  readonly claimRows: Distribution;
  readonly recordSeconds: Distribution;
  readonly recordRows: Distribution;
  /** Statements that failed. */
  readonly failures = new Tally(['pipeline', 'statement']);

  constructor(readonly pipeline: PipelineName) {
    const labels = { pipeline };
    this.claimSeconds = new Distribution(STATEMENT_SECONDS, labels);
    this.claimRows = new Distribution(CLAIM_ROWS, labels);
    this.recordSeconds = new Distribution(STATEMENT_SECONDS, labels);
    this.recordRows = new Distribution(ROWS, labels);
    for (const statement of ['claim', 'record']) this.failures.add([pipeline, statement], 0);
  }

  claimed(rows: number, tookMs: number): void {
    this.claimSeconds.observe(tookMs / 1000);
    this.claimRows.observe(rows);
  }

  recorded(rows: number, tookMs: number): void {
    this.recordSeconds.observe(tookMs / 1000);
    this.recordRows.observe(rows);
  }

  failed(statement: 'claim' | 'record'): void {
    this.failures.add([this.pipeline, statement]);
  }
}
