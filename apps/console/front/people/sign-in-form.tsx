import { Button, TextInput } from '@carbon/react';
import { useState } from 'react';
import { Refused } from '../desk.js';
import { useSpeech } from '../language/speaking.js';
import { useAct } from '../may.js';
import { Said, Trouble } from '../said.js';
import { ByProvider } from './by-provider.js';
import { type Session, signIn } from './people-desk.js';

/** Name and password. */
export function SignInForm({ begin }: { readonly begin: (session: Session) => void }) {
  const { t } = useSpeech();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signing = useAct('anybody', { mutationFn: () => signIn(name, password), onSuccess: begin });
  return (
    <form
      className="door"
      onSubmit={(event) => {
        event.preventDefault();
        signing.mutate();
      }}
    >
      <h1>{t.signIn}</h1>
      <ByProvider />
      <TextInput
        id="sign-in-name"
        labelText={t.accountName}
        autoComplete="username"
        maxLength={200}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <TextInput
        id="sign-in-password"
        type="password"
        labelText={t.password}
        autoComplete="current-password"
        maxLength={200}
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      {signing.error !== null && <NotSignedIn error={signing.error} />}
      <Button type="submit" size="md" disabled={signing.isPending || name.trim() === '' || password === ''}>
        {t.signIn}
      </Button>
      <p className="soft">{t.signInHelp}</p>
    </form>
  );
}

function NotSignedIn({ error }: { readonly error: unknown }) {
  const { t } = useSpeech();
  if (!(error instanceof Refused)) return <Trouble error={error} />;
  if (error.status === 401) return <Said kind="error" text={t.signInRefused} />;
  if (error.status === 429) return <Said kind="warning" text={t.signInWait(error.said.seconds ?? 1)} />;
  return <Trouble error={error} />;
}
