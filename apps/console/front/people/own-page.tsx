import { Button } from '@carbon/react';
import { useState } from 'react';
import { useSpeech } from '../language/speaking.js';
import { Said } from '../said.js';
import { useBegin } from './door.js';
import { useSession } from './here.js';
import { PasswordForm } from './password-form.js';
import { roleText } from './role-select.js';
import { TokenDialog } from './token-dialog.js';
import { TokenTable } from './token-table.js';

/** Who one is here, one's password, and one's tokens. */
export function OwnPage() {
  const { t } = useSpeech();
  const session = useSession();
  const begin = useBegin();
  const [isAdding, setAdding] = useState(false);
  if (session === null) return <Said kind="warning" text={t.notPermitted} />;
  return (
    <>
      <h1>{t.pageOwn}</h1>
      <p>
        <strong>{session.name}</strong>, {roleText(t, session.role)}
      </p>
      {session.hasPassword ? <PasswordForm begin={begin} /> : <Said kind="info" text={t.ownOfProvider} />}
      <TokenTable whose="own" />
      <Button kind="tertiary" size="sm" onClick={() => setAdding(true)}>
        {t.tokenAdd}
      </Button>
      {isAdding && <TokenDialog permissions={session.permissions} close={() => setAdding(false)} />}
    </>
  );
}
