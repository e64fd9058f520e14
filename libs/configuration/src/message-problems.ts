import { MAIL_CHANNEL } from './messages.schema.js';
import type { Problem } from './problem.js';
import type { Configuration } from './schema.js';

const problem = (path: Problem['path'], found: string, allowed: string): Problem => ({ path, found, allowed, didYouMean: null });

/** Messages that would reach nobody, two channels of one name, and a password that would go over the line for all to read. */
export function messageProblems({ messages }: Configuration): Problem[] {
  if (messages === undefined) return [];
  const { webhooks, mail } = messages;
  const nobody =
    webhooks.length === 0 && mail === undefined ? [problem(['messages'], 'neither webhooks nor mail', 'one of them at least: nobody would be told')] : [];
  const names = webhooks.flatMap(({ id }, index) =>
    id === MAIL_CHANNEL || webhooks.findIndex((one) => one.id === id) < index
      ? [problem(['messages', 'webhooks', index, 'id'], `the name of another channel, ${JSON.stringify(id)}`, `a name of its own, and not ${MAIL_CHANNEL}`)]
      : [],
  );
  const open =
    mail?.login !== undefined && mail.security === 'none'
      ? [problem(['messages', 'mail', 'security'], 'none, with a login', 'starttls or tls: the password would go over the line for all to read')]
      : [];
  return [...nobody, ...names, ...open];
}
