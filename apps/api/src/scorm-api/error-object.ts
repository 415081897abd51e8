import { ApiProperty } from '@nestjs/swagger';
import type { ProblemShape } from '../docs/problem-responses.js';
import { ProblemDocument } from '../docs/problem-document.js';
import type { ApiError } from '../http/api-error.js';

const PATHS = '/api/';

class ErrorObject {
  @ApiProperty({ description: 'As the `code` beside it.', example: 'not_found' })
  code!: string;

  @ApiProperty({ description: 'As the `detail` beside it.', example: 'There is no such webhook.' })
  message!: string;
}

/** A problem, with the `error` that callers of the SCORM API may look for. */
class ScormApiProblemDocument extends ProblemDocument {
  @ApiProperty({ type: ErrorObject })
  error!: ErrorObject;
}

function errorObject({ code, message }: ApiError): { error: ErrorObject } {
  return { error: { code, message } };
}

/** How OpenAPI shows the errors of these paths. */
export const SCORM_API_PROBLEM: ProblemShape = {
  type: ScormApiProblemDocument,
  beside: errorObject,
};

/** Additional fields of an error on the paths of the SCORM API, known or not. */
export function errorObjectOfScormApi(error: ApiError, url: string): object {
  return url.startsWith(PATHS) ? errorObject(error) : {};
}
