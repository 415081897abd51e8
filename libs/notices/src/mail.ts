import type { PauseReason } from '@schoolbell/delivery';

/** What an e-mail can be about. */
export const MAIL_KINDS = [
  'webhook.paused',
  'usage.threshold',
  'webhook.certificate_expiring',
  'session.ended',
  'user.invited',
  'password.reset',
  'password.changed',
  'second_factor.changed',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** Mails with a link that works once; see {@link LinkFacts}. */
export const LINK_MAIL_KINDS: readonly MailKind[] = ['user.invited', 'password.reset'];

/** Mails to a user about the account: who may not see users sees none of these. */
export const ACCOUNT_MAIL_KINDS: readonly MailKind[] = [
  'user.invited',
  'password.reset',
  'password.changed',
  'second_factor.changed',
  'session.ended',
];

/** `failed`: nobody took it, and it is not tried again. */
export const MAIL_STATUSES = ['waiting', 'sent', 'failed'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

/** A webhook that Schoolbell paused, as it was at that moment. */
export interface WebhookPausedFacts {
  /** UUID. */
  webhookId: string;
  description: string;
  /** Without its query, which may hold a secret. */
  url: string;
  reason: Exclude<PauseReason, 'manual' | 'handshake'>;
  /** Failed attempts in a row. */
  failures: number;
  lastError: string | null;
}

/** A tenant's launches of a month, as they were when they reached a threshold of its plan. */
export interface UsageThresholdFacts {
  /** `2026-11`, in UTC. */
  period: string;
  launches: number;
  /** Launches a month in the plan. */
  limit: number;
  /** The threshold: 80 or 100. */
  percent: number;
}

/** A webhook whose client certificate ends soon. */
export interface CertificateExpiringFacts {
  /** UUID. */
  webhookId: string;
  description: string;
  /** Without its query, which may hold a secret. */
  url: string;
  /** RFC 3339. */
  expiresAt: string;
}

/** A session that was ended because one of its refresh tokens was used a second time. */
export interface SessionEndedFacts {
  /** IP address that the token came from. */
  address: string;
  /** The `User-Agent` of that client. */
  userAgent: string;
}

/** A link that works once. */
export interface LinkFacts {
  /** Null once it was used or has expired, and for those who may not see it. */
  linkToken: string | null;
  /** ISO 8601. */
  linkExpiresAt: string;
}

/** Somebody was invited to a tenant, or to the platform. */
export interface UserInvitedFacts extends LinkFacts {
  /** `owner`, `platform_admin`. */
  role: string;
  /** The e-mail address of a user, or the name of an API key. */
  invitedBy: string;
}

/** A password that was changed. */
export interface PasswordChangedFacts {
  /** By somebody who knew the old password, or by a link. */
  how: 'changed' | 'reset';
  /** IP address of who did it. */
  address: string;
}

/** A second factor that was set up or removed, or whose recovery codes were replaced. */
export interface SecondFactorChangedFacts {
  /** `reset`: somebody who manages users removed it. */
  how: 'enabled' | 'disabled' | 'recovery_codes_replaced' | 'reset';
  /** Who did it: the e-mail address of a user, or the name of an API key. */
  by: string;
  /** IP address of who did it. */
  address: string;
}

export interface FactsOf {
  'webhook.paused': WebhookPausedFacts;
  'usage.threshold': UsageThresholdFacts;
  'webhook.certificate_expiring': CertificateExpiringFacts;
  'session.ended': SessionEndedFacts;
  'user.invited': UserInvitedFacts;
  'password.reset': LinkFacts;
  'password.changed': PasswordChangedFacts;
  'second_factor.changed': SecondFactorChangedFacts;
}

/** An e-mail to one person. What it says is written from its facts. */
export type Mail<Kind extends MailKind = MailKind> = {
  [Each in Kind]: {
    id: string;
    /** Null for what is written to a user of the platform. */
    tenantId: string | null;
    tenantName: string | null;
    kind: Each;
    facts: FactsOf[Each];
    createdAt: Date;
  };
}[Kind];

/** Whether the link of a mail was used or has expired: then nobody needs the mail any more. */
export function bringsNothing(mail: Mail): boolean {
  return 'linkToken' in mail.facts && mail.facts.linkToken === null;
}

/** A mail that this dispatcher alone may send until its lease ends. */
export type ClaimedMail = Mail & {
  recipient: string;
  /** Number of the attempt to be made, 1 or more. */
  attempt: number;
};

/** A mail that waits to be sent. */
export interface DueMail {
  id: string;
  /** Attempts made so far. */
  attempts: number;
}

/** What happens to a mail after an attempt. The tenant can read the errors. */
export type MailVerdict =
  | { kind: 'sent' }
  | { kind: 'rescheduled'; delaySeconds: number; error: string }
  | { kind: 'failed'; error: string };

/** Where mails wait. Implemented by `libs/persistence`. */
export interface MailStore {
  /** Mails that are due and that nobody is sending, the longest due first. */
  due(limit: number): Promise<DueMail[]>;
  /** @returns `undefined` when it is not due, or somebody else has it */
  claim(id: string, leaseSeconds: number): Promise<ClaimedMail | undefined>;
  record(mail: ClaimedMail, verdict: MailVerdict): Promise<void>;
}

/** An e-mail as it goes out. */
export interface OutgoingMail {
  /** UUID; the `Message-ID` is made from it, so that a recipient can recognise a mail that arrives twice. */
  id: string;
  to: string;
  subject: string;
  text: string;
}

/** What the mail server made of it. */
export type MailResult =
  | { kind: 'accepted' }
  /** The server does not take this mail for this recipient, now or later. */
  | { kind: 'refused'; error: string }
  /**
   * The server may take the mail another time. `detail` is for the operator's log only: short codes, no addresses.
   */
  | { kind: 'failed'; error: string; detail: object };

/** Hands mails to a mail server. Implemented by `libs/mail`. */
export interface Mailer {
  /** Ends within half a minute; a server's failure is a result, not an error. */
  send(mail: OutgoingMail): Promise<MailResult>;
}

/** What a dispatcher does with a mail that the queue brings it. */
export interface MailListener {
  onMail(mailId: string): Promise<void>;
}
