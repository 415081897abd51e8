/** What somebody reads. */
export interface MailText {
  /** One line. */
  subject: string;
  /** Plain text. */
  text: string;
}

/** Text that people wrote can have any characters; none may break the layout or a header. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
}

/** @throws where a mail is about a tenant and has none */
export function tenantNameOf({ tenantName }: { tenantName: string | null }): string {
  if (tenantName === null) throw new Error('This e-mail is about a tenant, and has none.');
  return oneLine(tenantName);
}

/** `2026-11-22 14:40:03 UTC` */
export function momentText(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const LONGEST_NAME = 80;

/** A name for a subject, of at most 80 characters. */
export function shortened(text: string): string {
  const characters = [...text];
  if (characters.length <= LONGEST_NAME) return text;
  return `${characters.slice(0, LONGEST_NAME - 1).join('')}…`;
}
