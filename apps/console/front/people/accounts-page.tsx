import { Button } from '@carbon/react';
import type { Account, Role } from '@sync-hub/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { AgoOr } from '../ago.js';
import { Columns } from '../columns.js';
import { Refused } from '../desk.js';
import { useSpeech } from '../language/speaking.js';
import { useAct } from '../may.js';
import { Said, Trouble } from '../said.js';
import { NewAccountDialog, ResetDialog } from './account-dialogs.js';
import { listAccounts, setDisabled, setRole } from './people-desk.js';
import { RoleSelect } from './role-select.js';
import { TokenTable } from './token-table.js';

/** Who may use the console, and the tokens of all of them; for administrators. */
export function AccountsPage() {
  const { t } = useSpeech();
  const [isAdding, setAdding] = useState(false);
  const [resetting, setResetting] = useState<Account | null>(null);
  const { data, error } = useQuery({ queryKey: ['accounts'], queryFn: listAccounts });
  const acts = useAccountActs();
  return (
    <>
      <h1>{t.pageAccounts}</h1>
      {error !== null && <Trouble error={error} />}
      {acts.error !== null && <NotActed error={acts.error} />}
      {data !== undefined && acts.may && (
        <>
          <Button kind="tertiary" size="sm" onClick={() => setAdding(true)}>
            {t.accountAdd}
          </Button>
          <table className="cds--data-table rows">
            <Columns of={[t.accountName, t.role, t.accountSignedIn, t.state]} />
            <tbody>
              {data.map((account) => (
                <AccountRow key={account.id} account={account} acts={acts} reset={setResetting} />
              ))}
            </tbody>
          </table>
          <TokenTable whose="everybody" />
        </>
      )}
      {isAdding && <NewAccountDialog close={() => setAdding(false)} />}
      {resetting !== null && <ResetDialog account={resetting} close={() => setResetting(null)} />}
    </>
  );
}

function useAccountActs() {
  const client = useQueryClient();
  const done = { onSettled: () => client.invalidateQueries({ queryKey: ['accounts'] }) };
  const role = useAct('manage-accounts', { mutationFn: ({ id, to }: { readonly id: string; readonly to: Role }) => setRole(id, to), ...done });
  const disabling = useAct('manage-accounts', { mutationFn: ({ id, to }: { readonly id: string; readonly to: boolean }) => setDisabled(id, to), ...done });
  return {
    setRole: role.mutate,
    setDisabled: disabling.mutate,
    may: role.may && disabling.may,
    isPending: role.isPending || disabling.isPending,
    error: role.error ?? disabling.error,
  };
}

interface RowProps {
  readonly account: Account;
  readonly acts: ReturnType<typeof useAccountActs>;
  readonly reset: (account: Account) => void;
}

function AccountRow({ account, acts, reset }: RowProps) {
  const { t } = useSpeech();
  const { id, name, role, isDisabled, mustChangePassword, provider, lastSignInAt } = account;
  const isOfProvider = provider !== null;
  const vouchedFor = isOfProvider ? [t.accountOfProvider(new URL(provider).hostname)] : [];
  return (
    <tr>
      <td data-column={t.accountName}>
        <strong>{name}</strong>
      </td>
      <td data-column={t.role} title={isOfProvider ? t.accountIsOfProvider : undefined}>
        <RoleSelect
          id={`role-${id}`}
          label={`${t.role}: ${name}`}
          value={role}
          disabled={acts.isPending || isOfProvider}
          choose={(to) => acts.setRole({ id, to })}
        />
      </td>
      <td data-column={t.accountSignedIn}>
        <AgoOr at={lastSignInAt} never={t.accountNever} />
      </td>
      <td data-column={t.state}>
        <div className="state-of-rule">
          {[isDisabled ? t.accountDisabled : mustChangePassword ? t.accountFresh : t.accountActive, ...vouchedFor].join(', ')}
          <Button
            kind="ghost"
            size="sm"
            aria-label={`${isDisabled ? t.accountEnable : t.accountDisable}: ${name}`}
            disabled={acts.isPending}
            onClick={() => acts.setDisabled({ id, to: !isDisabled })}
          >
            {isDisabled ? t.accountEnable : t.accountDisable}
          </Button>
          {!isOfProvider && (
            <Button kind="ghost" size="sm" aria-label={`${t.accountReset}: ${name}`} onClick={() => reset(account)}>
              {t.accountReset}
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}

function NotActed({ error }: { readonly error: unknown }) {
  const { t } = useSpeech();
  return error instanceof Refused && error.status === 409 ? <Said kind="warning" text={t.accountLast} /> : <Trouble error={error} />;
}
