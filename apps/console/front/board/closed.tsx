import type { BoardClosed } from '@sync-hub/contracts';
import { Columns } from '../columns.js';
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
            <td data-column={words.site}>
              <div>{one.site}</div>
            </td>
            <td data-column={words.category}>
              <div>{categoryName(one.category)}</div>
            </td>
            <td data-column={words.cannot}>
              <div>{one.does.map((what) => words.does[what] ?? what).join(', ')}</div>
            </td>
            <td data-column={words.why}>
              <div>{one.privilege === null ? one.because : words.wanting(one.privilege)}</div>
            </td>
            <td data-column={words.waiting}>
              <div>{one.waiting}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
