import { ApiProperty } from '@nestjs/swagger';

/** What a page needs to commit. */
export class LaunchDocument {
  @ApiProperty()
  launchId!: string;

  @ApiProperty({
    format: 'uri',
    description:
      'Where the player commits: `lmsCommitUrl` of scorm-again. Shown only once; whoever has it may commit.',
  })
  commitUrl!: string;

  @ApiProperty({
    format: 'date-time',
    description: 'When the token ends; each commit moves this to 24 hours later.',
  })
  expiresAt!: string;
}
