import type { MailConfiguration } from '@sync-hub/configuration';
import { TransientError } from '@sync-hub/contracts';
import { createTransport } from 'nodemailer';
import type { NoticeText } from './notice-text.js';

const CONNECTS_WITHIN_MS = 15_000;
const ANSWERS_WITHIN_MS = 30_000;

/** A mail server, and who we are there; `null` where it asks for nobody. */
export interface MailServer {
  readonly mail: Pick<MailConfiguration, 'host' | 'port' | 'security' | 'from' | 'to'>;
  readonly login: { readonly username: string; readonly password: string } | null;
}

/** The same for every try of one message; `follows` is the one that told of the beginning. */
export interface MailId {
  readonly id: string;
  readonly follows: string | null;
}

/** Hands a mail over to the mail server, which must take it for all that it goes to. Throws a TransientError with a code otherwise; the server's own words go nowhere. */
export async function sendMail({ mail, login }: MailServer, { subject, lines }: NoticeText, { id, follows }: MailId): Promise<void> {
  const { host, port, security, from, to } = mail;
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(login === null ? {} : { auth: { user: login.username, pass: login.password } }),
    connectionTimeout: CONNECTS_WITHIN_MS,
    greetingTimeout: CONNECTS_WITHIN_MS,
    socketTimeout: ANSWERS_WITHIN_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const sent = await transport.sendMail({
      from: { name: 'Sync Hub', address: from },
      to: [...to],
      subject,
      text: `${lines.join('\n\n')}\n`,
      messageId: id,
      ...(follows === null ? {} : { inReplyTo: follows, references: [follows] }),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    if (sent.rejected.length > 0)
      throw new TransientError('mail-address-refused', 'the mail server does not take it for all', { refused: sent.rejected.length });
  } catch (error) {
    throw error instanceof TransientError ? error : new TransientError(codeOf(error), 'the mail server does not take it', statusOf(error));
  } finally {
    transport.close();
  }
}

/** What nodemailer 10 names failures by, and what they are called here. */
const CODES: Readonly<Record<string, string>> = {
  ECONNECTION: 'unreachable',
  ESOCKET: 'unreachable',
  EDNS: 'unreachable',
  ETIMEDOUT: 'unreachable',
  ETLS: 'mail-not-secure',
  EAUTH: 'mail-login-refused',
  ENOAUTH: 'mail-login-refused',
  EENVELOPE: 'mail-address-refused',
};

const codeOf = (error: unknown): string => CODES[String((error as { code?: unknown } | null)?.code)] ?? 'mail-refused';

function statusOf(error: unknown): { readonly status?: number } {
  const status = (error as { responseCode?: unknown } | null)?.responseCode;
  return typeof status === 'number' ? { status } : {};
}
