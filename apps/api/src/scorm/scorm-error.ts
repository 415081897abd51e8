import { ApiProperty } from '@nestjs/swagger';
import { ProblemDocument } from '../docs/problem-document.js';
import type { ProblemShape } from '../docs/problem-responses.js';
import type { ApiError } from '../http/api-error.js';

const PATHS = '/v1/scorm/commits';

/** SCORM 2004 GENERAL_COMMIT_FAILURE. @see IEEE 1484.11.2; scorm-again 3.4.3 takes it as a failed commit */
const GENERAL_COMMIT_FAILURE = 391;

/** The part of a refusal that SCORM players read. */
interface ScormError {
  result: 'false';
  errorCode: number;
  errorMessage: string;
}

/** A problem, with the fields that SCORM players look for. */
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

/** The errors of commits in OpenAPI. */
export const SCORM_PROBLEM: ProblemShape = { type: ScormProblemDocument, beside: scormError };

/** Additional fields of an error on the paths of commits. */
export function scormErrorOfCommits(error: ApiError, url: string): object {
  return url.startsWith(PATHS) ? scormError(error) : {};
}
