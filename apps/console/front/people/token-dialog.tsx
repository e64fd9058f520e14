import { Button, TextInput } from '@carbon/react';
import type { Permission } from '@sync-hub/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Refused } from '../desk.js';
import { Dialog } from '../dialog.js';
import { useSpeech } from '../language/speaking.js';
import { useAct } from '../may.js';
import { Said, Trouble } from '../said.js';
import { addOwnToken } from './people-desk.js';
import { permissionText } from './role-select.js';

const USUAL_DAYS = '90';

/** A token that may some of what one may oneself. */
export function TokenDialog({ permissions, close }: { readonly permissions: readonly Permission[]; readonly close: () => void }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [days, setDays] = useState(USUAL_DAYS);
  const [scope, setScope] = useState<readonly Permission[]>([]);
  const adding = useAct('own', {
    mutationFn: () => addOwnToken({ name, days: Number(days), scope: [...scope] }),
    onSettled: () => client.invalidateQueries({ queryKey: ['tokens'] }),
  });
  const choose = (permission: Permission, isChosen: boolean): void => setScope(isChosen ? [...scope, permission] : scope.filter((one) => one !== permission));
  const act = (
    <Button size="md" disabled={adding.isPending || name.trim() === '' || scope.length === 0 || !/^[1-9]\d*$/.test(days)} onClick={() => adding.mutate()}>
      {t.accountAddDo}
    </Button>
  );
  return (
    <Dialog title={t.tokenAddTitle} close={close} {...(adding.isSuccess ? {} : { act })}>
      <p>{t.tokenHelp}</p>
      {adding.data !== undefined ? (
        <p className="once">
          <code>{adding.data.token}</code>
        </p>
      ) : (
        <>
          <TextInput id="token-name" labelText={t.tokenName} autoComplete="off" maxLength={64} value={name} onChange={({ target }) => setName(target.value)} />
          <TextInput id="token-days" labelText={t.tokenDays} inputMode="numeric" maxLength={3} value={days} onChange={({ target }) => setDays(target.value)} />
          <fieldset className="boxes">
            <legend>{t.tokenScope}</legend>
            {permissions.map((permission) => (
              <label key={permission} className="check">
                <input type="checkbox" checked={scope.includes(permission)} onChange={({ target }) => choose(permission, target.checked)} />
                {permissionText(t, permission)}
              </label>
            ))}
          </fieldset>
        </>
      )}
      {adding.error !== null &&
        (adding.error instanceof Refused && adding.error.status === 400 ? <Said kind="error" text={t.accountNameWrong} /> : <Trouble error={adding.error} />)}
    </Dialog>
  );
}
