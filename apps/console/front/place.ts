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

/** The id of the conflict that a path names; null where it names the list. */
export const conflictIdOf = (path: string): string | null => /^\/conflicts\/([^/]+)$/.exec(path)?.[1] ?? null;

export const placeOf = (id: string): string => `/conflicts/${id}`;
