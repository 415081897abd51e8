import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { MayBeLeftOut } from '../fields/optional.js';

/** No launch is older than 2000, and Postgres reads no years of five digits. */
const MONTH = /^2\d{3}-(?:0[1-9]|1[0-2])$/;

/** The query of `GET /v1/usage`. */
export class UsageQuery {
  @MayBeLeftOut()
  @ApiProperty({
    pattern: MONTH.source,
    description: 'In UTC. Default: the current month.',
    example: '2026-11',
  })
  @Matches(MONTH, { message: 'must be a month such as 2026-11' })
  month?: string;
}

/** The month of a moment, in UTC: `2026-11`. */
export function monthOf(moment: Date): string {
  return moment.toISOString().slice(0, 'yyyy-mm'.length);
}
