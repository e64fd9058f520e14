import { type AuditLine, type AuditPage, BugError } from '@sync-hub/contracts';
import { AUDIT_KINDS, type AuditKind } from './audit-chain.js';

/** Where a line stands among all: by the moment it was recorded, in microseconds, then what was received before what is our own, then by number. */
export interface AuditPlace {
  readonly recorded: string;
  readonly kind: AuditKind;
  readonly id: string;
}

export interface PlacedLine {
  readonly place: AuditPlace;
  readonly line: AuditLine;
}

/** A stretch of time, without its end. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** A place as a page is asked for with it. */
export const wordOf = ({ recorded, kind, id }: AuditPlace): string => `${recorded}.${kind}.${id}`;

/** @throws BugError where it is none. */
export function placeIn(word: string): AuditPlace {
  const [, recorded, kind, id] = /^(-?\d{1,18})\.([a-z]+)\.(\d{1,18})$/.exec(word) ?? [];
  const known = AUDIT_KINDS.find((one) => one === kind);
  if (recorded === undefined || id === undefined || known === undefined) throw new BugError('this is no place where a page of the audit begins');
  return { recorded, kind: known, id };
}

/** The first of these lines, the newest first, and where the next begins: there are more than fit where there is another. */
export function pageOf(found: readonly PlacedLine[], limit: number): AuditPage {
  const sorted = [...found].sort((a, b) => compare(b.place, a.place));
  const shown = sorted.slice(0, limit);
  const last = shown.at(-1);
  return { lines: shown.map(({ line }) => line), next: sorted.length > limit && last !== undefined ? wordOf(last.place) : null };
}

function compare(a: AuditPlace, b: AuditPlace): number {
  const byMoment = BigInt(a.recorded) - BigInt(b.recorded);
  if (byMoment !== 0n) return byMoment < 0n ? -1 : 1;
  if (a.kind !== b.kind) return a.kind === 'own' ? -1 : 1;
  return BigInt(a.id) < BigInt(b.id) ? -1 : 1;
}

const EVER: Span = { from: '-infinity', to: 'infinity' };

interface Bounds {
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly place: AuditPlace | null;
}

/** The spans that are to be looked at, the newest first: each open month (`YYYY-MM`), and what lies before, between and behind them. */
export function spansBefore(months: readonly string[], { since, until, place }: Bounds): readonly Span[] {
  const edges = [...new Set(months.flatMap((month) => [beginningOfMonth(month), beginningOfMonth(following(month))]))].sort();
  const spans = [EVER.from, ...edges].map((from, index) => ({ from, to: edges[index] ?? EVER.to })).reverse();
  const newest = place === null ? null : new Date(Number(BigInt(place.recorded) / 1000n)).toISOString();
  return spans
    .filter(
      ({ from, to }) =>
        isBelow(from, newest, true) && isBelow(from, until ?? null, false) && (since === undefined || to === EVER.to || instant(to) > instant(since)),
    )
    .map(({ from, to }) => ({
      from: since !== undefined && (from === EVER.from || instant(from) < instant(since)) ? since : from,
      to: until !== undefined && (to === EVER.to || instant(until) < instant(to)) ? until : to,
    }));
}

/** The first by itself, for most pages need no more; the others so many at once, in their order. */
export function inGroups<Item>([first, ...others]: readonly Item[], size: number): readonly (readonly Item[])[] {
  if (first === undefined) return [];
  return [[first], ...Array.from({ length: Math.ceil(others.length / size) }, (_, index) => others.slice(index * size, (index + 1) * size))];
}

const isBelow = (from: string, moment: string | null, orAt: boolean): boolean =>
  moment === null || from === EVER.from || (orAt ? instant(from) <= instant(moment) : instant(from) < instant(moment));

const instant = (moment: string): number => Date.parse(moment);

const beginningOfMonth = (month: string): string => `${month}-01T00:00:00Z`;

/** The month after one, both as `YYYY-MM`. */
export function following(month: string): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, of, 1)).toISOString().slice(0, 7);
}
