import { userInfo } from 'node:os';
import { type Configuration, linkOf } from '@sync-hub/configuration';
import { BugError, Direction, type LinkAct, type LinkDesk } from '@sync-hub/contracts';
import { BrakeRepository, type Database } from '@sync-hub/persistence';
import { parsed } from './parsed.js';

type Say = (line: string) => void;

export const LINK_USAGE = `link pause LINK [--direction pull|push] --reason WHY   nothing is written on it, in that direction or in both, until somebody lets it go on; what is to be written waits
link drain LINK [--direction pull|push] --reason WHY   ... what was noticed before now is still written, and nothing else
link resume LINK [--direction pull|push]               it goes on, at once
link release LINK                                      you have looked at a link that its brake has paused: what waits goes on, and the count begins anew`;

const OPTIONS = { direction: { type: 'string' }, reason: { type: 'string' } } as const;

const isAct = (word: string | undefined): word is 'pause' | 'drain' | 'resume' => word === 'pause' || word === 'drain' || word === 'resume';

interface LinkCommands {
  readonly database: Database;
  readonly configuration: Configuration;
  /** Opened where an act asks for it: releasing a brake needs no keys. */
  readonly desk: () => Promise<LinkDesk>;
  readonly say: Say;
}

/** `link pause|drain|resume|release`. What is said of it lies in the outbox, and the running hub's sweep sends it within seconds. */
export async function links(args: readonly string[], { database, configuration, desk, say }: LinkCommands): Promise<number> {
  const { words: [what, id, more] = [], values } = parsed(args, OPTIONS) ?? {};
  if (id === undefined || more !== undefined || !(isAct(what) || what === 'release')) {
    say(LINK_USAGE);
    return 1;
  }
  demandLink(configuration, id);
  if (what === 'release') return releaseLink(database, configuration, id, say);
  const { direction, reason } = deedOf(what, values ?? {});
  const outcome = await (await desk()).act(id, what, { direction, reason, by: userInfo().username });
  if (outcome === 'no-such-link') throw new BugError(`link ${id} is run by another instance (runsAt): stop it there`);
  say(`${id}${direction === undefined ? '' : ` ${direction}`} ${outcome === 'done' ? SAID[what] : 'stands so already.'}`);
  return outcome === 'done' ? 0 : 1;
}

const SAID = {
  pause: 'is paused: nothing is written on it, and what waits is shown. A write under way comes to its end.',
  drain: 'runs dry: what was noticed before now is still written, and nothing else.',
  resume: 'goes on.',
} as const satisfies Record<Exclude<LinkAct, 'release'>, string>;

function deedOf(what: LinkAct, { direction, reason }: { readonly direction?: string; readonly reason?: string }) {
  const way = direction === undefined ? undefined : Direction.safeParse(direction);
  if (way?.success === false) throw new BugError('which direction? --direction pull or --direction push, both where nothing is said');
  if (what !== 'resume' && (reason ?? '').trim() === '') throw new BugError('why? say --reason, for whoever finds it stopped');
  return { direction: way?.data, reason };
}

async function releaseLink(database: Database, current: Configuration, id: string, say: Say): Promise<number> {
  const child = linkOf(current, id)?.child ?? '';
  const { result: isReleased } = await database.transaction((tx) => new BrakeRepository().release(tx, id, child, userInfo().username));
  say(isReleased ? `${id} goes on within half a minute; its voids are counted from now.` : `${id} is not paused by its brake.`);
  return isReleased ? 0 : 1;
}

function demandLink(current: Configuration, id: string): void {
  if (linkOf(current, id) === null)
    throw new BugError(`there is no link ${id} in the configuration; its links are ${current.links.map((one) => one.id).join(', ')}`);
}
