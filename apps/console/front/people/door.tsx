import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Refused } from '../desk.js';
import { LanguageSelect } from '../language/language-select.js';
import { useSpeech } from '../language/speaking.js';
import { useAct } from '../may.js';
import { goTo } from '../place.js';
import { NotOpen, Trouble } from '../said.js';
import { takePlace, token } from '../session.js';
import { Here } from './here.js';
import { PasswordForm } from './password-form.js';
import { endSession, findSession, type Session } from './people-desk.js';
import { SignInForm } from './sign-in-form.js';

export type { Session };

/** What the session is kept under. */
export const SESSION = ['session'] as const;

/** Lets in who has the console's own token, or is signed in with a password of their own; else asks for that. */
export function Door({ children }: { readonly children: ReactNode }) {
  return token() === '' ? <SignedIn>{children}</SignedIn> : children;
}

function SignedIn({ children }: { readonly children: ReactNode }) {
  const { t } = useSpeech();
  const begin = useBegin();
  const { data: session, error } = useQuery({ queryKey: SESSION, queryFn: findSession, staleTime: Number.POSITIVE_INFINITY });
  if (error !== null) return <Outside>{error instanceof Refused && error.status === 404 ? <NotOpen /> : <Trouble error={error} />}</Outside>;
  if (session === undefined) return <Outside>{t.loading}</Outside>;
  if (session === null)
    return (
      <Outside>
        <SignInForm begin={begin} />
      </Outside>
    );
  if (session.mustChangePassword)
    return (
      <Here.Provider value={session}>
        <Outside>
          <PasswordForm isForced begin={begin} />
        </Outside>
      </Here.Provider>
    );
  return (
    <Here.Provider value={session}>
      <WhereOneWas />
      {children}
    </Here.Provider>
  );
}

/** Who comes back from a provider's page goes on where they were. */
function WhereOneWas() {
  useEffect(() => {
    const place = takePlace();
    if (place !== null) goTo(place, { replace: true });
  }, []);
  return null;
}

/** What stands around a page on which nobody is signed in yet. */
function Outside({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <header className="frame">
        <nav>
          <a href="/" className="cds--link brand">
            Sync Hub
          </a>
        </nav>
        <div className="self">
          <LanguageSelect />
        </div>
      </header>
      <main className="door">{children}</main>
    </>
  );
}

/** Somebody is signed in from now on; what another one was shown is forgotten. */
export function useBegin(): (session: Session) => void {
  const client = useQueryClient();
  return (session) => {
    if (client.getQueryData<Session | null>(SESSION)?.name !== session.name) client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
    client.setQueryData(SESSION, session);
  };
}

export function useSignOut(): () => void {
  const client = useQueryClient();
  const { mutate } = useAct('own', {
    mutationFn: endSession,
    onSettled: () => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
      return client.invalidateQueries({ queryKey: SESSION });
    },
  });
  return () => mutate();
}
