import { randomUUID } from 'node:crypto';
import { type Configuration, channelsOf } from '@sync-hub/configuration';
import { SyncError } from '@sync-hub/contracts';
import { type Database, NoticeRepository, type NoticeRow } from '@sync-hub/persistence';
import { sendNotice } from '@sync-hub/runtime';

type Say = (line: string) => void;

const USAGE = `Messages to people, as "messages" in the configuration says

  messages test [CHANNEL]  sends one now by every channel, or by that one, and says whether it was taken: a webhook by its id, or mail
  messages list            what people were told of and is not over, and the last messages with what became of each`;

const SHOWN = 50;

/** Answers with 1 where a message was not taken. */
export async function messagesOn(
  args: readonly string[],
  configuration: Configuration,
  withDatabase: (work: (database: Database) => Promise<number>) => Promise<number>,
  say: Say,
): Promise<number> {
  const [what, channel, ...more] = args;
  if (what === 'test' && more.length === 0) return sendTest(configuration, channel, say);
  if (what === 'list' && channel === undefined) return withDatabase((database) => list(database, say));
  say(USAGE);
  return what === undefined ? 0 : 1;
}

async function sendTest(configuration: Configuration, only: string | undefined, say: Say): Promise<number> {
  const { messages } = configuration;
  if (messages === undefined) {
    say('The configuration has no messages: nobody is told. docs/runbooks/messages.md says how.');
    return 1;
  }
  const channels = channelsOf(messages);
  if (only !== undefined && !channels.includes(only)) {
    say(`There is no channel ${only}. There are: ${channels.join(', ')}.`);
    return 1;
  }
  const outcomes = await Promise.all((only === undefined ? channels : [only]).map((channel) => tested(configuration, channel)));
  for (const { channel, code } of outcomes) say(code === null ? `${channel}: taken.` : `${channel}: not taken (${code}).`);
  return outcomes.every(({ code }) => code === null) ? 0 : 1;
}

/** Null where it was taken. */
async function tested(configuration: Configuration, channel: string): Promise<{ readonly channel: string; readonly code: string | null }> {
  const notice = { id: randomUUID(), channel, what: 'test' as const, occurrence: randomUUID(), situation: null, clearedAt: null };
  try {
    await sendNotice(notice, configuration, new AbortController().signal);
    return { channel, code: null };
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    const status = error.details['status'];
    return { channel, code: `${error.code === 'secret-missing' ? error.message : error.code}${typeof status === 'number' ? ` ${status}` : ''}` };
  }
}

async function list(database: Database, say: Say): Promise<number> {
  const notices = new NoticeRepository(database);
  const [standing, told] = await Promise.all([notices.standing(), notices.list(SHOWN)]);
  say(standing.length === 0 ? 'Nothing stands that people are told of.' : 'What stands');
  for (const { key, since, count } of standing) say(`  ${key} since ${since.toISOString()}${count === 0 ? '' : `, ${count} records`}`);
  if (told.length > 0) say('The last messages');
  for (const one of told) say(`  ${noticeLine(one)}`);
  return 0;
}

export const noticeLine = ({ channel, what, key, state, attempts, code, madeAt, settledAt }: NoticeRow): string =>
  `${madeAt.toISOString()} ${channel}: ${key} ${what}, ${state}${settledAt === null ? '' : ` at ${settledAt.toISOString()}`}${attempts > 1 ? `, tried ${attempts} times` : ''}${code === null ? '' : ` (${code})`}`;
