import { Button, TextInput } from '@carbon/react';
import { type FormEvent, useState } from 'react';
import { Refused } from '../desk.js';
import { useSpeech } from '../language/speaking.js';
import { useAct } from '../may.js';
import { Said, Trouble } from '../said.js';
import { changePassword, type Session } from './people-desk.js';

interface PasswordProps {
  /** Nothing else is open before. */
  readonly isForced?: boolean;
  readonly begin: (session: Session) => void;
}

/** Another password, typed twice. */
export function PasswordForm({ isForced = false, begin }: PasswordProps) {
  const { t } = useSpeech();
  const [typed, setTyped] = useState({ current: '', next: '', again: '' });
  const changing = useAct('own', {
    mutationFn: () => changePassword(typed.current, typed.next),
    onSuccess: (session) => {
      setTyped({ current: '', next: '', again: '' });
      begin(session);
    },
  });
  const isUnlike = typed.again !== '' && typed.next !== typed.again;
  const change = (event: FormEvent): void => {
    event.preventDefault();
    changing.mutate();
  };
  const field = (name: keyof typeof typed, label: string) => ({
    id: `password-${name}`,
    type: 'password' as const,
    labelText: label,
    value: typed[name],
    onChange: ({ target }: { readonly target: { readonly value: string } }) => setTyped({ ...typed, [name]: target.value }),
  });
  return (
    <form className="door" onSubmit={change}>
      {isForced ? <h1>{t.passwordChange}</h1> : <h2>{t.passwordChange}</h2>}
      {isForced && <p>{t.passwordMust}</p>}
      <TextInput {...field('current', t.passwordNow)} autoComplete="current-password" />
      <TextInput {...field('next', t.passwordNext)} autoComplete="new-password" helperText={t.passwordHelp} />
      <TextInput {...field('again', t.passwordAgain)} autoComplete="new-password" invalid={isUnlike} invalidText={t.passwordUnlike} />
      {changing.error !== null && <NotChanged error={changing.error} />}
      {changing.isSuccess && <Said kind="success" text={t.passwordChanged} />}
      <Button type="submit" size="md" disabled={changing.isPending || typed.current === '' || typed.next === '' || typed.next !== typed.again}>
        {t.passwordChange}
      </Button>
    </form>
  );
}

function NotChanged({ error }: { readonly error: unknown }) {
  const { t } = useSpeech();
  if (!(error instanceof Refused)) return <Trouble error={error} />;
  if (error.said.error === 'wrong-password') return <Said kind="error" text={t.passwordWrong} />;
  if (error.said.error === 'invalid') return <Said kind="error" text={t.passwordNotTaken} />;
  if (error.status === 429) return <Said kind="warning" text={t.signInWait(error.said.seconds ?? 1)} />;
  return <Trouble error={error} />;
}
