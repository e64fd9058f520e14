import type { ShownRow, Tone } from './shown-row.js';

/** Where to look further. */
export interface Places {
  readonly console: string;
  /** With its token. */
  readonly conflicts: string;
  readonly logs: string;
}

/** All that a terminal shows at one moment. */
export interface ScreenModel {
  readonly progress: string;
  readonly places: Places | null;
  readonly counts: { readonly onTheWay: number; readonly arrived: number; readonly held: number; readonly typicalSeconds: number | null } | null;
  readonly rows: readonly ShownRow[];
  /** What people did last. */
  readonly deeds: readonly string[];
}

export interface FrameSize {
  readonly columns: number;
  readonly rows: number;
  readonly colours: boolean;
}

type RowTexts = Readonly<Record<'record' | 'from' | 'to' | 'outcome' | 'seconds', string>>;

export const TITLE_ROW: RowTexts = { record: 'Record', from: 'From', to: 'To', outcome: 'Outcome', seconds: 'Seconds' };

const ESC = '\u001b[';
const CODES: Readonly<Record<Tone | 'strong' | 'link', string>> = { good: '32', busy: '33', bad: '31', quiet: '2', strong: '1', link: '4' };
type Paint = (text: string, as: keyof typeof CODES) => string;

const LEAST_OUTCOME = 8;
const FIXED = 17 + 14 + 14 + 7 + 4 * 2;

/** A row of the table, in columns that stand under each other. */
export function rowLine({ record, from, to, outcome, seconds }: RowTexts, columns = 0, paint: (outcome: string) => string = (text) => text): string {
  const width = columns === 0 ? 31 : Math.max(LEAST_OUTCOME, Math.min(34, columns - FIXED - 1));
  const cells = [fitted(record, 17), fitted(from, 14), fitted(to, 14), paint(fitted(outcome, width)), seconds.padStart(7)];
  return cells.join('  ');
}

/** The lines of the screen, none wider than it, one less than it has so that nothing scrolls. */
export function frameOf({ progress, places, counts, rows, deeds }: ScreenModel, { columns, rows: height, colours }: FrameSize): string[] {
  const paint: Paint = (text, as) => (colours ? `${ESC}${CODES[as]}m${text}${ESC}0m` : text);
  const head = [
    paint(fitted('OpenMRS Sync Hub: a parent and two clinics, kept in step', columns).trimEnd(), 'strong'),
    '',
    ...(places === null ? [] : placesLines(places, columns, paint)),
    cut(progress, columns),
    ...(counts === null ? [] : [painted(countsLine(counts, plain), columns, () => countsLine(counts, paint))]),
    '',
  ];
  const foot = deeds.length === 0 ? [] : ['', ...deeds.map((deed, index) => paint(cut(deed, columns), index === deeds.length - 1 ? 'strong' : 'quiet'))];
  if (rows.length === 0) return [...head, ...foot];
  const room = Math.max(3, height - 2 - head.length - foot.length);
  const table = rows.slice(-room).map((row) => {
    const texts = { ...row, seconds: row.seconds.toFixed(1) };
    return painted(rowLine(texts, columns), columns, () => rowLine(texts, columns, (text) => paint(text, row.tone)));
  });
  return [...head, paint(cut(rowLine(TITLE_ROW, columns), columns), 'strong'), ...table, ...foot];
}

/** An address is shown whole, on as many lines as that takes. */
function placesLines({ console, conflicts, logs }: Places, columns: number, paint: Paint): string[] {
  const address = `Conflicts  ${conflicts}`;
  const lines = Array.from({ length: Math.ceil(address.length / columns) }, (_, line) => address.slice(line * columns, (line + 1) * columns));
  return [`Console    ${paint(console, 'link')}`, ...lines, paint(cut(`Logs       ${logs}`, columns), 'quiet'), ''];
}

function countsLine({ onTheWay, arrived, held, typicalSeconds }: NonNullable<ScreenModel['counts']>, paint: Paint): string {
  return [
    paint(`${arrived} arrived`, 'good'),
    paint(`${onTheWay} on the way`, onTheWay === 0 ? 'quiet' : 'busy'),
    paint(`${held} held`, held === 0 ? 'quiet' : 'bad'),
    ...(typicalSeconds === null ? [] : [`typically ${typicalSeconds.toFixed(1)} s from typing to arrival`]),
  ].join(', ');
}

const plain: Paint = (text) => text;

/** In colours where it fits: colours count for nothing, but cannot be cut. */
const painted = (text: string, width: number, inColours: () => string): string => (text.length <= width ? inColours() : cut(text, width));

const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`);
const fitted = (text: string, width: number): string => cut(text, width).padEnd(width);
