import type { AuditFromOverview, AuditToOverview, Overview } from './overview.js';
import type { Cell, News, Table } from './page.js';
import { countText, type Words } from './plain-words.js';

/** Why the audit does not get where it is to be, in plain words; `isOurs` where it waits for a person, and not for a connection. */
const TROUBLES: Readonly<Record<string, { readonly text: string; readonly isOurs: boolean }>> = {
  unreachable: { text: 'it cannot be reached', isOurs: false },
  'not-trusted': { text: 'it does not know this instance, or by another secret, or the clocks differ by more than five minutes', isOurs: true },
  'nobody-receives': { text: 'nobody receives at that address', isOurs: true },
  'answer-not-signed': { text: 'what answers at that address does not know the secret', isOurs: true },
  'report-refused': { text: 'it cannot read what this version sends', isOurs: true },
  contract: { text: 'its answer is not as it should be', isOurs: true },
  'report-too-long': { text: 'something on the way takes no body of 300 kB', isOurs: true },
};

const troubleOf = (code: string) => TROUBLES[code] ?? { text: code, isOurs: false };

/** So many of what waits are counted. */
const MOST = 10_000;
const rowsText = (rows: number): string => (rows < MOST ? countText(rows, 'row') : `${countText(MOST, 'row')} and more`);

/** Where the audit of this instance goes, and whose it receives; no table where there is neither. */
export function auditTables({ audit: { to, from } }: Overview, words: Words): Table[] {
  if (to === null && from.length === 0) return [];
  return [
    {
      id: 'audit',
      title: 'Audit of other instances',
      explains: 'Each instance keeps an audit of its own links, and ships it where it is told to once it can reach that one. Nothing is lost while it cannot.',
      count: countText(from.length, 'instance received', 'instances received'),
      columns: ['Instance', 'Last heard of', 'Rows here', 'Waiting'],
      rows: [...(to === null ? [] : [toRow(to, words)]), ...from.map((one) => fromRow(one, words))],
      empty: '',
    },
  ];
}

const toRow = ({ url, heardAt, failingSince, code, ...waiting }: AuditToOverview, words: Words): Cell[] => [
  { text: url, note: 'this instance reports to it' },
  code === null || failingSince === null
    ? heardCell(heardAt, words)
    : { ...heardCell(heardAt, words), tone: troubleOf(code).isOurs ? 'bad' : 'busy', note: `${troubleOf(code).text}, ${words.since(failingSince)}` },
  { text: 'none', tone: 'quiet' },
  waitingCell(waiting, words),
];

const fromRow = ({ origin, heard }: AuditFromOverview, words: Words): Cell[] => [
  { text: origin, code: true },
  heardCell(heard?.heardAt ?? null, words),
  { text: countText(heard?.taken ?? 0, 'row') },
  heard === null ? { text: 'unknown', tone: 'quiet' } : waitingCell({ rows: heard.waiting, since: heard.waitingSince, notTaken: heard.notTaken }, words),
];

const heardCell = (at: Date | null, words: Words): Cell => (at === null ? { text: 'never', tone: 'quiet' } : { text: words.ago(at), note: words.clock(at) });

function waitingCell({ rows, since, notTaken }: Pick<AuditToOverview, 'rows' | 'since' | 'notTaken'>, words: Words): Cell {
  const note = notTaken === 0 ? {} : { note: `${countText(notTaken, 'row')} not taken, and sent again daily` };
  if (rows === 0 || since === null) return { text: 'nothing', tone: notTaken === 0 ? 'quiet' : 'busy', ...note };
  return { text: `${rowsText(rows)}, the first ${words.since(since)}`, tone: 'busy', ...note };
}

/** What a person should know: that the audit does not get where it is to be, and of rows that nobody there can take. */
export function auditNews({ audit: { to, from } }: Pick<Overview, 'audit'>, words: Pick<Words, 'since'>): News[] {
  const failing: News[] =
    to === null || to.code === null || to.failingSince === null
      ? []
      : [
          {
            tone: troubleOf(to.code).isOurs ? 'bad' : 'busy',
            text: `The audit does not get to ${to.url} ${words.since(to.failingSince)}: ${troubleOf(to.code).text}; ${rowsText(to.rows)} wait, and nothing is lost`,
          },
        ];
  const notTaken: readonly (readonly [string, number])[] = [
    ...(to === null ? [] : [[`this instance by ${to.url}`, to.notTaken] as const]),
    ...from.map(({ origin, heard }) => [`${origin} here`, heard?.notTaken ?? 0] as const),
  ];
  return [
    ...failing,
    ...notTaken
      .filter(([, rows]) => rows > 0)
      .map(
        ([whose, rows]): News => ({
          tone: 'busy',
          text: `${countText(rows, 'audit row')} of ${whose} could not be taken, as of a newer version: sent again daily`,
        }),
      ),
  ];
}
