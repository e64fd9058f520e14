import type { BoardLink } from '@sync-hub/contracts';
import { Cell, Columns } from '../columns.js';
import { LinkHere } from '../link-here.js';
import { StoppedHere } from '../patients/stopped-here.js';
import { BoardFrame, SitesAway } from './board-frame.js';
import { LinkActs } from './link-acts.js';
import { Missing } from './missing.js';
import { onRoute } from './of-category.js';
import { Routes } from './routes.js';
import { HeldTold } from './tags.js';
import { useBoardWords } from './use-board-words.js';

/** One link: both directions, and each kind of record on them. */
export function LinkPage({ link: id }: { readonly link: string }) {
  const { words } = useBoardWords();
  return (
    <BoardFrame title={id} count={words.link} isPart>
      {(board, now) => {
        const link = board.links.find((one) => one.link === id);
        if (link === undefined) return <Missing />;
        const ends = board.sites.filter(({ site }) => link.routes.some(({ source }) => source === site));
        return (
          <>
            <SitesAway sites={ends} now={now} />
            <StoppedHere links={[id]} />
            <Routes links={[link]} sites={board.sites} now={now} />
            <p>
              {ends.map(({ site, title }) => (
                <LinkHere key={site} to={`/board/site/${encodeURIComponent(site)}`} className="cds--link apart">
                  {title}
                </LinkHere>
              ))}
            </p>
            <LinkActs link={link} />
            <h2>{words.categories}</h2>
            <OnLink link={link} now={now} />
          </>
        );
      }}
    </BoardFrame>
  );
}

function OnLink({ link: { link, routes }, now }: { readonly link: BoardLink; readonly now: Date }) {
  const { words, categoryName, ago } = useBoardWords();
  const rows = routes.flatMap((route) =>
    [...new Set([...route.carries, ...route.categories.map(({ category }) => category)])].sort().map((category) => ({ route, one: onRoute(route, category) })),
  );
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.category, words.direction, words.backlog, words.needs]} />
      <tbody>
        {rows.map(({ route, one }) => (
          <tr key={`${route.direction} ${one.category}`}>
            <Cell of={words.category}>
              <LinkHere to={`/board/category/${one.category}`}>{categoryName(one.category)}</LinkHere>
            </Cell>
            <Cell of={words.direction}>
              {route.source} → {route.target}
              {!route.carries.includes(one.category) && <div className="soft">{words.travelsNot}</div>}
            </Cell>
            <Cell of={words.backlog}>
              {one.open === 0 ? <span className="soft">{words.idle}</span> : words.open(one.open)}
              {one.movingSince !== null && <span className="soft"> {words.oldest(ago(one.movingSince, now))}</span>}
            </Cell>
            <Cell of={words.needs}>
              <HeldTold held={one.held} link={link} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
