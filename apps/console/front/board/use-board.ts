import type { Board } from '@sync-hub/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, told } from '../api/client.js';
import { Refused } from '../api/refused.js';
import { SESSION } from '../people/door.js';
import type { Told } from './events-in.js';
import { hear } from './stream.js';

const AGAIN_AFTER_MS = 3000;

/** The board as it was told last, and whether it is being told. */
export interface BoardHere {
  readonly board: Board | null;
  /** `unreadable`: Sync Hub answers, and cannot read it. `lost`: it does not answer, or does not tell. */
  readonly line: 'opening' | 'live' | 'unreadable' | 'lost';
  readonly error: Error | null;
  /** By how much the clock here is ahead of the one that took it. */
  readonly aheadMs: number;
}

const NOTHING: BoardHere = { board: null, line: 'opening', error: null, aheadMs: 0 };

const shown = (board: Board): Pick<BoardHere, 'board' | 'aheadMs' | 'error'> => ({ board, aheadMs: Date.now() - Date.parse(board.takenAt), error: null });

/** The board, live; where the line is lost it is asked for now and then until it is back. */
export function useBoard(): BoardHere {
  const client = useQueryClient();
  const [here, setHere] = useState(NOTHING);
  useEffect(() => {
    const leaving = new AbortController();
    const set = (change: Partial<BoardHere>): void => {
      if (!leaving.signal.aborted) setHere((before) => ({ ...before, ...change }));
    };
    const tell = ({ event, data }: Told): void => {
      if (event === 'board') set({ line: 'live', ...shown(JSON.parse(data) as Board) });
      if (event === 'unreadable') set({ line: 'unreadable' });
      if (event === 'ended') void client.invalidateQueries({ queryKey: SESSION });
    };
    void stay(tell, set, leaving.signal).then((ended) => ended && void client.invalidateQueries({ queryKey: SESSION }));
    return () => leaving.abort();
  }, [client]);
  return here;
}

/** Until the page is left; answers with true where nobody is let in any more. */
async function stay(tell: (told: Told) => void, set: (change: Partial<BoardHere>) => void, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const error = await hear(tell, signal).then(
      () => null,
      (refused: Error) => refused,
    );
    if (signal.aborted) return false;
    set({ line: 'lost' });
    if (error instanceof Refused && (error.status === 401 || error.status === 403)) {
      set({ error });
      return error.status === 401;
    }
    await askOnce(set);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
  }
  return false;
}

/** What nobody tells is asked for: as many watch as may, or something between here and there keeps the line shut. */
async function askOnce(set: (change: Partial<BoardHere>) => void): Promise<void> {
  try {
    set(shown(await told(api.GET('/api/board'))));
  } catch (error) {
    set({ error: error as Error });
  }
}

/** The time by the clock that took the board, each second. */
export function useNow(aheadMs: number): Date {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return new Date(now - aheadMs);
}
