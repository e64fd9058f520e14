import type { Board, BoardSite } from '@sync-hub/contracts';
import type { ReactNode } from 'react';
import { Refused } from '../desk.js';
import { LinkHere } from '../link-here.js';
import { awayText } from '../parked/sentences.js';
import { Said, Trouble } from '../said.js';
import { type BoardHere, useBoard, useNow } from './use-board.js';
import { useBoardWords } from './use-board-words.js';

interface BoardFrameProps {
  readonly title: string;
  readonly count?: string;
  /** Is there a way back to the board? */
  readonly isPart?: boolean;
  readonly children: (board: Board, now: Date) => ReactNode;
}

/** What stands around the board and each of its pages: whether it is live, and what of it there is to know first. */
export function BoardFrame({ title, count, isPart = false, children }: BoardFrameProps) {
  const { words } = useBoardWords();
  const here = useBoard();
  const now = useNow(here.aheadMs);
  return (
    <>
      {isPart && (
        <p>
          <LinkHere to="/board">← {words.back}</LinkHere>
        </p>
      )}
      <h1>
        {title} {count !== undefined && <span className="count">{count}</span>}
        <Live here={here} />
      </h1>
      <LineTold here={here} />
      {here.board !== null && children(here.board, now)}
    </>
  );
}

function Live({ here: { line } }: { readonly here: BoardHere }) {
  const { words } = useBoardWords();
  if (line !== 'live') return null;
  return (
    <span className="is-live">
      <span aria-hidden="true">● </span>
      <span>{words.live}</span>
    </span>
  );
}

/** What is wrong with what is shown, if anything is. */
function LineTold({ here: { line, error, board } }: { readonly here: BoardHere }) {
  const { words, moment } = useBoardWords();
  if (error instanceof Refused && (error.status === 401 || error.status === 403)) return <Trouble error={error} />;
  if (board === null) return error === null ? <p>{words.opening}</p> : <Trouble error={error} />;
  if (line === 'unreadable') return <Said kind="error" text={words.unreadable(moment(board.takenAt))} />;
  return line === 'lost' ? <Said kind="warning" text={words.lost(moment(board.takenAt))} /> : null;
}

/** One sentence for each site that does not answer, however much waits for it. */
export function SitesAway({ sites, now }: { readonly sites: readonly BoardSite[]; readonly now: Date }) {
  const { words, heldWords, clock } = useBoardWords();
  const away = sites.filter(({ state, rests }) => state !== 'up' && (rests === null || state !== 'down'));
  return (
    <div aria-live="polite">
      {away.length === 0 && <p className="soft">{words.allWell}</p>}
      {away.map(({ site, title, state, since, toRead, toWrite }) => (
        <Said
          key={site}
          kind={state === 'not-asked' ? 'info' : 'error'}
          text={
            state === 'not-asked' || state === 'up' || since === null
              ? words.isNotAsked(title)
              : awayText(heldWords, { site: title, state, waiting: toRead + toWrite }, clock(since, now))
          }
        />
      ))}
    </div>
  );
}
