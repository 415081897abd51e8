import type { Socket } from 'node:net';
import { uuidV7 } from '@schoolbell/ids';
import { ApiError } from './api-error.js';
import type { ErrorCode } from './error-codes.js';
import { PROBLEM_CONTENT_TYPE, toProblem } from './problem.js';

const CODES: Record<string, ErrorCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

/** Answers input that is not HTTP, or came too slowly: there is no request yet, only a socket. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = new ApiError(CODES[error.code ?? ''] ?? 'malformed_request');
  const body = JSON.stringify(toProblem(refusal, `req_${uuidV7()}`));
  socket.end(
    [
      `HTTP/1.1 ${refusal.status} Refused`,
      `Content-Type: ${PROBLEM_CONTENT_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
