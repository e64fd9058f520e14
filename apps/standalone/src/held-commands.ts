import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { BugError, HELD_WHYS, type HeldAct, type HeldDesk, HeldFilter, HeldPage, MOST_HELD_AT_ONCE } from '@sync-hub/contracts';
import { countsLine, detailLines, groupLines, OUTCOMES, recordLine, whyLines } from './held-lines.js';

type Say = (line: string) => void;

export const HELD_USAGE = `parked list [--origin INSTANCE] [--link ID] [--site ID] [--category NAME] [--why WHY] [--code CODE] [--group GROUP] [--limit N] [--offset N] [--json]
    what is held, by cause, with what helps; with --group one by one. WHY: ${HELD_WHYS.join(', ')}
parked show ID [--json]          one of them, and what people did to it
parked why ID [--json]           will it work now? reads both ends as they are, and writes nothing anywhere
parked redrive ID | FILTERS      looked at again: one, or all that fit --link, --site, --category, --why, --code, --group, --origin: of another instance those alone that --origin or --group names
parked discard ID | FILTERS --reason TEXT   it ends, visibly; both ends stay as they are, different, until the record, or one that refers to it, changes at one of them
parked park ID | FILTERS --reason TEXT      laid aside: nothing wakes it but a change of its record, or redrive`;

const OPTIONS = {
  link: { type: 'string' },
  site: { type: 'string' },
  category: { type: 'string' },
  why: { type: 'string' },
  code: { type: 'string' },
  group: { type: 'string' },
  origin: { type: 'string' },
  limit: { type: 'string' },
  offset: { type: 'string' },
  reason: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const ACTS: Readonly<Record<string, HeldAct>> = { redrive: 'redriven', discard: 'discarded', park: 'parked' };

const DONE: Readonly<Record<HeldAct, string>> = {
  redriven: 'Looked at again within seconds.',
  discarded: 'It has ended. Both ends stay as they are until the record, or one that refers to it, changes at one of them.',
  parked: 'Laid aside until its record changes, or somebody has it tried again.',
};

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch {
    return null;
  }
};

type Values = NonNullable<ReturnType<typeof parsed>>['values'];

/** The commands that begin with `parked`. */
export async function held(args: readonly string[], desk: HeldDesk, say: Say): Promise<number> {
  const [what = '', ...more] = args;
  const given = parsed(more);
  const [id, ...others] = given?.positionals ?? [];
  if (given === null || others.length > 0) return usage(say);
  const { values } = given;
  if (what === 'list' && id === undefined) return list(values, desk, say);
  if (what === 'show' && id !== undefined) return show(id, values, desk, say);
  if (what === 'why' && id !== undefined) return why(id, values, desk, say);
  const act = Object.hasOwn(ACTS, what) ? ACTS[what] : undefined;
  if (act === undefined) return usage(say);
  if (act !== 'redriven' && (values.reason ?? '').trim() === '') throw new BugError('why? say --reason TEXT: it is kept with your name');
  return id === undefined ? actOnMany(act, values, desk, say) : actOnOne({ act, id }, values, desk, say);
}

function usage(say: Say): number {
  say(HELD_USAGE);
  return 1;
}

function filterOf({ link, site, category, why: reason, code, group, origin }: Values): HeldFilter {
  const read = HeldFilter.safeParse(
    Object.fromEntries(Object.entries({ link, site, category, why: reason, code, group, origin }).filter(([, value]) => value !== undefined)),
  );
  if (!read.success) throw new BugError(`--${String(read.error.issues[0]?.path[0] ?? '')} does not fit`);
  return read.data;
}

async function list(values: Values, desk: HeldDesk, say: Say): Promise<number> {
  const filter = filterOf(values);
  if (filter.group === undefined) return told(await desk.list(filter), groupLines, { values, say });
  const page = HeldPage.safeParse({ ...filter, offset: Number(values.offset ?? 0), limit: Number(values.limit ?? 50) });
  if (!page.success) throw new BugError(`--limit is 1 to ${MOST_HELD_AT_ONCE}, --offset 0 or more`);
  return told(await desk.records(page.data), (records) => records.map(recordLine), { values, say });
}

function told<Found>(found: Found, linesOf: (found: Found) => readonly string[], { values, say }: { readonly values: Values; readonly say: Say }): number {
  for (const line of values.json === true ? [JSON.stringify(found, null, 2)] : linesOf(found)) say(line);
  return 0;
}

async function show(id: string, values: Values, desk: HeldDesk, say: Say): Promise<number> {
  const detail = await desk.find(id);
  if (detail === null) throw new BugError(OUTCOMES.gone);
  return told(detail, detailLines, { values, say });
}

/** 0 where it would go on. */
async function why(id: string, values: Values, desk: HeldDesk, say: Say): Promise<number> {
  const now = await desk.why(id);
  if (now === null) throw new BugError(OUTCOMES.gone);
  told(now, whyLines, { values, say });
  return now.works === 'yes' ? 0 : 1;
}

async function actOnOne({ act, id }: { readonly act: HeldAct; readonly id: string }, { reason }: Values, desk: HeldDesk, say: Say): Promise<number> {
  const outcome = await desk.act(id, { what: act, by: userInfo().username, ...(reason === undefined ? {} : { reason }) });
  say(outcome === 'done' ? DONE[act] : OUTCOMES[outcome]);
  return outcome === 'done' || outcome === 'asked' ? 0 : 1;
}

async function actOnMany(act: HeldAct, values: Values, desk: HeldDesk, say: Say): Promise<number> {
  const filter = filterOf(values);
  if (Object.keys(filter).length === 0) throw new BugError('of which? say an id, or --link, --site, --category, --why, --code, --group or --origin');
  const plan = await desk.plan(filter, { progress: () => undefined });
  const { reason, json } = values;
  const progress = (done: number, of: number): void => {
    if (json !== true && done > 0 && done < of) say(`${done} of ${of}`);
  };
  const counts = await plan.act({ what: act, by: userInfo().username, ...(reason === undefined ? {} : { reason }) }, { progress });
  say(json === true ? JSON.stringify(counts, null, 2) : `${act}: ${countsLine(counts)}`);
  return counts.done + (counts.asked ?? 0) > 0 ? 0 : 1;
}
