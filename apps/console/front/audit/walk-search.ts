import { createContext, useContext } from 'react';

/** Looks for all that was said on a walk, on the page that is shown. */
export const WalkSearch = createContext<(trace: string) => void>(() => undefined);

export const useWalkSearch = (): ((trace: string) => void) => useContext(WalkSearch);
