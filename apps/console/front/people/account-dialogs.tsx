import { Button, TextInput } from '@carbon/react';
import type { Account, Role } from '@sync-hub/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Refused } from '../desk.js';
import { Dialog } from '../dialog.js';
import { useSpeech } from '../language/speaking.js';
import { useAct } from '../may.js';
import { Said, Trouble } from '../said.js';
import { addAccount, resetPassword } from './people-desk.js';
import { RoleSelect } from './role-select.js';

/** Told once: whoever closes it has it, or makes another. */
function Once({ name, password }: { readonly name: string; readonly password: string }) {
  const { t } = useSpeech();
  return (
    <>
      <p>{t.oneTimePassword(name)}</p>
      <p className="once">
        <code>{password}</code>
      </p>
      <p>{t.accountHelp}</p>
    </>
  );
}

const ACCOUNTS = { queryKey: ['accounts'] };

export function NewAccountDialog({ close }: { readonly close: () => void }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const adding = useAct('manage-accounts', { mutationFn: () => addAccount({ name, role }), onSettled: () => client.invalidateQueries(ACCOUNTS) });
  const act = (
    <Button size="md" disabled={!adding.may || adding.isPending || name.trim() === ''} onClick={() => adding.mutate()}>
      {t.accountAddDo}
    </Button>
  );
  return (
    <Dialog title={t.accountAddTitle} close={close} {...(adding.isSuccess ? {} : { act })}>
      {adding.data === undefined ? (
        <>
          <TextInput
            id="account-name"
            labelText={t.accountName}
            autoComplete="off"
            maxLength={64}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <RoleSelect id="account-role" value={role} choose={setRole} />
        </>
      ) : (
        <Once name={name.trim()} password={adding.data.oneTimePassword} />
      )}
      {adding.error !== null && <NotAdded error={adding.error} />}
    </Dialog>
  );
}

function NotAdded({ error }: { readonly error: unknown }) {
  const { t } = useSpeech();
  if (!(error instanceof Refused)) return <Trouble error={error} />;
  if (error.status === 409) return <Said kind="warning" text={t.accountThere} />;
  return error.status === 400 ? <Said kind="error" text={t.accountNameWrong} /> : <Trouble error={error} />;
}

export function ResetDialog({ account, close }: { readonly account: Account; readonly close: () => void }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const resetting = useAct('manage-accounts', { mutationFn: () => resetPassword(account.id), onSettled: () => client.invalidateQueries(ACCOUNTS) });
  const act = (
    <Button kind="danger" size="md" disabled={!resetting.may || resetting.isPending} onClick={() => resetting.mutate()}>
      {t.accountAddDo}
    </Button>
  );
  return (
    <Dialog title={t.accountReset} close={close} {...(resetting.isSuccess ? {} : { act })}>
      {resetting.data === undefined ? <p>{t.oneTimePassword(account.name)}</p> : <Once name={account.name} password={resetting.data.oneTimePassword} />}
      {resetting.error !== null && <Trouble error={resetting.error} />}
    </Dialog>
  );
}
