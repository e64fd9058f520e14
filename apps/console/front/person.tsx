import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useSession } from './people/here.js';
import { rememberedName, rememberName } from './session.js';

/** Who is at the desk: who is signed in, or whom whoever has the console's own token says. */
export interface Person {
  readonly name: string;
  readonly isMissing: boolean;
  readonly rename: (name: string) => void;
  /** The name; where there is none, asks for it and answers `null`. */
  readonly demand: () => string | null;
  /** The same from within a dialog, which is closed where there is no name: that is said beyond it. */
  readonly demandBeyond: (close: () => void) => string | null;
}

export const NAME_INPUT = 'your-name';

const Somebody = createContext<Person | null>(null);

/** Who is signed in has one name, and says no other. */
const signedInAs = (name: string): Person => ({ name, isMissing: false, rename: () => undefined, demand: () => name, demandBeyond: () => name });

export function PersonAtDesk({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  const [name, setName] = useState(rememberedName);
  const [isMissing, setMissing] = useState(false);
  const person = useMemo<Person>(() => {
    if (session !== null) return signedInAs(session.name);
    const demand = (): string | null => {
      if (name.trim() !== '') return name.trim();
      setMissing(true);
      document.getElementById(NAME_INPUT)?.focus();
      return null;
    };
    return {
      name,
      isMissing,
      rename: (told) => {
        rememberName(told);
        setName(told);
        setMissing(false);
      },
      demand,
      demandBeyond: (close) => {
        if (name.trim() !== '') return name.trim();
        close();
        setTimeout(demand);
        return null;
      },
    };
  }, [session, name, isMissing]);
  return <Somebody.Provider value={person}>{children}</Somebody.Provider>;
}

export function usePerson(): Person {
  const person = useContext(Somebody);
  if (person === null) throw new Error('a person outside of <PersonAtDesk>');
  return person;
}
