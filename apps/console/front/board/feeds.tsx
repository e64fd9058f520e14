import type { BoardFeed } from '@sync-hub/contracts';
import { Columns } from '../columns.js';
import { useBoardWords } from './use-board-words.js';

interface FeedsProps {
  readonly feeds: readonly { readonly site: string; readonly feed: BoardFeed }[];
  readonly now: Date;
}

/** How far feeds have been read. */
export function Feeds({ feeds, now }: FeedsProps) {
  const { words, ago, moment } = useBoardWords();
  const when = (at: string | null) =>
    at === null ? (
      words.never
    ) : (
      <time dateTime={at} title={moment(at)}>
        {ago(at, now)}
      </time>
    );
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.feed, words.readToEnd, words.newest, words.entries, words.trouble]} />
      <tbody>
        {feeds.map(({ site, feed: { category, isAsked, readToEndAt, newestEntryAt, entriesRead, trouble } }) => (
          <tr key={`${site} ${category}`}>
            <td data-column={words.feed}>
              <div>
                {site} · {category}
              </div>
            </td>
            <td data-column={words.readToEnd}>
              <div>{isAsked ? when(readToEndAt) : words.toldByItself}</div>
            </td>
            <td data-column={words.newest}>
              <div>{when(newestEntryAt)}</div>
            </td>
            <td data-column={words.entries}>
              <div>{entriesRead}</div>
            </td>
            <td data-column={words.trouble}>
              <div>{trouble}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
