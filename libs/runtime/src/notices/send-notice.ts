import { readFile } from 'node:fs/promises';
import { type Configuration, MAIL_CHANNEL, type MessagesConfiguration, type Path, resolveSecret, type SecretReference } from '@sync-hub/configuration';
import { BugError, type Notice } from '@sync-hub/contracts';
import { environment } from '../env.js';
import { noticeText } from './notice-text.js';
import { sendMail } from './send-mail.js';
import { sendWebhook } from './send-webhook.js';

type Told = Pick<Notice, 'id' | 'channel' | 'what' | 'occurrence' | 'situation' | 'clearedAt'>;

/** Reads a secret when it is needed: one that is missing stops messages, and nothing else. */
const secretOf = (reference: SecretReference, path: Path): Promise<string> => resolveSecret(reference, path, environment(), (file) => readFile(file, 'utf8'));

/** Tells people by the notice's channel, as the configuration has it now. Throws a SyncError with a code where that fails. */
export async function sendNotice(notice: Told, configuration: Configuration, ending: AbortSignal): Promise<void> {
  const { messages } = configuration;
  if (messages === undefined) throw new BugError('a message is sent where the configuration has no messages');
  const text = noticeText(notice, configuration, messages.language);
  if (notice.channel === MAIL_CHANNEL) return byMail(notice, messages, configuration.instance.id, text);
  const index = messages.webhooks.findIndex(({ id }) => id === notice.channel);
  const webhook = messages.webhooks[index];
  if (webhook === undefined) throw new BugError('a message goes by a channel that is not there', { channel: notice.channel });
  const secret = await secretOf(webhook.secret, ['messages', 'webhooks', index, 'secret']);
  const { situation, what, occurrence, clearedAt, id } = notice;
  const said = { version: 1, instance: configuration.instance.id, what, occurrence, situation, clearedAt, text };
  await sendWebhook({ url: webhook.url, secret, id: `msg_${id}` }, said, ending);
}

async function byMail({ id, what, occurrence }: Told, { mail }: MessagesConfiguration, instance: string, text: ReturnType<typeof noticeText>): Promise<void> {
  if (mail === undefined) throw new BugError('a message goes by a channel that is not there', { channel: MAIL_CHANNEL });
  const { login } = mail;
  const known =
    login === undefined
      ? null
      : {
          username: await secretOf(login.username, ['messages', 'mail', 'login', 'username']),
          password: await secretOf(login.password, ['messages', 'mail', 'login', 'password']),
        };
  const idOf = (of: string): string => `<${of}@${instance}.sync-hub>`;
  await sendMail({ mail, login: known }, text, {
    id: idOf(what === 'test' ? id : `${what}.${occurrence}`),
    follows: what === 'cleared' ? idOf(`began.${occurrence}`) : null,
  });
}
