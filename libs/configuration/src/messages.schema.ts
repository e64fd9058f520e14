import { SiteId } from '@sync-hub/contracts';
import type { z } from 'zod';
import { secret } from './secret.schema.js';
import { listOf, oneOf, section, textThat, wholeNumber } from './section.js';

const id = textThat('1 to 63 lower-case letters, digits and dashes, starting with a letter or digit', (text) => SiteId.safeParse(text).success);
const host = textThat('the name or address of a mail server', (text) => /^[^\s/@:]+$/.test(text) || /^[0-9a-f:]+$/i.test(text));
const mailbox = textThat('an e-mail address, such as sync@health.example', (text) => /^[^\s@<>,;:"]{1,64}@[^\s@<>,;:"]{1,190}$/.test(text));
const isUrl = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && !/\s/.test(text);
};
const url = textThat('the http or https address at which messages are received, such as https://pager.example/sync, without a user', isUrl);

/** Languages that messages are written in. */
export const MESSAGE_LANGUAGES = ['en', 'fr', 'es'] as const;

const mail = section({
  host,
  port: wholeNumber(1, 65_535, 'the number of a port').default(587),
  security: oneOf(['starttls', 'tls', 'none']).default('starttls'),
  login: section({ username: secret, password: secret }).optional(),
  from: mailbox,
  to: listOf(mailbox, 'e-mail addresses', 1),
});
export type MailConfiguration = z.infer<typeof mail>;

const webhook = section({ id, url, secret });
export type WebhookConfiguration = z.infer<typeof webhook>;

/** Whom the instance tells of what needs people, and when: one message where it begins, and one where it is over. */
export const messages = section({
  language: oneOf(MESSAGE_LANGUAGES).default('en'),
  downMinutes: wholeNumber(1, 60 * 24 * 7, 'minutes that a site cannot be reached').default(60),
  heldHours: wholeNumber(1, 24 * 90, 'hours that something is held').default(24),
  conflictHours: wholeNumber(1, 24 * 90, 'hours that nobody answers').default(72),
  clearMinutes: wholeNumber(0, 60 * 24, 'minutes that it must be over').default(5),
  quietMinutes: wholeNumber(0, 60 * 24, 'minutes until the same is told of anew').default(60),
  atMostPerHour: wholeNumber(1, 1000, 'messages in an hour').default(20),
  webhooks: listOf(webhook, 'webhooks').default([]),
  mail: mail.optional(),
});
export type MessagesConfiguration = z.infer<typeof messages>;

/** The channels by which messages go, by name: each webhook under its own, and mail. */
export const MAIL_CHANNEL = 'mail';
export const channelsOf = ({ webhooks, mail: byMail }: MessagesConfiguration): readonly string[] => [
  ...webhooks.map((one) => one.id),
  ...(byMail === undefined ? [] : [MAIL_CHANNEL]),
];
