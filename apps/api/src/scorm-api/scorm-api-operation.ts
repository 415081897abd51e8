import { Operation, type OperationContract } from '../docs/operation.js';
import { SCORM_API_PROBLEM } from './error-object.js';

/** An {@link Operation} whose errors have the SCORM API's `error` in addition to the problem. */
export const ScormApiOperation = (contract: OperationContract): MethodDecorator =>
  Operation({ ...contract, problem: SCORM_API_PROBLEM });
