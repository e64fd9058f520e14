import type { Board, BoardClosed, BoardRoute } from '@sync-hub/contracts';
import { Cell, Columns } from '../columns.js';
import { LinkHere } from '../link-here.js';
import { BoardFrame } from './board-frame.js';
import { Closed } from './closed.js';
import { Feeds } from './feeds.js';
import { Missing } from './missing.js';
import { categoriesOf, onRoute } from './of-category.js';
import { HeldTold } from './tags.js';
import { useBoardWords } from './use-board-words.js';

/** One kind of record: what of it is under way and held on each route, and who takes it. */
export function CategoryPage({ category }: { readonly category: string }) {
  const { words, categoryName } = useBoardWords();
  return (
    <BoardFrame title={categoryName(category)} count={words.category} isPart>
      {(board, now) =>
        categoriesOf(board).includes(category) ? (
          <>
            <OnRoutes board={board} category={category} now={now} />
            <h2>{words.notTakenAt}</h2>
            <Closed closed={board.closed.filter((one) => one.category === category)} empty={words.takenEverywhere} />
            <h2>{words.toldByFeeds}</h2>
            <Feeds
              feeds={board.sites.flatMap(({ site, feeds }) => feeds.filter(({ tellsOf }) => tellsOf.includes(category)).map((feed) => ({ site, feed })))}
              now={now}
            />
          </>
        ) : (
          <Missing />
        )
      }
    </BoardFrame>
  );
}

function OnRoutes({ board: { links, closed }, category, now }: { readonly board: Board; readonly category: string; readonly now: Date }) {
  const { words } = useBoardWords();
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.direction, words.travels, words.backlog, words.needs]} />
      <tbody>
        {links.flatMap(({ link, routes }) =>
          routes.map((route) => <Row key={`${link} ${route.direction}`} route={route} category={category} closed={closed} now={now} />),
        )}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly route: BoardRoute;
  readonly category: string;
  readonly closed: readonly BoardClosed[];
  readonly now: Date;
}

function Row({ route, category, closed, now }: RowProps) {
  const { words, ago } = useBoardWords();
  const { open, movingSince, held } = onRoute(route, category);
  const shut = closed
    .filter((one) => one.site === route.target && one.category === category)
    .flatMap(({ does }) => does.map((what) => words.does[what] ?? what));
  return (
    <tr>
      <Cell of={words.direction}>
        <LinkHere to={`/board/link/${encodeURIComponent(route.link)}`} row>
          {route.source} → {route.target}
        </LinkHere>
      </Cell>
      <Cell of={words.travels}>
        {!route.carries.includes(category) ? <span className="soft">{words.travelsNot}</span> : shut.length === 0 ? words.taken : shut.join(', ')}
      </Cell>
      <Cell of={words.backlog}>
        {open === 0 ? <span className="soft">{words.idle}</span> : words.open(open)}
        {movingSince !== null && <span className="soft"> {words.oldest(ago(movingSince, now))}</span>}
      </Cell>
      <Cell of={words.needs}>
        <HeldTold held={held} link={route.link} />
      </Cell>
    </tr>
  );
}
