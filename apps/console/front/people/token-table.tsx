import { Button } from '@carbon/react';
import type { ApiToken } from '@sync-hub/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Columns } from '../columns.js';
import { useSpeech } from '../language/speaking.js';
import { agoText, momentText } from '../language/times.js';
import { useAct } from '../may.js';
import { Trouble } from '../said.js';
import { listTokens, revokeToken, type TokensOf } from './people-desk.js';
import { permissionText } from './role-select.js';

/** What programs may ask with. */
export function TokenTable({ whose }: { readonly whose: TokensOf }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const { data, error } = useQuery({ queryKey: ['tokens', whose], queryFn: () => listTokens(whose) });
  const revoking = useAct(whose === 'own' ? 'own' : 'manage-accounts', {
    mutationFn: (id: string) => revokeToken(whose, id),
    onSettled: () => client.invalidateQueries({ queryKey: ['tokens'] }),
  });
  const trouble = error ?? revoking.error;
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">{t.tokens}</h2>
      {trouble !== null && <Trouble error={trouble} />}
      {data?.length === 0 && <p className="empty">{t.tokensNone}</p>}
      {data !== undefined && data.length > 0 && (
        <table className="cds--data-table rows">
          <Columns of={[t.tokenName, t.tokenOf, t.tokenScope, t.tokenUntil, t.tokenUsed, t.state]} />
          <tbody>
            {data.map((token) => (
              <TokenRow key={token.id} token={token} revoke={revoking.may ? revoking.mutate : null} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function TokenRow({ token, revoke }: { readonly token: ApiToken; readonly revoke: ((id: string) => void) | null }) {
  const { t, language } = useSpeech();
  const { id, name, account, scope, expiresAt, lastUsedAt, revoked } = token;
  return (
    <tr>
      <td data-column={t.tokenName}>
        <strong>{name}</strong>
      </td>
      <td data-column={t.tokenOf}>{account}</td>
      <td data-column={t.tokenScope}>{scope.map((one) => permissionText(t, one)).join(', ')}</td>
      <td data-column={t.tokenUntil}>{momentText(expiresAt, language)}</td>
      <td data-column={t.tokenUsed}>{lastUsedAt === null ? <span className="soft">{t.accountNever}</span> : agoText(lastUsedAt, new Date(), language)}</td>
      <td data-column={t.state}>
        {revoked !== null ? (
          <span className="soft" title={momentText(revoked.at, language)}>
            {t.ruleRevoked(revoked.by)}
          </span>
        ) : (
          revoke !== null && (
            <Button kind="ghost" size="sm" aria-label={`${t.tokenRevoke}: ${name}`} onClick={() => revoke(id)}>
              {t.tokenRevoke}
            </Button>
          )
        )}
      </td>
    </tr>
  );
}
