import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { draftText, importSync2, type Sync2Import } from '@sync-hub/configuration';

type Say = (line: string) => void;

const USAGE = `config import SYNC2.JSON --start-at beginning|now [--out FILE]
    [--settings FILE]            global properties of the child: an object of names and values, or what systemsetting?q=sync2&v=full answers
    [--filter-location PATTERN]  atomfeed.filter.location of the child, where it is not among them
    [--child-feeds FILE] [--parent-feeds FILE]   the atomfeed module's configuration at the child and at the parent
    [--child-id ID] [--parent-id ID]             what the two are to be called`;

const FILES = { settings: 'settings', 'child-feeds': 'childFeeds', 'parent-feeds': 'parentFeeds' } as const;
const TEXT = { type: 'string' } as const;
const OPTIONS = {
  ...{ 'start-at': TEXT, out: TEXT, settings: TEXT, 'filter-location': TEXT },
  ...{ 'child-feeds': TEXT, 'parent-feeds': TEXT, 'child-id': TEXT, 'parent-id': TEXT },
};
type Given = Partial<Record<keyof typeof OPTIONS, string>>;

/**
 * Turns a child's Sync 2.0 configuration into a draft of ours, with a comment for everything that is otherwise now. Nothing is overwritten, and no
 * password is copied. 0 where the draft can be used as it is, 1 where something must be filled in first.
 */
export async function importConfiguration(args: readonly string[], say: Say): Promise<number> {
  const given = parsed(args);
  if (given === null) {
    say(USAGE);
    return 1;
  }
  const { file, startAt, options } = given;
  const found = importSync2({ sync2: await readFile(file, 'utf8'), ...(await filesOf(options)) }, { startAt, ...idsOf(options) });
  if (options.out === undefined) say(draftText(found));
  else {
    // Only where there is none yet: a draft that somebody has filled in is not to be lost.
    await writeFile(options.out, draftText(found), { flag: 'wx' });
    for (const { kind, where, what } of found.notes) say(`${kind.padEnd(8)} ${where}: ${what}`);
    say(summary(options.out, found));
  }
  return found.notes.some(({ kind }) => kind === 'needed') ? 1 : 0;
}

function parsed(args: readonly string[]): { readonly file: string; readonly startAt: 'beginning' | 'now'; readonly options: Given } | null {
  try {
    const { positionals, values } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [file, ...more] = positionals;
    const startAt = values['start-at'];
    return file === undefined || more.length > 0 || (startAt !== 'beginning' && startAt !== 'now') ? null : { file, startAt, options: values };
  } catch {
    return null;
  }
}

async function filesOf(options: Given): Promise<Readonly<Record<string, string>>> {
  const texts = await Promise.all(
    Object.entries(FILES).map(async ([option, name]): Promise<[string, string][]> => {
      const file = options[option as keyof typeof FILES];
      return file === undefined ? [] : [[name, await readFile(file, 'utf8')]];
    }),
  );
  const filter = options['filter-location'];
  return { ...Object.fromEntries(texts.flat()), ...(filter === undefined ? {} : { filterLocation: filter }) };
}

const idsOf = ({ 'child-id': childId, 'parent-id': parentId }: Given) => ({
  ...(childId === undefined ? {} : { childId }),
  ...(parentId === undefined ? {} : { parentId }),
});

function summary(file: string, { notes }: Sync2Import): string {
  const needed = notes.filter(({ kind }) => kind === 'needed').length;
  const then =
    needed === 0 ? 'The link only observes until it says mode: live.' : `${needed} ${needed === 1 ? 'thing must' : 'things must'} be filled in first.`;
  return `${file} is written. ${then} Then: config check ${file}`;
}
