import { insideWindows, isInsideWindows } from './inside-windows.js';
import type { Path, Problem } from './problem.js';
import type { Configuration, LinkConfiguration, SiteConfiguration } from './schema.js';
import type { Window } from './windows.schema.js';

/** Windows, and the zone by whose clocks they are meant. */
interface Hours {
  readonly windows: readonly Window[];
  readonly timeZone: string;
}

/** Windows that never open, whose hours nobody could tell, or that never are open together with those they need: what waits for them would wait for ever. */
export const windowProblems = ({ sites, links }: Configuration): Problem[] => [
  ...sites.flatMap(({ windows = [], timeZone }, index) => [
    ...emptyProblems(windows, ['sites', index, 'windows']),
    ...(windows.length > 0 && timeZone === undefined ? [zoneProblem(['sites', index, 'timeZone'])] : []),
  ]),
  ...links.flatMap((link, index) => linkProblems(link, index, sites)),
];

function emptyProblems(windows: readonly Window[], path: Path): Problem[] {
  return windows.flatMap(({ from, to }, index): Problem[] =>
    from === to ? [problem([...path, index, 'to'], `${to}, when it begins`, 'another time than from; from 00:00 to 24:00 is the whole day')] : [],
  );
}

const zoneProblem = (path: Path): Problem =>
  problem(path, 'nothing', 'a time zone by its IANA name, such as Africa/Nairobi, by whose clocks the windows are meant');

function linkProblems(link: LinkConfiguration, index: number, sites: readonly SiteConfiguration[]): Problem[] {
  const at = (key: string): Path => ['links', index, 'schedule', key];
  const place = sites.findIndex(({ id }) => id === link.child);
  const [parent, child] = [sites.find(({ id }) => id === link.parent), sites[place]];
  if (parent === undefined || child === undefined) return [];
  const directions = (['pull', 'push'] as const).flatMap((direction): Problem[] => {
    const windows = link.schedule?.[direction];
    if (windows === undefined) return [];
    const target = direction === 'pull' ? child : parent;
    const hours = child.timeZone === undefined ? null : { windows, timeZone: child.timeZone };
    return [
      ...emptyProblems(windows, at(direction)),
      ...(areEverOpenTogether(hours, hoursOf(target))
        ? []
        : [problem(at(direction), `windows that are never open while ${target.id} may be asked`, `windows that are, by the clock of ${child.id}`)]),
    ];
  });
  const needsZone = link.schedule !== undefined && child.timeZone === undefined && child.windows === undefined;
  return [
    ...(needsZone ? [zoneProblem(['sites', place, 'timeZone'])] : []),
    ...directions,
    ...(areEverOpenTogether(hoursOf(parent), hoursOf(child))
      ? []
      : [
          problem(
            ['links', index, 'child'],
            `a site that may never be asked while ${parent.id} may`,
            `windows of ${child.id} and ${parent.id} that are open together`,
          ),
        ]),
  ];
}

const hoursOf = ({ windows, timeZone }: SiteConfiguration): Hours | null => (windows === undefined || timeZone === undefined ? null : { windows, timeZone });

const DAY_MS = 24 * 60 * 60 * 1000;
/** A week of winter and a week of summer: clocks of two zones are not changed on the same days. */
const WEEKS = ['2026-01-12', '2026-07-13'].map((monday) => Date.parse(monday));

/** Two that are open together at all are so at a moment at which one of them opens. */
function areEverOpenTogether(one: Hours | null, other: Hours | null): boolean {
  if (one === null || other === null || [...one.windows, ...other.windows].some(({ from, to }) => from === to)) return true;
  return openingsOf(one).some((at) => isOpen(other, at)) || openingsOf(other).some((at) => isOpen(one, at));
}

const isOpen = ({ windows, timeZone }: Hours, at: Date): boolean => isInsideWindows(windows, timeZone, at);

/** The moments in these weeks at which they open; the first of a week where they are open then. */
function openingsOf({ windows, timeZone }: Hours): readonly Date[] {
  return WEEKS.flatMap((week) => {
    const openings: Date[] = [];
    for (let at: Date | null = new Date(week); at !== null && at.getTime() < week + 8 * DAY_MS; ) {
      const { inside, nextChange }: ReturnType<typeof insideWindows> = insideWindows(windows, timeZone, at);
      if (inside) openings.push(at);
      at = nextChange;
    }
    return openings;
  });
}

const problem = (path: Path, found: string, allowed: string): Problem => ({ path, found, allowed, didYouMean: null });
