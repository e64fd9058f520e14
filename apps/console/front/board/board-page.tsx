import type { Board } from '@sync-hub/contracts';
import { Cell, Columns } from '../columns.js';
import { moveFocus, useKeys } from '../keys.js';
import { LinkHere } from '../link-here.js';
import { BoardFrame, SitesAway } from './board-frame.js';
import { Categories } from './categories.js';
import { Instances } from './instances.js';
import { Routes } from './routes.js';
import { ClockTold, SiteStateTold } from './tags.js';
import { useBoardWords } from './use-board-words.js';

const ROWS = '[data-row]';

/** All links at a glance, live. */
export function BoardPage() {
  const { words } = useBoardWords();
  useKeys({ j: () => moveFocus(ROWS, 1), k: () => moveFocus(ROWS, -1) });
  return (
    <BoardFrame title={words.title}>
      {(board, now) => (
        <>
          <p className="help">{words.help}</p>
          <SitesAway sites={board.sites} now={now} />
          {board.links.length === 0 ? <p className="empty">{words.nothing}</p> : <Routes links={board.links} sites={board.sites} now={now} />}
          <Instances instances={board.instances} now={now} />
          <h2>{words.sites}</h2>
          <Sites board={board} now={now} />
          <h2>{words.categories}</h2>
          <Categories board={board} now={now} />
          <p>
            <a href="/" className="cds--link">
              {words.tables}
            </a>
          </p>
        </>
      )}
    </BoardFrame>
  );
}

function Sites({ board: { sites }, now }: { readonly board: Board; readonly now: Date }) {
  const { words } = useBoardWords();
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.site, words.state, words.waiting, words.clock]} />
      <tbody>
        {sites.map((site) => (
          <tr key={site.site}>
            <Cell of={words.site}>
              <LinkHere to={`/board/site/${encodeURIComponent(site.site)}`} className="cds--link whole-row" row>
                {site.title}
              </LinkHere>
            </Cell>
            <Cell of={words.state}>
              <SiteStateTold site={site} now={now} />
            </Cell>
            <Cell of={words.waiting}>
              {words.toRead(site.toRead)}, {words.toWrite(site.toWrite)}
              {site.changesHeld > 0 && <div>{words.changesHeld(site.changesHeld)}</div>}
            </Cell>
            <Cell of={words.clock}>
              <ClockTold site={site} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
