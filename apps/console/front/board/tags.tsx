import { Tag } from '@carbon/react';
import type { BoardRoute, BoardSite } from '@sync-hub/contracts';
import { LinkHere } from '../link-here.js';
import { freshnessTag, type RouteShown, type SiteShown, siteTag, standingTag } from './tag-of.js';
import { useBoardWords } from './use-board-words.js';

interface RouteProps {
  readonly route: RouteShown;
  readonly now: Date;
  /** So it was when it was heard of last: nobody knows how it is now. */
  readonly isPast?: boolean;
}

/** How fresh a route is, since when, and what keeps it from being fresher. The colour says nothing that the word does not. */
export function FreshnessTold({ route, now, isPast = false }: RouteProps) {
  const { words, ago, moment } = useBoardWords();
  const { state, asOf } = route.freshness;
  const { type, sign } = freshnessTag(route, isPast);
  return (
    <>
      <Tag size="sm" type={type}>
        <span aria-hidden="true">{sign} </span>
        <span>{isPast ? words.asHeard(words.states[state]) : words.states[state]}</span>
      </Tag>{' '}
      <time dateTime={asOf ?? undefined} title={asOf === null ? undefined : moment(asOf)}>
        {words.asOf(asOf === null ? words.never : ago(asOf, now))}
      </time>
      {!isPast && <Because route={route} />}
    </>
  );
}

/** How old it may be, or what keeps it from being fresher. */
function Because({ route: { freshness, freshWithinSeconds, source, target } }: Pick<RouteProps, 'route'>) {
  const { words, duration } = useBoardWords();
  const { state, because } = freshness;
  const inWords = (): string => words.because[because as keyof typeof words.because]?.(because === 'target' ? target : source) ?? because;
  return <div className="soft">{state === 'fresh' ? words.target(duration(freshWithinSeconds)) : inWords()}</div>;
}

/** Why nothing is written on a route now, where that is so. */
export function StandingTold({ route, now, isPast = false }: RouteProps) {
  const { words, clock } = useBoardWords();
  const { standing, restsUntil, pause } = route;
  if (standing === 'live') return null;
  return (
    <div>
      <Tag size="sm" type={standingTag(standing, isPast)}>
        {standing === 'rests' && restsUntil !== null
          ? words.restsUntil(clock(restsUntil, now))
          : (words.standings[standing as keyof typeof words.standings] ?? standing)}
      </Tag>
      {pause !== null && <span className="soft">{words.pausedBy(pause.by, clock(pause.since, now))}</span>}
    </div>
  );
}

/** What waits on a route, and when that is done as fast as it goes now. */
export function BacklogTold({ route, now, isPast = false }: RouteProps) {
  const { words, duration } = useBoardWords();
  const { jobs, changes, catchUpSeconds } = route;
  const waits = [...(jobs > 0 ? [words.jobs(jobs)] : []), ...(changes > 0 ? [words.changes(changes)] : [])];
  return (
    <>
      {waits.length === 0 ? <span className="soft">{words.none}</span> : waits.map((text) => <div key={text}>{text}</div>)}
      {waits.length > 0 && !isPast && <div className="soft">{catchUpSeconds === null ? words.doneUnknown : words.doneIn(duration(catchUpSeconds))}</div>}
      <StandingTold route={route} now={now} isPast={isPast} />
    </>
  );
}

interface HeldProps {
  readonly held: BoardRoute['held'];
  readonly link: string;
  /** The instance that holds it, where that is another one. */
  readonly origin?: string;
}

/** What of a route needs a person, each with the place where it is seen to. */
export function HeldTold({ held, link, origin }: HeldProps) {
  const { words, heldWords } = useBoardWords();
  const { conflict = 0, ...others } = held;
  const parked = Object.entries(others);
  if (conflict === 0 && parked.length === 0) return <span className="soft">{words.none}</span>;
  return (
    <>
      {conflict > 0 && (
        <div>
          <LinkHere to={`/conflicts?link=${encodeURIComponent(link)}`}>{words.conflicts(conflict)}</LinkHere>
        </div>
      )}
      {parked.map(([why, count]) => (
        <div key={why}>
          <LinkHere to={origin === undefined ? '/parked' : `/parked?origin=${encodeURIComponent(origin)}`}>
            {count} {heldWords.whys[why as keyof typeof heldWords.whys] ?? why}
          </LinkHere>
        </div>
      ))}
    </>
  );
}

export function SiteStateTold({ site, now, isPast = false }: { readonly site: SiteShown; readonly now: Date; readonly isPast?: boolean }) {
  const { words, clock } = useBoardWords();
  const { type, sign } = siteTag(site, isPast);
  return (
    <>
      <Tag size="sm" type={type}>
        <span aria-hidden="true">{sign} </span>
        <span>{isPast ? words.asHeard(words.siteStates[site.state]) : words.siteStates[site.state]}</span>
      </Tag>{' '}
      {site.since !== null && <span className="soft">{words.since(clock(site.since, now))}</span>}
      {site.rests !== null && <div>{site.rests.until === null ? words.standings.rests : words.restsUntil(clock(site.rests.until, now))}</div>}
    </>
  );
}

/** So far off is not worth a word. */
const SAME_MS = 2000;

/** By how much a site's clock is ahead of ours, or behind. */
export function ClockTold({ site: { clockSkewMs } }: { readonly site: Pick<BoardSite, 'clockSkewMs'> }) {
  const { words, duration } = useBoardWords();
  if (clockSkewMs === null) return <span className="soft">{words.clockUnknown}</span>;
  if (Math.abs(clockSkewMs) < SAME_MS) return words.clockSame;
  const by = duration(Math.abs(clockSkewMs) / 1000);
  return <strong>{clockSkewMs > 0 ? words.clockAhead(by) : words.clockBehind(by)}</strong>;
}
