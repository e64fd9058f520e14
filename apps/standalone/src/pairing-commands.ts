import { readFile, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { type Configuration, type LinkConfiguration, linkOf } from '@sync-hub/configuration';
import { BugError, Uuid } from '@sync-hub/contracts';
import type { Database } from '@sync-hub/persistence';
import { acceptPair, type GivenPeople, pairLink, type TwoUuids, undoPair } from '@sync-hub/runtime';
import { PAIRING_HEADER, pairingLines, pairingRows, refusalText } from './pairing-lines.js';

type Say = (line: string) => void;

export const PAIRING_USAGE = `pairing LINK [--from FILE] [--names] [--out FILE.csv]
    [--from FILE]      uuids or identifiers of patients, one a line (the first column counts), besides those that the hub and fhir2 know of
    [--names]          says how each is called, too: then keep what is said as you keep a patient file
    [--out FILE.csv]   writes a line for each to a new file that only you may read
  pairing accept LINK PARENT-UUID CHILD-UUID   the two are one person: the child's goes by the parent's uuid from now on
  pairing undo LINK PARENT-UUID CHILD-UUID     they are not; while nothing is agreed on of them`;

const OPTIONS = { from: { type: 'string' }, out: { type: 'string' }, names: { type: 'boolean' } } as const;
const SAID_EVERY = 100;

function progressTo(say: Say): (done: number, of: number) => void {
  let said = 0;
  return (done, of) => {
    if (done - said < SAID_EVERY || done >= of) return;
    said = done;
    say(`... ${done} of ${of} asked for`);
  };
}

/** The commands that begin with `pairing`. */
export async function pairing(args: readonly string[], database: Database, current: Configuration, say: Say): Promise<number> {
  const [first = '', link = '', parent, child, ...more] = args;
  if ((first === 'accept' || first === 'undo') && parent !== undefined && child !== undefined && more.length === 0)
    return decide(first, { database, configuration: current, link: demandLink(current, link) }, twoUuids(parent, child), say);
  const given = parsed(args);
  if (given === null) {
    say(PAIRING_USAGE);
    return 1;
  }
  return report({ database, configuration: current, link: demandLink(current, given.link) }, given, say);
}

interface Asked {
  readonly database: Database;
  readonly configuration: Configuration;
  readonly link: LinkConfiguration;
}

interface Given {
  readonly link: string;
  readonly from?: string;
  readonly out?: string;
  readonly names: boolean;
}

function parsed(args: readonly string[]): Given | null {
  try {
    const { positionals, values } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [link, ...more] = positionals;
    return link === undefined || link === '' || more.length > 0 ? null : { link, names: false, ...values };
  } catch {
    return null;
  }
}

/** 0 where nobody is to be paired. What is found goes to who asks, and nowhere else. */
async function report(asked: Asked, { from, out, names }: Given, say: Say): Promise<number> {
  const given = from === undefined ? undefined : peopleIn(await readFile(from, 'utf8'));
  // Made before anybody is asked: nothing is overwritten, and nobody waits for what cannot be kept.
  if (out !== undefined) await writeFile(out, '', { flag: 'wx', mode: 0o600 });
  const found = await pairLink(asked, given, progressTo(say)).catch(async (error: unknown) => {
    if (out !== undefined) await rm(out, { force: true });
    throw error;
  });
  if (out !== undefined) await writeFile(out, `${[PAIRING_HEADER(names), ...pairingRows(found, names)].join('\r\n')}\r\n`);
  for (const line of pairingLines(asked.link, found, { names, out })) say(line);
  return found.pairs.length === 0 ? 0 : 1;
}

async function decide(what: 'accept' | 'undo', asked: Asked, uuids: TwoUuids, say: Say): Promise<number> {
  const { id, parent, child, mode } = asked.link;
  const refusal = what === 'accept' ? await acceptPair(asked, uuids, userInfo().username) : await undoPair(asked, uuids);
  if (refusal !== null) {
    say(refusalText(refusal, asked.link, what));
    return 1;
  }
  if (what === 'accept') {
    say(
      `${uuids.child} at ${child} and ${uuids.parent} at ${parent} are one from now on. Both are looked at within seconds; what they say differently is asked about.`,
    );
    if (mode !== 'live') say(`Link ${id} is only observed: nothing is written until it is live.`);
  } else say(`${uuids.child} at ${child} and ${uuids.parent} at ${parent} are two again.`);
  return 0;
}

/** The first column of each line; what looks like a uuid is one, and all else is an identifier. */
export function peopleIn(text: string): GivenPeople {
  const words = text.split(/\r?\n/).flatMap((line) => {
    const word = (line.replace(/^\uFEFF/, '').split(/[,;\t]/)[0] ?? '').trim().replace(/^"(.*)"$/, '$1');
    return word === '' || word.startsWith('#') ? [] : [word];
  });
  const isUuid = (word: string): boolean => /^([0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-z-]{36,38})$/i.test(word);
  return { uuids: [...new Set(words.filter(isUuid))], identifiers: [...new Set(words.filter((word) => !isUuid(word)))] };
}

function twoUuids(parent: string, child: string): TwoUuids {
  for (const one of [parent, child])
    if (!Uuid.safeParse(one).success)
      throw new BugError('a uuid is none: 1 to 38 letters, digits, dots, dashes or underscores; the one at the parent comes first');
  return { parent, child };
}

function demandLink(current: Configuration, id: string): LinkConfiguration {
  const link = linkOf(current, id);
  if (link === null) throw new BugError(`there is no link ${id} in the configuration; its links are ${current.links.map((one) => one.id).join(', ')}`);
  return link;
}
