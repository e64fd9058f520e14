import type { BoardLink, BoardRoute, BoardSite } from '@sync-hub/contracts';
import { AgoOr } from '../ago.js';
import { Cell, Columns } from '../columns.js';
import { LinkHere } from '../link-here.js';
import { BacklogTold, FreshnessTold, HeldTold } from './tags.js';
import { useBoardWords } from './use-board-words.js';

interface RoutesProps {
  readonly links: readonly BoardLink[];
  readonly sites: readonly BoardSite[];
  readonly now: Date;
}

/** Each direction of each link: how fresh, what is under way, when something last arrived, and what needs somebody. */
export function Routes({ links, sites, now }: RoutesProps) {
  const { words } = useBoardWords();
  const titleOf = (id: string): string => sites.find(({ site }) => site === id)?.title ?? id;
  return (
    <table className="cds--data-table rows board">
      <Columns of={[words.direction, words.freshness, words.backlog, words.lastGood, words.needs]} />
      <tbody>
        {links.flatMap(({ link, routes }) =>
          routes.map((route) => (
            <Row key={`${link} ${route.direction}`} route={route} name={`${titleOf(route.source)} → ${titleOf(route.target)}`} now={now} />
          )),
        )}
      </tbody>
    </table>
  );
}

function Row({ route, name, now }: { readonly route: BoardRoute; readonly name: string; readonly now: Date }) {
  const { words } = useBoardWords();
  return (
    <tr>
      <Cell of={words.direction}>
        <LinkHere to={`/board/link/${encodeURIComponent(route.link)}`} row>
          {name}
        </LinkHere>
        <div className="soft">
          {route.link}, {route.direction}
        </div>
      </Cell>
      <Cell of={words.freshness}>
        <FreshnessTold route={route} now={now} />
      </Cell>
      <Cell of={words.backlog}>
        <BacklogTold route={route} now={now} />
      </Cell>
      <Cell of={words.lastGood}>
        <AgoOr at={route.lastGoodAt} now={now} never={words.never} />
      </Cell>
      <Cell of={words.needs}>
        <HeldTold held={route.held} link={route.link} />
      </Cell>
    </tr>
  );
}
