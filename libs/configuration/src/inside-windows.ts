import { WEEKDAYS, type Window } from './windows.schema.js';

/** Is a moment inside of windows, and when is that otherwise next? */
export interface InsideWindows {
  readonly inside: boolean;
  /** `null` where it stays so for more than a fortnight. */
  readonly nextChange: Date | null;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * MINUTE_MS;
/** A window of one day a week that a change to summer time leaves out comes a week later. */
const LOOKED_AHEAD_MS = 15 * DAY_MS;

/** The first half of it alone, which costs next to nothing. */
export const isInsideWindows = (windows: readonly Window[], timeZone: string, instant: Date): boolean =>
  isOpen(windows, instant.getTime() + offsetAt(timeZone, instant.getTime()));

/** By what the clocks in that zone show: an hour that they leave out in spring opens nothing, one that they show twice in autumn counts twice. */
export function insideWindows(windows: readonly Window[], timeZone: string, instant: Date): InsideWindows {
  const start = instant.getTime();
  const inside = isInsideWindows(windows, timeZone, instant);
  for (let at = start; at < start + LOOKED_AHEAD_MS; ) {
    at = nextStop(windows, timeZone, at);
    if (isOpen(windows, at + offsetAt(timeZone, at)) !== inside) return { inside, nextChange: new Date(at) };
  }
  return { inside, nextChange: null };
}

/** `wall`: milliseconds since 1970 as a clock on the wall counts them. */
function isOpen(windows: readonly Window[], wall: number): boolean {
  const minute = Math.floor(wall / MINUTE_MS) % DAY_MINUTES;
  const today = new Date(wall).getUTCDay();
  return windows.some(({ days = WEEKDAYS, from, to }) => {
    const [begins, ends] = [minuteOf(from), minuteOf(to)];
    const beginsOn = (day: number): boolean => days.includes(WEEKDAYS[(day + 6) % 7] ?? 'mon');
    if (begins < ends) return beginsOn(today) && begins <= minute && minute < ends;
    return (beginsOn(today) && begins <= minute) || (beginsOn(today + 6) && minute < ends);
  });
}

/** The next moment at which anything may be otherwise: a window begins or ends, a day does, or the clocks are changed. */
function nextStop(windows: readonly Window[], timeZone: string, at: number): number {
  const offset = offsetAt(timeZone, at);
  const sinceMidnight = (at + offset) % DAY_MS;
  const stops = [DAY_MINUTES, ...windows.flatMap(({ from, to }) => [minuteOf(from), minuteOf(to)])].map((minute) => minute * MINUTE_MS);
  const next = at - sinceMidnight + Math.min(...stops.filter((stop) => stop > sinceMidnight));
  return offsetAt(timeZone, next) === offset ? next : changeOfClocks(timeZone, at, next);
}

/** The first moment after `from`, and not after `to`, at which the clocks show what they did not show at `from`. */
function changeOfClocks(timeZone: string, from: number, to: number): number {
  const offset = offsetAt(timeZone, from);
  let [before, after] = [from, to];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(timeZone, middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}

const CLOCKS = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const shows = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  const clock = CLOCKS.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { ...shows, timeZone, hourCycle: 'h23', calendar: 'gregory' });
  CLOCKS.set(timeZone, clock);
  return clock;
}

/** Milliseconds by which the clocks of the zone are ahead of UTC at that moment. */
function offsetAt(timeZone: string, at: number): number {
  const shown = Object.fromEntries(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
