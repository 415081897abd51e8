import type { MailResult } from '@schoolbell/notices';

/** What nodemailer says of a failure; see its `NodemailerError`. */
interface SmtpError {
  message?: string;
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  permanent?: boolean;
}

const LONGEST_RESPONSE = 300;

/** The commands whose answer is about this mail; the answers to others are about our own setup. */
const ABOUT_THE_MAIL = ['RCPT TO', 'DATA'];

const IN_WORDS: Record<string, string> = {
  EAUTH: 'The mail server did not accept the login.',
  ETLS: 'No secure connection to the mail server could be made.',
  ETIMEDOUT: 'The mail server did not answer in time.',
  EABORT: 'The mail server did not answer in time.',
};

/**
 * What a failure means. The tenant may read only what the server said about this mail and recipient; about the server
 * itself it learns no more than the kind of failure.
 */
export function failureOf(error: unknown): Exclude<MailResult, { kind: 'accepted' }> {
  const {
    code = '',
    command = '',
    response,
    responseCode,
    permanent,
    message,
  } = error as SmtpError;
  // Nothing else, because other fields, and messages after the connection was made, repeat addresses.
  const detail = { code, command, responseCode, ...(command === 'CONN' && { reason: message }) };
  if (response !== undefined && ABOUT_THE_MAIL.includes(command)) {
    const said = `The mail server answered: ${legible(response)}`;
    return permanent ? { kind: 'refused', error: said } : { kind: 'failed', error: said, detail };
  }
  const inWords = IN_WORDS[code] ?? 'The mail server could not be reached, or refused to work.';
  return { kind: 'failed', error: inWords, detail };
}

function legible(response: string): string {
  return response.replaceAll(/\p{Cc}+/gu, ' ').slice(0, LONGEST_RESPONSE);
}
