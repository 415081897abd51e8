export { createMailer, type MailerOptions } from './smtp-mailer.js';
