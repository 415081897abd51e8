import { Operation, type OperationContract } from '../docs/operation.js';
import { SCORM_API_PROBLEM } from './error-object.js';

/** An {@link Operation} whose errors have the `error` of the SCORM API beside the problem. */
export const ScormApiOperation = (contract: OperationContract): MethodDecorator =>
  Operation({ ...contract, problem: SCORM_API_PROBLEM });
