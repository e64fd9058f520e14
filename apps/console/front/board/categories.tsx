import type { Board } from '@sync-hub/contracts';
import { Cell, Columns } from '../columns.js';
import { LinkHere } from '../link-here.js';
import { categoriesOf, onAll } from './of-category.js';
import { useBoardWords } from './use-board-words.js';

/** Every kind of record that travels, on all links together. */
export function Categories({ board, now }: { readonly board: Board; readonly now: Date }) {
  const { words, categoryName, ago } = useBoardWords();
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.category, words.backlog, words.needs]} />
      <tbody>
        {categoriesOf(board).map((category) => {
          const { open, movingSince, held } = onAll(board, category);
          const needs = Object.values(held).reduce<number>((sum, count = 0) => sum + count, 0);
          return (
            <tr key={category}>
              <Cell of={words.category}>
                <LinkHere to={`/board/category/${category}`} className="cds--link whole-row" row>
                  {categoryName(category)}
                </LinkHere>
              </Cell>
              <Cell of={words.backlog}>
                {open === 0 ? <span className="soft">{words.idle}</span> : words.open(open)}
                {movingSince !== null && <span className="soft"> {words.oldest(ago(movingSince, now))}</span>}
              </Cell>
              <Cell of={words.needs}>{needs === 0 ? <span className="soft">{words.none}</span> : needs}</Cell>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
