import type { DestinationStream } from 'pino';

/** Keys that have their own place in a readable line. */
const PLACED = new Set(['level', 'time', 'event', 'service', 'instance', 'error', 'aggregate', 'uuid', 'seconds', 'source', 'target']);
const COLOURS: Readonly<Record<string, string>> = { debug: '\u001b[2m', info: '\u001b[36m', warn: '\u001b[33m', error: '\u001b[31m' };
const PLAIN = '\u001b[0m';

/** Are lines for people wanted? Where somebody sits at a terminal, unless `SYNC_HUB_LOG` says `json` or `pretty`. */
export const wantsReadableLines = (setting: string | undefined, isTerminal: boolean): boolean =>
  setting === 'pretty' || setting === 'json' ? setting === 'pretty' : isTerminal;

/** A destination that turns JSON lines into lines for people and passes them on. */
export const readableLines = (out: DestinationStream, colours: boolean): DestinationStream => ({
  write: (line) => out.write(`${readableLine(line, colours)}\n`),
});

/** `10:42:03 pusher  job.ended person/8d6c… central to kisumu · outcome pushed · 0.41 s`, in the zone of this machine. */
export function readableLine(line: string, colours: boolean): string {
  const entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const paint = (text: string, colour: string | undefined): string => (colours && colour !== undefined ? `${colour}${text}${PLAIN}` : text);
  const level = String(entry['level']);
  const head = [
    new Date(String(entry['time'])).toLocaleTimeString('en-GB'),
    String(entry['service'] ?? '').padEnd(16),
    level === 'info' ? '' : paint(level.toUpperCase(), COLOURS[level]),
  ];
  const event = paint(String(entry['event']), COLOURS[level]);
  return [...head, event, recordOf(entry), endsOf(entry), ...othersOf(entry), secondsOf(entry), errorOf(entry)].filter((part) => part !== '').join(' ');
}

type Entry = Readonly<Record<string, unknown>>;
const recordOf = (entry: Entry): string => (entry['uuid'] === undefined ? '' : `${String(entry['aggregate'] ?? 'record')}/${String(entry['uuid'])}`);
const endsOf = (entry: Entry): string =>
  entry['source'] === undefined || entry['target'] === undefined ? '' : `${String(entry['source'])} to ${String(entry['target'])}`;
const othersOf = (entry: Entry): string[] =>
  Object.entries(entry)
    .filter(([key]) => !PLACED.has(key))
    .map(([key, value]) => `· ${key} ${Array.isArray(value) ? value.join(',') || 'none' : String(value)}`);
const secondsOf = (entry: Entry): string => (typeof entry['seconds'] === 'number' ? `· ${entry['seconds'].toFixed(2)} s` : '');

function errorOf(entry: Entry): string {
  const error = entry['error'] as { code: string; message: string; details?: object; at?: string[] } | undefined;
  if (error === undefined) return '';
  const details = error.details === undefined ? '' : ` ${JSON.stringify(error.details)}`;
  return `· ${error.message} (${error.code})${details}${error.at === undefined ? '' : ` at ${error.at.join(' < ')}`}`;
}
