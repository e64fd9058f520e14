import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

const tellAll = (): void => {
  for (const listener of listeners) listener();
};

addEventListener('popstate', tellAll);

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Where the page is: path and query. */
export const usePlace = (): URL => {
  const href = useSyncExternalStore(subscribe, () => location.href);
  return new URL(href);
};

/** Goes there without loading the page anew; `replace` leaves no step to go back to. */
export function goTo(place: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  if (replace) history.replaceState(null, '', place);
  else history.pushState(null, '', place);
  tellAll();
}

/** What a path shows: the board, or more of one thing on it; the list, a page beside it, or the conflict of that id; what is parked, for one cause, or one of it; runs by hand, or one of them; the configuration, or a version of it. */
export type Shows = { readonly page: PlainPage } | { readonly page: PageOfOne; readonly id: string };

export type PlainPage =
  | 'board'
  | 'list'
  | 'rules'
  | 'bulk'
  | 'report'
  | 'parked'
  | 'records'
  | 'runs'
  | 'patients'
  | 'not-arrived'
  | 'audit'
  | 'accounts'
  | 'account'
  | 'configuration';

/** A page of one thing. */
export type PageOfOne =
  | 'board-site'
  | 'board-link'
  | 'board-category'
  | 'conflict'
  | 'parked-group'
  | 'held'
  | 'record'
  | 'run'
  | 'not-arrived-of'
  | 'configuration-version';

export function shownAt(path: string): Shows {
  const board = /^\/board(?:\/(site|link|category)\/([^/]+))?$/.exec(path);
  if (board !== null) return board[1] === undefined ? { page: 'board' } : { page: `board-${board[1]}` as PageOfOne, id: decodeURIComponent(board[2] ?? '') };
  if (path === '/accounts' || path === '/account') return { page: path === '/account' ? 'account' : 'accounts' };
  if (path === '/patients') return { page: 'patients' };
  if (path === '/audit') return { page: 'audit' };
  const version = /^\/configuration(?:\/([^/]+))?$/.exec(path);
  if (version !== null) return version[1] === undefined ? { page: 'configuration' } : { page: 'configuration-version', id: version[1] };
  const record = /^\/records(?:\/([^/]+))?$/.exec(path);
  if (record !== null) return record[1] === undefined ? { page: 'records' } : { page: 'record', id: record[1] };
  const parked = /^\/parked(?:\/([^/]+))?$/.exec(path);
  if (parked !== null) return parkedAt(parked[1]);
  const run = /^\/runs(?:\/([^/]+))?$/.exec(path);
  if (run !== null) return run[1] === undefined ? { page: 'runs' } : { page: 'run', id: run[1] };
  const own = /^\/not-arrived(?:\/([^/]+))?$/.exec(path);
  if (own !== null) return own[1] === undefined ? { page: 'not-arrived' } : { page: 'not-arrived-of', id: own[1] };
  const name = /^\/conflicts\/([^/]+)$/.exec(path)?.[1];
  if (name === undefined) return { page: 'list' };
  return name === 'rules' || name === 'bulk' || name === 'report' ? { page: name } : { page: 'conflict', id: name };
}

/** A cause is 32 digits, and one of what is held a uuid. */
function parkedAt(name: string | undefined): Shows {
  if (name === undefined) return { page: 'parked' };
  return { page: /^[0-9a-f]{32}$/.test(name) ? 'parked-group' : 'held', id: name };
}

export const placeOf = (id: string): string => `/conflicts/${id}`;
