import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { rememberedName, rememberName } from './session.js';

/** Who is at the desk, as told by themselves until there are accounts. */
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

export function PersonAtDesk({ children }: { readonly children: ReactNode }) {
  const [name, setName] = useState(rememberedName);
  const [isMissing, setMissing] = useState(false);
  const person = useMemo<Person>(() => {
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
  }, [name, isMissing]);
  return <Somebody.Provider value={person}>{children}</Somebody.Provider>;
}

export function usePerson(): Person {
  const person = useContext(Somebody);
  if (person === null) throw new Error('a person outside of <PersonAtDesk>');
  return person;
}
