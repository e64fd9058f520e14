import { createContext, useContext } from 'react';
import type { Session } from './people-desk.js';

/** Who is signed in, told to the whole page by its door. */
export const Here = createContext<Session | null>(null);

/** Who is signed in; `null` where the console's own token opens the page. */
export const useSession = (): Session | null => useContext(Here);
