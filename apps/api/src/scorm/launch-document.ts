import { ApiProperty } from '@nestjs/swagger';

/** What a page needs to commit. */
export class LaunchDocument {
  @ApiProperty()
  launchId!: string;

  @ApiProperty({
    format: 'uri',
    description:
      'Where the player commits: `lmsCommitUrl` of scorm-again. Shown this once; whoever has it may commit.',
  })
  commitUrl!: string;

  @ApiProperty({
    format: 'date-time',
    description: 'When it ends unless something is committed; each commit gives it 24 hours.',
  })
  expiresAt!: string;
}
