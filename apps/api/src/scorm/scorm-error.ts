import { ApiProperty } from '@nestjs/swagger';
import { ProblemDocument } from '../docs/problem-document.js';
import type { ProblemShape } from '../docs/problem-responses.js';
import type { ApiError } from '../http/api-error.js';

const PATHS = '/v1/scorm/commits';

/** SCORM 2004 GENERAL_COMMIT_FAILURE. @see IEEE 1484.11.2, and what scorm-again 3.4.3 takes as a failed commit */
const GENERAL_COMMIT_FAILURE = 391;

/** What a SCORM player reads in the answer to a commit that was refused. */
interface ScormError {
  result: 'false';
  errorCode: number;
  errorMessage: string;
}

/** A problem, with what SCORM players look for. */
class ScormProblemDocument extends ProblemDocument {
  @ApiProperty({ enum: ['false'], description: 'The commit did not succeed.', example: 'false' })
  result!: string;

  @ApiProperty({ type: 'integer', description: 'Always 391: commit failure.', example: 391 })
  errorCode!: number;

  @ApiProperty({ description: 'As the `detail` beside it.', example: 'There is no such launch.' })
  errorMessage!: string;
}

function scormError({ message }: ApiError): ScormError {
  return { result: 'false', errorCode: GENERAL_COMMIT_FAILURE, errorMessage: message };
}

/** How OpenAPI shows the errors of commits. */
export const SCORM_PROBLEM: ProblemShape = { type: ScormProblemDocument, beside: scormError };

/** What an error says besides the problem, where a commit was refused. */
export function scormErrorOfCommits(error: ApiError, url: string): object {
  return url.startsWith(PATHS) ? scormError(error) : {};
}
