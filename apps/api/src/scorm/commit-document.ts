import { ApiProperty } from '@nestjs/swagger';

/** The success that SCORM players expect. */
export class CommitDocument {
  @ApiProperty({ enum: [true] })
  result!: boolean;

  @ApiProperty({ type: 'integer', enum: [0] })
  errorCode!: number;
}

/** Also for a repeat, and for a commit that came too late: the player can do nothing about it. */
export const TAKEN: CommitDocument = { result: true, errorCode: 0 };
