/** Dates as webservices.rest reads and writes them, in the zone of the server (`ConversionUtil`). */

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(zone, made);
  return made;
}

/** How far the clocks of `zone` were ahead of UTC at that instant, in milliseconds. */
export function offsetMs(instant: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const part: Record<string, number> = {};
  for (const { type, value } of formatter(zone).formatToParts(instant)) part[type] = Number(value);
  const wall = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second']);
  return wall - Math.floor(instant / 1000) * 1000;
}

/** `2020-05-01T10:15:00.000+0000`: no colon in the offset. */
export function restDate(instant: number, zone: string): string {
  const offset = offsetMs(instant, zone);
  const minutes = Math.trunc(Math.abs(offset) / 60_000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  return `${new Date(instant + offset).toISOString().slice(0, 23)}${sign}${two(Math.trunc(minutes / 60))}${two(minutes % 60)}`;
}

/** The instant at which a wall clock in `zone` shows what `wall` says as if it were UTC. */
function instantOf(wall: number, zone: string): number {
  const guess = wall - offsetMs(wall, zone);
  return wall - offsetMs(guess, zone);
}

/** Midnight of a calendar date on the server's clock. */
export const localMidnight = (date: string, zone: string): number => instantOf(Date.parse(`${date}T00:00:00Z`), zone);

/** The calendar date that the server's clock shows at an instant. */
export const localDate = (instant: number, zone: string): string => new Date(instant + offsetMs(instant, zone)).toISOString().slice(0, 10);

/** The time of day that the server's clock shows at an instant. */
export const localTime = (instant: number, zone: string): string => new Date(instant + offsetMs(instant, zone)).toISOString().slice(11, 19);

const DATE = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?(Z|[+-]\d\d:?\d\d)?| (\d\d:\d\d:\d\d))?$/;

/** The instant, or null for what none of the seven accepted patterns can read. Without an offset the server's zone is meant. */
export function parseRestDate(text: string, zone: string): number | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const [, date, time, fraction = '', offset, spaced] = match;
  const wall = Date.parse(`${date}T${time ?? spaced ?? '00:00:00'}.${fraction.padEnd(3, '0')}Z`);
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(date ?? '')) return null;
  if (offset === undefined) return instantOf(wall, zone);
  if (offset === 'Z') return wall;
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)/.exec(offset) ?? [];
  return wall - (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
