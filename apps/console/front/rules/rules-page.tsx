import { Button } from '@carbon/react';
import type { PolicyRule } from '@sync-hub/contracts';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Ago } from '../ago.js';
import { Columns } from '../columns.js';
import { listRules, Refused, revokeRule } from '../desk.js';
import { Dialog } from '../dialog.js';
import { moveFocus, useKeys } from '../keys.js';
import { useSpeech } from '../language/speaking.js';
import { momentText } from '../language/times.js';
import { LinkHere } from '../link-here.js';
import { Permitted, useAct } from '../may.js';
import { usePerson } from '../person.js';
import { placeOf } from '../place.js';
import { Said, Trouble } from '../said.js';
import { policyText } from '../words-of-conflict.js';

const ROWS = '[data-row]';
const LOOK_EVERY_MS = 5000;

/** What people made of decisions: always so for this field on this link. */
export function RulesPage() {
  const { t } = useSpeech();
  const [withRevoked, setWithRevoked] = useState(false);
  const [revoking, setRevoking] = useState<PolicyRule | null>(null);
  const { data, error } = useQuery({
    queryKey: ['rules', withRevoked],
    queryFn: () => listRules(withRevoked),
    refetchInterval: LOOK_EVERY_MS,
    placeholderData: keepPreviousData,
  });
  useKeys({ j: () => moveFocus(ROWS, 1), k: () => moveFocus(ROWS, -1) });
  return (
    <>
      <h1>{t.pageRules}</h1>
      {error !== null && <Trouble error={error} />}
      <Permitted to="make-rules" />
      <p>
        <label className="check">
          <input type="checkbox" checked={withRevoked} onChange={({ target }) => setWithRevoked(target.checked)} /> {t.withRevoked}
        </label>
      </p>
      {data === undefined && error === null && <p>{t.loading}</p>}
      {data?.length === 0 && <p className="empty">{t.noRules}</p>}
      {data !== undefined && data.length > 0 && <RuleTable rules={data} revoke={setRevoking} />}
      {revoking !== null && <Revocation rule={revoking} close={() => setRevoking(null)} />}
    </>
  );
}

function RuleTable({ rules, revoke }: { readonly rules: readonly PolicyRule[]; readonly revoke: (rule: PolicyRule) => void }) {
  const { t } = useSpeech();
  return (
    <table className="cds--data-table rows">
      <Columns of={[t.byField, t.byCategory, t.byLink, t.byWhich, t.madeBy, t.madeAt, t.madeOf, t.state]} />
      <tbody>
        {rules.map((rule) => (
          <RuleRow key={rule.id} rule={rule} revoke={revoke} />
        ))}
      </tbody>
    </table>
  );
}

function RuleRow({ rule, revoke }: { readonly rule: PolicyRule; readonly revoke: (rule: PolicyRule) => void }) {
  const { t, language, fieldName, categoryName, ruleName } = useSpeech();
  const { link, category, field, policy, madeBy, madeAt, conflict, revoked, isOverruled } = rule;
  return (
    <tr>
      <td data-column={t.byField}>
        <strong>{fieldName(field)}</strong>
      </td>
      <td data-column={t.byCategory}>{categoryName(category)}</td>
      <td data-column={t.byLink}>{link}</td>
      <td data-column={t.byWhich}>{policyText(t, policy)}</td>
      <td data-column={t.madeBy}>{madeBy}</td>
      <td data-column={t.madeAt}>
        <Ago at={madeAt} />
      </td>
      <td data-column={t.madeOf}>{conflict === null ? <span className="soft">–</span> : <LinkHere to={placeOf(conflict)}>{t.thatConflict}</LinkHere>}</td>
      <td data-column={t.state}>
        <div className="state-of-rule">
          {revoked !== null ? (
            <span className="soft" title={momentText(revoked.at, language)}>
              {t.ruleRevoked(revoked.by)}
            </span>
          ) : (
            <>
              {isOverruled ? t.ruleOverruled : t.ruleInForce}
              <Permitted to="make-rules" quiet>
                <Button kind="ghost" size="sm" data-row="" aria-label={`${t.revokeDo}: ${ruleName(rule)}`} onClick={() => revoke(rule)}>
                  {t.revoke}
                </Button>
              </Permitted>
            </>
          )}
        </div>
      </td>
    </tr>
  );
}

function Revocation({ rule, close }: { readonly rule: PolicyRule; readonly close: () => void }) {
  const { t, ruleName } = useSpeech();
  const client = useQueryClient();
  const person = usePerson();
  const revoking = useAct('make-rules', {
    mutationFn: (by: string) => revokeRule(rule.id, by),
    onSuccess: close,
    onSettled: () => client.invalidateQueries({ queryKey: ['rules'] }),
  });
  const act = (
    <Button
      kind="danger"
      size="md"
      disabled={revoking.isPending}
      onClick={() => {
        const by = person.demandBeyond(close);
        if (by !== null) revoking.mutate(by);
      }}
    >
      {t.revokeDo}
    </Button>
  );
  const isGone = revoking.error instanceof Refused && revoking.error.status === 404;
  return (
    <Dialog title={t.revokeTitle} close={close} act={act}>
      <p>
        <strong>{ruleName(rule)}</strong>: {policyText(t, rule.policy)}
      </p>
      <p>{t.revokeHelp}</p>
      {revoking.error !== null && (isGone ? <Said kind="warning" text={t.revokedMeanwhile} /> : <Trouble error={revoking.error} />)}
    </Dialog>
  );
}
