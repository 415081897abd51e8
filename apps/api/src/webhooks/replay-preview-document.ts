import { ApiProperty } from '@nestjs/swagger';

/** The answer to `POST /v1/webhooks/{id}/replay/preview`. */
export class ReplayPreviewDocument {
  @ApiProperty({
    type: 'integer',
    description: 'How many events would be sent if the replay began now.',
  })
  total!: number;

  @ApiProperty({
    description:
      'False if the range has 100,000 events or more: `total` is then estimated from the first of them.',
  })
  exact!: boolean;
}

export const REPLAY_PREVIEW_EXAMPLE: ReplayPreviewDocument = { total: 1_204, exact: true };
