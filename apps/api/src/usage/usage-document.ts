import { ApiProperty } from '@nestjs/swagger';
import type { Usage } from '@schoolbell/persistence';

/** The answer to `GET /v1/usage`. */
export class UsageDocument {
  @ApiProperty({ description: 'In UTC, by `acceptedAt` of the events.' })
  month!: string;

  @ApiProperty({
    type: 'integer',
    description: 'Accepted events `session.launched`: resumed sessions count, duplicates do not.',
  })
  launches!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description:
      'Launches per month in the present plan, `monthlyLaunchLimit` of the tenant; null for no limit.',
  })
  limit!: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description:
      'Launches in percent of the limit, rounded down; null without a limit, and for a limit of 0.',
  })
  percent!: number | null;

  @ApiProperty({
    type: 'integer',
    description:
      'Deliveries that were created in the month, one for each webhook that wanted an event. Replays and events that Schoolbell emits itself count; tests do not.',
  })
  deliveries!: number;

  @ApiProperty({
    type: 'integer',
    description:
      'Events of every type that were accepted in the month. Duplicates, tests, and events that Schoolbell emits itself do not count.',
  })
  events!: number;
}

export const USAGE_EXAMPLE: UsageDocument = presentUsage('2026-11', {
  launches: 8_250,
  limit: 10_000,
  deliveries: 61_870,
  events: 52_340,
});

export function presentUsage(month: string, usage: Usage): UsageDocument {
  const { launches, limit, deliveries, events } = usage;
  const percent = limit ? Math.floor((launches * 100) / limit) : null;
  return { month, launches, limit, percent, deliveries, events };
}
