import { Said } from '../said.js';
import { useBoardWords } from './use-board-words.js';

/** What a page of the board says where its site, link or kind of record is not there. */
export function Missing() {
  const { words } = useBoardWords();
  return <Said kind="warning" text={words.noSuch} />;
}
