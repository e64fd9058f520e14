import type { BoardClosed } from '@sync-hub/contracts';
import { Cell, Columns } from '../columns.js';
import { useBoardWords } from './use-board-words.js';

/** What sites do not take, and why. */
export function Closed({ closed, empty }: { readonly closed: readonly BoardClosed[]; readonly empty: string }) {
  const { words, categoryName } = useBoardWords();
  if (closed.length === 0) return <p className="soft">{empty}</p>;
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.site, words.category, words.cannot, words.why, words.waiting]} />
      <tbody>
        {closed.map((one) => (
          <tr key={`${one.site} ${one.category} ${one.code} ${one.privilege}`}>
            <Cell of={words.site}>{one.site}</Cell>
            <Cell of={words.category}>{categoryName(one.category)}</Cell>
            <Cell of={words.cannot}>{one.does.map((what) => words.does[what] ?? what).join(', ')}</Cell>
            <Cell of={words.why}>{one.privilege === null ? one.because : words.wanting(one.privilege)}</Cell>
            <Cell of={words.waiting}>{one.waiting}</Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
