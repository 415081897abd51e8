import { Logger } from '@nestjs/common';
import { renderMail, type Mail, type MailText } from '@schoolbell/notices';
import { toTypeId } from '@schoolbell/ids';

const logger = new Logger('Mails');

/** The content of a mail; nulls when the stored one is damaged or of a newer version, which the log then says. */
export function writtenMail(
  mail: Mail,
  publicUrl: string | undefined,
): MailText | { subject: null; text: null } {
  try {
    return renderMail(mail, publicUrl);
  } catch {
    logger.error(`What is stored about ${toTypeId('mail', mail.id)} is damaged.`);
    return { subject: null, text: null };
  }
}
