import { HELD_REASONS } from '@sync-hub/console';
import {
  BugError,
  type FoundRecord,
  type HangingRecord,
  RecordAsked,
  type RecordDesk,
  type RecordHop,
  type RecordStanding,
  type RecordTimeline,
  recordKey,
} from '@sync-hub/contracts';
import { awayLine, HELP_TEXTS } from './held-lines.js';

type Say = (line: string) => void;

export const RECORD_USAGE = `record show UUID | IDENTIFIER | NAME [--json] [--after PLACE]
    where it is now, at every site, and why it waits; all that was ever said of it, the newest first; of a patient also what hangs on her.
    Whom you look for is kept nowhere; identifiers and names are found of who was read since this version`;

/** The commands that begin with `record`. */
export async function records(args: readonly string[], desk: RecordDesk, say: Say): Promise<number> {
  const { words, after, isJson } = given(args.slice(1));
  if (args[0] !== 'show' || words === '') {
    say(RECORD_USAGE);
    return 1;
  }
  const found = await desk.search(words);
  const [first, ...others] = found;
  if (first === undefined) throw new BugError('nothing is known here by that uuid, identifier or name');
  if (others.length > 0) return tell(found, foundLines, isJson, say);
  const asked = RecordAsked.safeParse({ uuid: first.record.uuid, ...(after === null ? {} : { after }) });
  const timeline = asked.success ? await desk.timeline(asked.data) : null;
  if (timeline === null) throw new BugError('nothing was ever said of it here');
  return tell(timeline, timelineLines, isJson, say);
}

function given(args: readonly string[]): { readonly words: string; readonly after: string | null; readonly isJson: boolean } {
  const place = args.indexOf('--after');
  const after = place === -1 ? null : (args[place + 1] ?? null);
  const words = args.filter((word, index) => word !== '--json' && word !== '--after' && (place === -1 || index !== place + 1));
  return { words: words.join(' ').trim(), after, isJson: args.includes('--json') };
}

function tell<Found>(found: Found, linesOf: (found: Found) => readonly string[], isJson: boolean, say: Say): number {
  for (const line of isJson ? [JSON.stringify(found, null, 2)] : linesOf(found)) say(line);
  return 0;
}

const foundLines = (found: readonly FoundRecord[]): readonly string[] => [
  `${found.length} are found by that ${found[0]?.by ?? 'name'}:`,
  ...found.map(({ record }) => `  record show ${record.uuid}`),
];

export function timelineLines({ record, patient, agreed, standing, stops, away, hops, next, hanging }: RecordTimeline): readonly string[] {
  return [
    `${recordKey(record)}${patient === null ? '' : ` of ${recordKey(patient)}`}`,
    ...agreed.map(({ parent, child, at, link }) => `  ${parent} and ${child} agreed at ${at} (link ${link})`),
    ...stops.map(
      ({ link, by, since }) =>
        `  stopped on ${link ?? 'every link'} by ${by} since ${since}: patient resume ${(patient ?? record).uuid}${link === null ? '' : ` --link ${link}`}`,
    ),
    ...away.map((one) => `  ${awayLine(one)}`),
    ...(standing.length === 0 ? ['  it is on its way nowhere now'] : standing.flatMap(standingLines)),
    ...(hanging.length === 0 ? [] : ['What hangs on her:', ...hanging.map(hangingLine)]),
    'What was said of it:',
    ...hops.map(hopLine),
    ...(next === null ? [] : [`  there is more: --after ${next}`]),
  ];
}

function standingLines({ kind, id, source, site, state, why, code, names, since, conflict, helps }: RecordStanding): readonly string[] {
  const where = kind === 'change' ? `at ${site}` : `${source} -> ${site}`;
  const reason =
    why === null
      ? 'goes on by itself'
      : `${HELD_REASONS[why as keyof typeof HELD_REASONS]?.text ?? why}${names.length === 0 ? '' : `: ${names.map(({ name }) => name).join(', ')}`}`;
  const act = conflict !== null ? `conflict show ${conflict}` : helps === null || helps === 'answer' ? null : `parked show ${id}: ${HELP_TEXTS[helps]}`;
  return [`  ${state} ${where} since ${since}: ${reason}${code === '' ? '' : ` [${code}]`}`, ...(act === null ? [] : [`    ${act}`])];
}

const hangingLine = ({ record, lastAt, states }: HangingRecord): string =>
  `  ${recordKey(record)}  ${states.length === 0 ? 'at rest' : states.join(', ')}  last ${lastAt}`;

function hopLine({ at, said, site, link, outcome, reason, by, fields, lost, origin }: RecordHop): string {
  const words = [
    at,
    said,
    ...(origin === null ? [] : [`from ${origin}`]),
    link === null || link === site ? site : `${site} on ${link}`,
    ...[outcome, reason].filter((one) => one !== null && one !== ''),
    ...(fields.length === 0 ? [] : [fields.join(', ')]),
    ...(lost.length === 0 ? [] : [`lost ${lost.join(', ')}`]),
    ...(by === null ? [] : [`by ${by}`]),
  ];
  return `  ${words.map((word) => String(word).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?')).join('  ')}`;
}
