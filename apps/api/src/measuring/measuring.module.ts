import { Global, Module } from '@nestjs/common';
import { AcceptanceSpans } from './acceptance-spans.js';
import { IntakeCounts } from './intake-counts.js';
import { ResponseCounts } from './response-counts.js';

/** What this process counts and tells, for metrics and traces. */
@Global()
@Module({
  providers: [
    AcceptanceSpans,
    { provide: IntakeCounts, useFactory: () => new IntakeCounts() },
    { provide: ResponseCounts, useFactory: () => new ResponseCounts() },
  ],
  exports: [AcceptanceSpans, IntakeCounts, ResponseCounts],
})
export class MeasuringModule {}
