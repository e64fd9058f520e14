import type { BoardSite } from '@sync-hub/contracts';
import { LinkHere } from '../link-here.js';
import { StoppedHere } from '../patients/stopped-here.js';
import { BoardFrame, SitesAway } from './board-frame.js';
import { Closed } from './closed.js';
import { Feeds } from './feeds.js';
import { Missing } from './missing.js';
import { Routes } from './routes.js';
import { ClockTold, SiteStateTold } from './tags.js';
import { useBoardWords } from './use-board-words.js';

/** One site: whether it answers, what it is, its links, its feeds, and what it does not take. */
export function SitePage({ site: id }: { readonly site: string }) {
  const { words } = useBoardWords();
  return (
    <BoardFrame title={id} count={words.site} isPart>
      {(board, now) => {
        const site = board.sites.find((one) => one.site === id);
        if (site === undefined) return <Missing />;
        const touches = board.links.filter(({ routes }) => routes.some(({ source }) => source === id));
        return (
          <>
            <SitesAway sites={[site]} now={now} />
            <About site={site} now={now} />
            <h2>{words.linksOf}</h2>
            <StoppedHere links={touches.map(({ link }) => link)} />
            <Routes links={touches} sites={board.sites} now={now} />
            <h2>{words.cannot}</h2>
            <Closed closed={board.closed.filter((one) => one.site === id)} empty={words.nothingClosed} />
            <h2>{words.feeds}</h2>
            <Feeds feeds={site.feeds.map((feed) => ({ site: id, feed }))} now={now} />
            <p>
              <LinkHere to="/runs">{words.rewindThere}</LinkHere>
            </p>
          </>
        );
      }}
    </BoardFrame>
  );
}

function About({ site, now }: { readonly site: BoardSite; readonly now: Date }) {
  const { words, ago } = useBoardWords();
  const { platform, rest, fhir2, takesUuids, askedAt } = site;
  const told = [
    ...(platform === null ? [] : [words.platform(platform)]),
    ...(rest === null ? [] : [words.rest(rest)]),
    ...(fhir2 === null ? [] : [words.fhir2(fhir2)]),
    ...(takesUuids === null ? [] : [takesUuids ? words.takesUuids : words.makesOwn]),
    words.generation(site.generation),
    ...(askedAt === null ? [] : [words.askedAt(ago(askedAt, now))]),
  ];
  return (
    <dl className="facts">
      <dt>{words.state}</dt>
      <dd>
        <SiteStateTold site={site} now={now} />
      </dd>
      <dt>{words.waiting}</dt>
      <dd>
        {words.toRead(site.toRead)}, {words.toWrite(site.toWrite)}
        {site.changesHeld > 0 && `, ${words.changesHeld(site.changesHeld)}`}
      </dd>
      <dt>{words.clock}</dt>
      <dd>
        <ClockTold site={site} />
      </dd>
      <dt>{words.about}</dt>
      <dd>{told.join(', ')}</dd>
    </dl>
  );
}
