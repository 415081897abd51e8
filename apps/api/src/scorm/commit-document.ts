import { ApiProperty } from '@nestjs/swagger';

/** What SCORM players take as success. */
export class CommitDocument {
  @ApiProperty({ enum: [true] })
  result!: boolean;

  @ApiProperty({ type: 'integer', enum: [0] })
  errorCode!: number;
}

/** Also for a repeat and for a commit that came too late: there is nothing for the player to do about it. */
export const TAKEN: CommitDocument = { result: true, errorCode: 0 };
