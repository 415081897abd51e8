export {
  whereFailed,
  type Evaluation,
  type EvaluationError,
  type EvaluationErrorCode,
} from './evaluation.js';
export {
  filterDocument,
  templateDocument,
  type DocumentDelivery,
  type DocumentEvent,
  type DocumentWebhook,
} from './event-document.js';
export { ExpressionPool, type ExpressionOnEvent } from './expression-pool.js';
export { MAX_EXPRESSION_CHARACTERS } from './limits.js';
