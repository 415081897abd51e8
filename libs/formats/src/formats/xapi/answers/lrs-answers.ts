import type { AnswerReading, AnswerRules, Comparison } from '../../../contract/answer-rules.js';
import type { Statement } from '../statement/statement.js';
import { isSameStatement } from './is-same-statement.js';

/** What a Learning Record Store means by its answers, and how a conflict is looked into. */
export const lrsAnswers: AnswerRules = {
  read: readLrsAnswer,
  questions: ({ url, body }) =>
    [JSON.parse(body) as Statement | Statement[]].flat().map((sent) => ({
      url: withStatementId(url, sent.id),
      read: ({ status, body: found }) => readStoredStatement(status, found, sent),
    })),
};

/** @param memberCount events in the request */
export function readLrsAnswer(status: number, memberCount: number): AnswerReading {
  const isBatch = memberCount > 1;
  switch (status) {
    case 200:
    case 204:
      return 'delivered';
    case 409:
      return isBatch ? 'split' : 'compare';
    case 400:
    case 413:
      return isBatch ? 'split' : 'dead';
    // Not about a statement, so that halves of a batch would fare no better.
    case 412:
    case 415:
      return 'dead';
    default:
      return 'as_any';
  }
}

/** What the answer to `GET ?statementId=` says of a statement that met a conflict. */
function readStoredStatement(status: number, found: string, sent: Statement): Comparison {
  if (status === 200) return isSameStatement(parsed(found), sent) ? 'delivered' : 'dead';
  return isPassing(status) ? 'failed' : 'dead';
}

/** Not there yet, or nothing known for now. */
const isPassing = (status: number) =>
  status === 404 || status === 408 || status === 429 || status >= 500;

function withStatementId(url: string, id: string): string {
  const question = new URL(url);
  question.searchParams.set('statementId', id);
  return question.href;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
