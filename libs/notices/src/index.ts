export * from './certificate-warning-days.js';
export * from './judge-mail.js';
export * from './mail.js';
export type { MailText } from './mail-text.js';
export * from './render-mail.js';
