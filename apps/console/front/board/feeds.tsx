import type { BoardFeed } from '@sync-hub/contracts';
import { AgoOr } from '../ago.js';
import { Cell, Columns } from '../columns.js';
import { useBoardWords } from './use-board-words.js';

interface FeedsProps {
  readonly feeds: readonly { readonly site: string; readonly feed: BoardFeed }[];
  readonly now: Date;
}

/** How far feeds have been read. */
export function Feeds({ feeds, now }: FeedsProps) {
  const { words } = useBoardWords();
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.feed, words.readToEnd, words.newest, words.entries, words.trouble]} />
      <tbody>
        {feeds.map(({ site, feed: { category, isAsked, readToEndAt, newestEntryAt, entriesRead, trouble } }) => (
          <tr key={`${site} ${category}`}>
            <Cell of={words.feed}>
              {site} · {category}
            </Cell>
            <Cell of={words.readToEnd}>{isAsked ? <AgoOr at={readToEndAt} now={now} never={words.never} /> : words.toldByItself}</Cell>
            <Cell of={words.newest}>
              <AgoOr at={newestEntryAt} now={now} never={words.never} />
            </Cell>
            <Cell of={words.entries}>{entriesRead}</Cell>
            <Cell of={words.trouble}>{trouble}</Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
