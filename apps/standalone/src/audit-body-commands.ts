import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import type { Configuration } from '@sync-hub/configuration';
import { BodyAsked, type KeptBody, type ShownBody } from '@sync-hub/contracts';
import type { Database, Vault } from '@sync-hub/persistence';
import { auditDeskOn } from '@sync-hub/runtime';
import { z } from 'zod';

export const BODY_USAGE = `audit bodies LINE [--json]   what is kept of what was sent to a site and answered for the job that a line (its number) is about (instance.audit.bodies)
audit body ID --reason fault|complaint|data-protection|test|other --note WORDS [--json]   shows it; who, when and for which reason is in the audit, the words are sealed`;

interface Desk {
  readonly database: Database;
  readonly vault: () => Promise<Vault>;
  readonly configuration: () => Promise<Configuration>;
  readonly say: (line: string) => void;
}

type Wrong = (problem?: string) => number;

/** Which bodies there are. */
export async function bodies(args: readonly string[], desk: Desk, wrong: Wrong): Promise<number> {
  const asked = parsed(args, { json: { type: 'boolean' } });
  const [line = ''] = asked?.positionals ?? [];
  if (asked === null || !/^[1-9]\d{0,17}$/.test(line)) return wrong();
  const found = await (await auditDesk(desk)).bodies(line);
  if (asked.values['json'] === true) desk.say(JSON.stringify(found, null, 2));
  else for (const one of found) desk.say(keptLine(one));
  if (found.length === 0 && asked.values['json'] !== true) desk.say('Nothing is kept of what was sent for that line.');
  return 0;
}

/** One of them, with a reason. */
export async function body(args: readonly string[], desk: Desk, wrong: Wrong): Promise<number> {
  const asked = parsed(args, { reason: { type: 'string' }, note: { type: 'string' }, json: { type: 'boolean' } });
  const id = z.uuid().safeParse(asked?.positionals[0]);
  const why = BodyAsked.safeParse({ reason: asked?.values['reason'], note: asked?.values['note'] });
  if (asked === null || !id.success) return wrong();
  if (!why.success) return wrong(`--${String(why.error.issues[0]?.path[0] ?? '')} does not fit`);
  const shown = await (await auditDesk(desk)).showBody(id.data, why.data, userInfo().username);
  if (shown === null) desk.say('There is no such body any more.');
  else if (asked.values['json'] === true) desk.say(JSON.stringify(shown, null, 2));
  else for (const one of shownLines(shown)) desk.say(one);
  return shown === null ? 1 : 0;
}

async function auditDesk({ database, vault, configuration }: Desk) {
  const current = await configuration();
  return auditDeskOn(database, await vault(), () => current);
}

const keptLine = ({ id, at, site, status, bytes, until }: KeptBody): string =>
  `${id}  ${at}  ${site}  ${status === null ? 'no answer' : `answered ${status}`}  ${bytes} B  kept until ${until.slice(0, 10)}`;

function shownLines(shown: ShownBody): readonly string[] {
  const before = shown.shownBefore.map(
    ({ by, at, reason, note }) => `shown before: ${at}  by ${by}  ${reason}  ${note ?? '(sealed with a key that is not here)'}`,
  );
  if (shown.opened === null) return [keptLine(shown), ...before, 'Its key is not among ours: it cannot be opened.'];
  const { method, path, request, answer, isCut } = shown.opened;
  return [
    keptLine(shown),
    ...before,
    `${method} ${path}`,
    printable(request),
    '',
    printable(answer ?? '(no answer)'),
    ...(isCut ? ['(cut off: it was longer than is kept)'] : []),
  ];
}

/** A site's answer may hold what a terminal would take for orders. */
const printable = (text: string): string => text.replace(/[^\P{Cc}\n\t]|[\p{Cf}\u2028\u2029]/gu, '?');

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

function parsed(args: readonly string[], options: Options) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...options }, allowPositionals: true });
    return { values: values as Readonly<Record<string, string | boolean | undefined>>, positionals };
  } catch {
    return null;
  }
}
