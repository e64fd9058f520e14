import { Tag } from '@carbon/react';
import type { BoardRoute, BoardSite, RouteStanding } from '@sync-hub/contracts';
import { LinkHere } from '../link-here.js';
import { useBoardWords } from './use-board-words.js';

const FRESH = { fresh: ['green', '✓'], late: ['red', '!'], unknown: ['gray', '?'] } as const;
const STANDS = {
  observe: 'gray',
  'read-only': 'gray',
  braked: 'red',
  paused: 'purple',
  draining: 'purple',
  rests: 'gray',
  live: 'green',
} as const satisfies Record<RouteStanding, string>;
const SITES = { up: ['green', '✓'], down: ['red', '!'], 'locked-out': ['red', '!'], quarantined: ['red', '!'], 'not-asked': ['gray', '?'] } as const;

/** How fresh a route is, since when, and what keeps it from being fresher. The colour says nothing that the word does not. */
export function FreshnessTold({ route, now }: { readonly route: BoardRoute; readonly now: Date }) {
  const { words, ago, duration, moment } = useBoardWords();
  const { state, asOf, because } = route.freshness;
  const [type, sign] = FRESH[state];
  // Nobody is to worry about what is behind because nothing may be asked or written now.
  const isQuiet = route.standing === 'rests' || route.standing === 'observe';
  return (
    <>
      <Tag size="sm" type={isQuiet ? 'gray' : type}>
        <span aria-hidden="true">{sign} </span>
        <span>{words.states[state]}</span>
      </Tag>{' '}
      <time dateTime={asOf ?? undefined} title={asOf === null ? undefined : moment(asOf)}>
        {words.asOf(asOf === null ? words.never : ago(asOf, now))}
      </time>
      <div className="soft">
        {state === 'fresh' ? words.target(duration(route.freshWithinSeconds)) : words.because[because](because === 'target' ? route.target : route.source)}
      </div>
    </>
  );
}

/** Why nothing is written on a route now, where that is so. */
export function StandingTold({ route, now }: { readonly route: BoardRoute; readonly now: Date }) {
  const { words, clock } = useBoardWords();
  const { standing, restsUntil, pause } = route;
  if (standing === 'live') return null;
  return (
    <div>
      <Tag size="sm" type={STANDS[standing]}>
        {standing === 'rests' && restsUntil !== null ? words.restsUntil(clock(restsUntil, now)) : words.standings[standing]}
      </Tag>
      {pause !== null && <span className="soft">{words.pausedBy(pause.by, clock(pause.since, now))}</span>}
    </div>
  );
}

/** What waits on a route, and when that is done as fast as it goes now. */
export function BacklogTold({ route, now }: { readonly route: BoardRoute; readonly now: Date }) {
  const { words, duration } = useBoardWords();
  const { jobs, changes, catchUpSeconds } = route;
  const waits = [...(jobs > 0 ? [words.jobs(jobs)] : []), ...(changes > 0 ? [words.changes(changes)] : [])];
  return (
    <>
      {waits.length === 0 ? <span className="soft">{words.none}</span> : waits.map((text) => <div key={text}>{text}</div>)}
      {waits.length > 0 && <div className="soft">{catchUpSeconds === null ? words.doneUnknown : words.doneIn(duration(catchUpSeconds))}</div>}
      <StandingTold route={route} now={now} />
    </>
  );
}

/** What of a route needs a person, each with the place where it is seen to. */
export function HeldTold({ held, link }: { readonly held: BoardRoute['held']; readonly link: string }) {
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
          <LinkHere to="/parked">
            {count} {heldWords.whys[why as keyof typeof heldWords.whys] ?? why}
          </LinkHere>
        </div>
      ))}
    </>
  );
}

export function SiteStateTold({ site, now }: { readonly site: BoardSite; readonly now: Date }) {
  const { words, clock } = useBoardWords();
  const [type, sign] = SITES[site.state];
  return (
    <>
      <Tag size="sm" type={site.rests === null ? type : 'gray'}>
        <span aria-hidden="true">{sign} </span>
        <span>{words.siteStates[site.state]}</span>
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
