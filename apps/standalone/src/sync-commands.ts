import { userInfo } from 'node:os';
import { clearScreenDown, moveCursor } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Configuration } from '@sync-hub/configuration';
import { BugError, type ManualRun, type ManualRunDesk, type ManualRunScope, ManualRunWish } from '@sync-hub/contracts';
import type { Database } from '@sync-hub/persistence';
import { manualRunDeskOn } from '@sync-hub/runtime';
import { toldLines } from './dry-run-lines.js';
import { parsed } from './parsed.js';
import { endLine, progressLines, runLine, totals } from './sync-lines.js';

type Say = (line: string) => void;

export const SYNC_USAGE = `sync pull LINK [WHAT] [--dry-run] [--no-wait] [--json]   the parent's records of the link are looked at now, and compared with the child's
sync push LINK [WHAT] [--dry-run] [--no-wait] [--json]   ... the child's, with the parent's
    WHAT   everything that travels in that direction, or one of:
           --category CATEGORY                all of one category
           --category CATEGORY --uuid UUID    ... these records of it alone; --uuid may be said again and again
           --patient UUID                     one patient with all that hangs on her
    --dry-run only says what would come of it, and about how long it would take: nothing is written, at a site or here.
    --no-wait begins it and does not wait for its end; --json says how it stands as JSON. Ending this command does not end the run.
sync list [--json]               the last runs
sync show ID [--json]            how one of them stands
sync cancel ID                   what was not looked at yet is left; what is under way comes to its end`;

const OPTIONS = {
  category: { type: 'string' },
  uuid: { type: 'string', multiple: true },
  patient: { type: 'string' },
  'dry-run': { type: 'boolean' },
  'no-wait': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

interface Values {
  readonly category?: string;
  readonly uuid?: readonly string[];
  readonly patient?: string;
  readonly 'dry-run'?: boolean;
  readonly 'no-wait'?: boolean;
  readonly json?: boolean;
}

export interface AskedOfSync {
  readonly desk: ManualRunDesk;
  readonly say: Say;
  /** Shows these lines in place of those that were shown last. */
  readonly show?: (lines: readonly string[]) => void;
}

const SHOWN = 20;
const LOOK_EVERY_MS = 500;

/** The commands, over a hub's database; the running hub does what is begun. */
export function syncOn(
  args: readonly string[],
  on: { readonly database: Database; readonly configuration: Configuration; readonly say: Say },
): Promise<number> {
  const show = inPlaceOn(process.stdout);
  return sync(args, { desk: manualRunDeskOn(on.database, () => on.configuration), say: on.say, ...(show === undefined ? {} : { show }) });
}

/** `sync pull`, `sync push`, `sync list`, `sync show`, `sync cancel`. 0 where what was asked for came to its end and nothing of it is held. */
export async function sync(args: readonly string[], asked: AskedOfSync): Promise<number> {
  const given = parsed(args, OPTIONS);
  const [verb, id, more] = given?.words ?? [];
  if (given === null || verb === undefined || more !== undefined) return usage(asked.say);
  if ((verb === 'pull' || verb === 'push') && id !== undefined)
    return begin({ direction: verb, link: id, scope: scopeOf(given.values), ...dryOf(given.values) }, given.values, asked);
  if (verb === 'list' && id === undefined) return list(asked, given.values.json === true);
  if (verb === 'show' && id !== undefined) return show(asked, id, given.values.json === true);
  if (verb === 'cancel' && id !== undefined) return cancel(asked, id);
  return usage(asked.say);
}

function usage(say: Say): number {
  say(SYNC_USAGE);
  return 1;
}

function scopeOf({ category, uuid, patient }: Values): ManualRunScope {
  if (patient !== undefined && (category !== undefined || uuid !== undefined)) throw new BugError('say --patient or --category, not both');
  if (patient !== undefined) return { what: 'patient', patient };
  if (uuid !== undefined && category === undefined) throw new BugError('of which category are they? say --category with --uuid');
  if (category === undefined) return { what: 'everything' };
  return uuid === undefined ? { what: 'category', category } : { what: 'records', category, uuids: [...uuid] };
}

const dryOf = (values: Values): { readonly dry?: true } => (values['dry-run'] === true ? { dry: true } : {});

async function begin(
  asked: { readonly direction: 'pull' | 'push'; readonly link: string; readonly scope: ManualRunScope; readonly dry?: true },
  values: Values,
  by: AskedOfSync,
): Promise<number> {
  const wish = ManualRunWish.safeParse(asked);
  if (!wish.success)
    throw new BugError('a link is named by its id, and a record by its uuid: 1 to 38 letters, digits, dots, dashes or underscores, 10,000 at most');
  const done = await by.desk.begin(wish.data, userInfo().username);
  if ('refused' in done) throw new BugError(done.running === undefined ? done.said : `${done.said}: ${done.running}; sync show and sync cancel take its id`);
  const asJson = values.json === true;
  if (!asJson) for (const line of [`Run ${done.begun} is begun.`, ...done.said]) by.say(line);
  if (values['no-wait'] === true) {
    if (asJson) by.say(JSON.stringify(await by.desk.find(done.begun), null, 2));
    return 0;
  }
  return follow(by, done.begun, asJson);
}

/** Shows how it goes on until it is over. */
async function follow({ desk, say, show = (lines) => lines.forEach(say) }: AskedOfSync, id: string, asJson: boolean): Promise<number> {
  let last = '';
  for (;;) {
    const run = await demand(desk, id);
    const lines = progressLines(run);
    if (!asJson && lines.join('\n') !== last) show(lines);
    last = lines.join('\n');
    if (run.endedAt !== null) {
      if (asJson) say(JSON.stringify(run, null, 2));
      else for (const line of [...toldLines(run), endLine(run)]) say(line);
      return run.state === 'ended' && totals(run).held === 0 ? 0 : 1;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

async function list({ desk, say }: AskedOfSync, asJson: boolean): Promise<number> {
  const runs = await desk.list(SHOWN);
  if (asJson) say(JSON.stringify(runs, null, 2));
  else for (const run of runs) say(runLine(run));
  if (runs.length === 0 && !asJson) say('Nobody has had anything looked at by hand.');
  return 0;
}

async function show({ desk, say }: AskedOfSync, id: string, asJson: boolean): Promise<number> {
  const run = await demand(desk, id);
  if (asJson) say(JSON.stringify(run, null, 2));
  else for (const line of [runLine(run), ...progressLines(run), ...toldLines(run), ...(run.endedAt === null ? [] : [endLine(run)])]) say(line);
  return 0;
}

async function cancel({ desk, say }: AskedOfSync, id: string): Promise<number> {
  await demand(desk, id);
  const isCancelled = await desk.cancel(id, userInfo().username);
  say(isCancelled ? 'Called off: what is under way comes to its end, nothing more is begun.' : 'It is over already.');
  return isCancelled ? 0 : 1;
}

async function demand(desk: ManualRunDesk, id: string): Promise<ManualRun> {
  const run = /^[0-9a-f-]{36}$/.test(id) ? await desk.find(id) : null;
  if (run === null) throw new BugError(`there is no run ${id}; sync list says which there are`);
  return run;
}

/** On a terminal each look takes the place of the last one; elsewhere, one follows the other. */
function inPlaceOn(stream: NodeJS.WriteStream): ((lines: readonly string[]) => void) | undefined {
  if (!stream.isTTY) return undefined;
  let before = 0;
  return (lines) => {
    moveCursor(stream, 0, -before);
    clearScreenDown(stream);
    stream.write(`${lines.join('\n')}\n`);
    before = lines.length;
  };
}
